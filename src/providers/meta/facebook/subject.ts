import { approveAt } from '../../fake/oauth.ts';
import type { FakePlatform } from '../../fake/server.ts';
import type { Subject } from '../../subject.ts';
import { usualState } from '../fake/world.ts';
import { startFakeFacebook, type FakeFacebook } from './fake.ts';
import { facebook } from './index.ts';
import type { Grant } from './session.ts';

export const settings = { FACEBOOK_CLIENT_ID: usualState.app.id, FACEBOOK_CLIENT_SECRET: usualState.app.secret };

/** A connection to the first Page, as connecting would have made it. */
export function accountOf(fake: FakePlatform) {
  const { state, pageToken } = fake as FakeFacebook;
  const [{ id, name } = { id: '', name: '' }] = state.pages;
  const grant: Grant = { userId: state.user.id, pages: { [id]: { name, picture: null, token: pageToken(id).value } } };
  return { grant, target: { remoteId: id, name, handle: 'Page', url: `https://www.facebook.com/${id}`, avatarUrl: null } };
}

export const subject: Subject = {
  provider: facebook,
  settings,
  start: () => startFakeFacebook(),
  account: accountOf,
  cases: [
    { name: 'text with a link', parts: [{ text: 'The harbour opens: https://example.org/harbour.' }], visible: 1 },
    { name: 'two pictures', parts: [{ text: 'Two', images: ['A dot', ''] }], visible: 1 },
    { name: 'a video', parts: [{ text: 'Look', videos: [{ width: 1280, height: 720 }] }], options: { title: 'The harbour' }, visible: 1 },
    { name: 'a Reel', parts: [{ text: 'Short', videos: [{}] }], options: { format: 'reel' }, visible: 1 },
    { name: 'a Story of a picture', parts: [{ text: '', images: [''] }], options: { format: 'story' }, visible: 1 },
    { name: 'a Story of a video', parts: [{ text: '', videos: [{}] }], options: { format: 'story' }, visible: 1 },
  ],
  connecting: { good: {}, bad: { input: { business: 'perhaps' }, field: 'business' }, pkce: false, approve: approveAt, targets: 2 },
};
