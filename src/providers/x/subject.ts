import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { scopes } from './connect.ts';
import { startFakeX, type FakeX } from './fake.ts';
import { x } from './index.ts';
import type { Grant } from './session.ts';
import { limitsFor } from './limits.ts';

/** A connection as connecting would have made it. */
export function accountOf(platform: FakePlatform) {
  const { oauth, state } = platform as FakeX;
  const { access, refresh } = oauth.issue(scopes);
  const { id, name, username, subscription } = state.user;
  const grant: Grant = {
    accessToken: access, ...(refresh !== null && { refreshToken: refresh }), issuedAt: state.now(), expiresAt: state.now() + 7_200_000,
    account: { id, name, username, avatarUrl: null, subscription },
  };
  return { grant, target: { remoteId: id, name, handle: `@${username}`, url: `https://x.com/${username}`, avatarUrl: null, limits: limitsFor(subscription) } };
}

export const settings = { X_CLIENT_ID: 'the-client-id', X_CLIENT_SECRET: 'the-client-secret' };

export const subject: Subject = {
  provider: x,
  start: () => startFakeX(),
  account: accountOf,
  settings,
  cases: [
    { name: 'text with a link', parts: [{ text: 'Hello 👋 #world, see example.com/a?b=1 & <more>' }], options: { reply_settings: 'following', made_with_ai: true }, visible: 1 },
    { name: 'pictures', parts: [{ text: 'Two', images: ['A dot', ''] }], visible: 1 },
    { name: 'video alone', parts: [{ text: '', videos: [{}] }], visible: 1 },
    { name: 'poll', parts: [{ text: 'Tea or coffee?' }], options: { format: 'poll', poll1: 'Tea', poll2: 'Coffee', poll_minutes: 60 }, visible: 1 },
    { name: 'thread', parts: [{ text: 'One' }, { text: 'Two https://example.org', images: ['A dot'] }], visible: 2 },
  ],
  connecting: { good: {}, approve: (fake, url) => approveAt(fake, url) },
};
