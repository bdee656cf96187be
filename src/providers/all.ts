import { bluesky } from './bluesky/index.ts';
import type { Provider } from './contract.ts';
import { discord, discordBot } from './discord/index.ts';
import { linkedin, linkedinPage } from './linkedin/index.ts';
import { mastodon } from './mastodon/index.ts';
import { facebook } from './meta/facebook/index.ts';
import { threads } from './meta/threads/index.ts';
import { pinterest } from './pinterest/index.ts';
import { sandbox } from './sandbox/index.ts';
import { telegram } from './telegram/index.ts';
import { tiktok } from './tiktok/index.ts';
import { youtube } from './youtube/index.ts';
import { x } from './x/index.ts';

/** Every network, in the order in which people see them. */
export const providers: readonly Provider[] = [
  bluesky,
  facebook,
  threads,
  mastodon,
  telegram,
  discord,
  discordBot,
  linkedin,
  linkedinPage,
  tiktok,
  youtube,
  pinterest,
  x,
  sandbox,
];
