import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { check } from './check.ts';
import { composing } from './composing.ts';
import { connect } from './connect.ts';
import { dialect } from './dialect.ts';
import { capabilities } from './limits.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, refresh } from './session.ts';
import { setup } from './setup.ts';
import { targets } from './targets.ts';

/** Pinterest, API v5. Tokens of people cannot be revoked there, so that disconnecting deletes them here alone. */
export const pinterest = provider({
  id: 'pinterest',
  name: 'Pinterest',
  colour: '#bd081c',
  appearance,
  capabilities,
  setup,
  fields,
  grant,
  options,
  connect,
  refresh,
  targets,
  composing,
  check,
  publish,
  dialect,
});
