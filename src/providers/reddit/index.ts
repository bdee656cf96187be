import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { check } from './check.ts';
import { composing } from './composing.ts';
import { connect } from './connect.ts';
import { dialect } from './dialect.ts';
import { capabilities } from './limits.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, refresh, revoke } from './session.ts';
import { setup } from './setup.ts';
import { targets } from './targets.ts';

export const reddit = provider({
  id: 'reddit',
  name: 'Reddit',
  colour: '#ff4500',
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
