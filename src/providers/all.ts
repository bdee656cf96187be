import { bluesky } from './bluesky/index.ts';
import type { Provider } from './contract.ts';
import { devto } from './devto/index.ts';
import { discord, discordBot } from './discord/index.ts';
import { linkedin, linkedinPage } from './linkedin/index.ts';
import { mastodon } from './mastodon/index.ts';
import { facebook } from './meta/facebook/index.ts';
import { instagram } from './meta/instagram/index.ts';
import { threads } from './meta/threads/index.ts';
import { pinterest } from './pinterest/index.ts';
import { reddit } from './reddit/index.ts';
import { sandbox } from './sandbox/index.ts';
import { telegram } from './telegram/index.ts';
import { tiktok } from './tiktok/index.ts';
import { x } from './x/index.ts';
import { youtube } from './youtube/index.ts';

/** Every network, in the order in which people see them. */
export const providers: readonly Provider[] = [
  facebook,
  instagram,
  threads,
  youtube,
  tiktok,
  linkedin,
  linkedinPage,
  x,
  pinterest,
  reddit,
  telegram,
  bluesky,
  mastodon,
  discord,
  discordBot,
  devto,
  sandbox,
];
