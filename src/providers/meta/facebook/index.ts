import { provider } from '../../contract.ts';
import { hooks } from '../hooks.ts';
import { setup } from '../setup.ts';
import { appearance } from './appearance.ts';
import { connect } from './connect.ts';
import { dialect } from './dialect.ts';
import { capabilities } from './limits.ts';
import { check, fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, revoke, targets, without } from './session.ts';

/** Pages of Facebook. Profiles and groups cannot be published to by anybody's app. */
export const facebook = provider({
  id: 'facebook',
  name: 'Facebook',
  colour: '#0866ff',
  appearance,
  capabilities,
  setup,
  fields,
  grant,
  options,
  connect,
  revoke,
  without,
  targets,
  check,
  publish,
  dialect,
  hooks,
});
