import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { connect } from './connect.ts';
import { capabilities } from './limits.ts';
import { mentions } from './mentions.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, refresh, revoke } from './session.ts';
import { targets } from './targets.ts';

/** Bluesky and every other server that speaks the AT Protocol, by app password. */
export const bluesky = provider({
  id: 'bluesky',
  name: 'Bluesky',
  colour: '#1185fe',
  appearance,
  capabilities,
  fields,
  grant,
  options,
  connect,
  refresh,
  revoke,
  targets,
  mentions,
  publish,
});
