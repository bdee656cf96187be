import { approveAt } from '../../fake/oauth.ts';
import type { FakePlatform } from '../../fake/server.ts';
import type { Subject } from '../../subject.ts';
import { usualState } from '../fake/world.ts';
import { startFakeInstagram, type FakeInstagram } from './fake.ts';
import { instagram } from './index.ts';
import type { Grant } from './session.ts';

export const settings = { FACEBOOK_CLIENT_ID: usualState.app.id, FACEBOOK_CLIENT_SECRET: usualState.app.secret };

/** A connection to the account behind the first Page, as connecting would have made it. */
export function accountOf(fake: FakePlatform) {
  const { state, pageToken } = fake as FakeInstagram;
  const [page] = state.pages;
  const { id, username, name } = page?.instagram ?? { id: '', username: '', name: '' };
  const pageId = page?.id ?? '';
  const grant: Grant = { userId: state.user.id, accounts: { [id]: { username, name, picture: null, pageId, token: pageToken(pageId).value } } };
  return { grant, target: { remoteId: id, name, handle: `@${username}`, url: `https://www.instagram.com/${username}/`, avatarUrl: null } };
}

export const subject: Subject = {
  provider: instagram,
  settings,
  // Later than the clock of any trial, so that what is out is never too old to be it.
  start: () => startFakeInstagram({ now: () => Date.UTC(2027, 0, 1) }),
  account: accountOf,
  cases: [
    { name: 'a picture', parts: [{ text: 'The harbour opens.', images: ['A boat'] }], options: { tags: 'lighthouse', collaborators: 'lighthouse' }, visible: 1 },
    { name: 'a carousel of a picture and a video', parts: [{ text: 'Two', images: ['A boat'], videos: [{}] }], visible: 1 },
    { name: 'a Reel', parts: [{ text: 'Short', videos: [{}] }], options: { format: 'reel', coverAt: 1.5 }, visible: 1 },
    { name: 'a Story of a picture', parts: [{ text: '', images: [''] }], options: { format: 'story' }, visible: 1 },
    { name: 'a Story of a video', parts: [{ text: '', videos: [{}] }], options: { format: 'story' }, visible: 1 },
  ],
  connecting: { good: {}, bad: { input: { business: 'perhaps' }, field: 'business' }, pkce: false, approve: approveAt },
};
