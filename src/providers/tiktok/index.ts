import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { check } from './check.ts';
import { connect } from './connect.ts';
import { composing } from './creator.ts';
import { dialect } from './dialect.ts';
import { hook } from './hook.ts';
import { capabilities } from './limits.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, refresh, revoke } from './session.ts';
import { setup } from './setup.ts';
import { targets } from './targets.ts';

/** TikTok accounts, by Login Kit and the Content Posting API (Direct Post). */
export const tiktok = provider({
  id: 'tiktok',
  name: 'TikTok',
  colour: '#0f1419',
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
  hooks: { tiktok: hook },
});
