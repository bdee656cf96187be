import { provider } from '../../contract.ts';
import { hooks } from '../hooks.ts';
import { appearance } from './appearance.ts';
import { connect } from './connect.ts';
import { capabilities } from './limits.ts';
import { check, fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, refresh, targets } from './session.ts';
import { setup } from './setup.ts';

/** Profiles of Threads. Meta documents no way to revoke its tokens, so disconnecting deletes them here alone. */
export const threads = provider({
  id: 'threads',
  name: 'Threads',
  colour: '#101010',
  appearance,
  capabilities,
  setup,
  fields,
  grant,
  options,
  connect,
  refresh,
  targets,
  check,
  publish,
  hooks,
});
