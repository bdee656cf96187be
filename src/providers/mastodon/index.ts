import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { connect } from './connect.ts';
import { capabilities } from './limits.ts';
import { mentions } from './mentions.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';
import { grant, refresh, revoke } from './session.ts';
import { targets } from './targets.ts';

/** Mastodon and every other server that speaks its API. There is no central app: Post Master registers itself at each. */
export const mastodon = provider({
  id: 'mastodon',
  name: 'Mastodon',
  colour: '#6364ff',
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
