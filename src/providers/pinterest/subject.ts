import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import type { Place } from './api.ts';
import { startFakePinterest, type FakePinterest } from './fake.ts';
import { pinterest } from './index.ts';
import type { Grant } from './session.ts';

export const board = '549755885176';
export const withSection = '549755885175/5258814934636085108';

export const settings = { PINTEREST_CLIENT_ID: '1503262', PINTEREST_CLIENT_SECRET: 'pinterest-app-secret', PINTEREST_STANDARD_ACCESS: 'yes' };
export const trialSettings = { ...settings, PINTEREST_STANDARD_ACCESS: '' };

/** A connection as connecting would have made it. */
export function accountOf(fake: FakePlatform, place: Place = 'production') {
  const { access, refresh } = (fake as FakePinterest).connected(place);
  const { id, username, business } = (fake as FakePinterest).state.user;
  const grant: Grant = { place, accessToken: access, refreshToken: refresh ?? '' };
  return { grant, target: { remoteId: id, name: business ?? username, handle: `@${username}`, url: `https://www.pinterest.com/${username}/`, avatarUrl: null } };
}

export const subject: Subject = {
  provider: pinterest,
  start: () => startFakePinterest(),
  account: (fake) => accountOf(fake),
  settings,
  cases: [
    {
      name: 'picture', parts: [{ text: 'Boats at dawn 👋 #harbour', images: ['Two boats'] }], visible: 1,
      options: { board, title: 'Dawn', link: 'https://example.com/dawn?a=1&b=2', color: '#6E7874' },
    },
    { name: 'carousel in a section', parts: [{ text: 'Three of them', images: ['One', '', 'Three'] }], options: { board: withSection, link: 'https://example.com/' }, visible: 1 },
    { name: 'video', parts: [{ text: 'Waves', videos: [{ alt: 'Waves' }] }], options: { board, title: 'Waves', coverAt: 3 }, visible: 1 },
  ],
  connecting: { good: {}, pkce: false, approve: (fake, url) => approveAt(fake, url) },
};
