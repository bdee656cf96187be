import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { connect, grant, targets } from './connect.ts';
import { dialect } from './dialect.ts';
import { capabilities } from './limits.ts';
import { check, fields, options } from './options.ts';
import { publish } from './publish.ts';

/** Articles under a person's own name, by a key that the person makes: nobody has to set anything up. */
export const devto = provider({
  id: 'devto',
  name: 'Dev.to',
  colour: '#0a0a0a',
  appearance,
  capabilities,
  fields,
  grant,
  options,
  connect,
  targets,
  check,
  publish,
  dialect,
});
