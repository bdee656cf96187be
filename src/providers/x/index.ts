import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { check } from './check.ts';
import { connect } from './connect.ts';
import { dialect } from './dialect.ts';
import { capabilities } from './limits.ts';
import { fields, options } from './options.ts';
import { composing } from './prices.ts';
import { publish } from './publish.ts';
import { grant, refresh, revoke } from './session.ts';
import { setup } from './setup.ts';
import { targets } from './targets.ts';

/** X over its API v2, with an app of the operator's own: X charges that app for every post. */
export const x = provider({
  id: 'x',
  name: 'X',
  colour: '#14171a',
  appearance,
  capabilities,
  setup,
  fields,
  grant,
  options,
  connect,
  refresh,
  revoke,
  targets,
  composing,
  check,
  publish,
  dialect,
});
