import { provider } from '../../contract.ts';
import { hooks } from '../hooks.ts';
import { setup } from '../setup.ts';
import { appearance } from './appearance.ts';
import { check } from './check.ts';
import { connect } from './connect.ts';
import { dialect } from './dialect.ts';
import { capabilities } from './limits.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, revoke, targets, without } from './session.ts';

/** Professional accounts of Instagram, through the Pages that they are linked to. Private accounts have no API. */
export const instagram = provider({
  id: 'instagram',
  name: 'Instagram',
  colour: '#d62976',
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
