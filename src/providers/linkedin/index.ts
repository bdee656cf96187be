import { provider } from '../contract.ts';
import { pageAppearance, profileAppearance } from './appearance.ts';
import { check } from './check.ts';
import { connectTo } from './connect.ts';
import { dialect } from './dialect.ts';
import { pageCapabilities, profileCapabilities } from './limits.ts';
import { pageFields, pageOptions, profileFields, profileOptions } from './options.ts';
import { page, profile } from './product.ts';
import { publish } from './publish.ts';
import { grant, refresh, revoke } from './session.ts';
import { pageSetup, profileSetup } from './setup.ts';
import { pageTargets, profileTargets } from './targets.ts';

const colour = '#0a66c2';

/** A member's own profile. */
export const linkedin = provider({
  id: profile.id,
  name: 'LinkedIn',
  colour,
  appearance: profileAppearance,
  capabilities: profileCapabilities,
  setup: profileSetup,
  fields: profileFields,
  grant,
  options: profileOptions,
  connect: connectTo(profile),
  refresh: (old, io) => refresh(profile, old, io),
  revoke: (of, io) => revoke(profile, of, io),
  targets: profileTargets,
  check,
  publish,
  dialect,
});

/** The pages of companies, schools and the like: another product of LinkedIn, with permissions of its own. */
export const linkedinPage = provider({
  id: page.id,
  name: 'LinkedIn Page',
  colour,
  appearance: pageAppearance,
  capabilities: pageCapabilities,
  setup: pageSetup,
  fields: pageFields,
  grant,
  options: pageOptions,
  connect: connectTo(page),
  refresh: (old, io) => refresh(page, old, io),
  revoke: (of, io) => revoke(page, of, io),
  targets: pageTargets,
  check,
  publish,
  dialect,
});
