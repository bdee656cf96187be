import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { origin, startFakeMastodon, type FakeMastodon } from './fake.ts';
import { mastodon } from './index.ts';
import { appName } from './server.ts';
import type { Grant } from './session.ts';

export const redirectUri = 'https://post.example/integrations/social/mastodon';

/** A connection as connecting would have made it. */
export function accountOf(fake: FakePlatform) {
  const { oauth, state } = fake as FakeMastodon;
  const scopes = ['profile', 'write:statuses', 'write:media', 'read:statuses'];
  const { clientId, secret } = oauth.addApp(appName, [redirectUri], scopes);
  const { accessToken, refreshToken } = oauth.addToken(clientId, scopes, true);
  const grant: Grant = { origin: state.origin, clientId, clientSecret: secret, accessToken, ...(refreshToken !== null && { refreshToken }) };
  const { host } = new URL(state.origin);
  const { id, username, name } = state.person;
  return {
    grant,
    target: { remoteId: `${host}/${id}`, name, handle: `@${username}@${host}`, url: `${state.origin}/@${username}`, avatarUrl: null },
  };
}

export const subject: Subject = {
  provider: mastodon,
  start: startFakeMastodon,
  account: accountOf,
  cases: [
    { name: 'text', parts: [{ text: 'Hello 👋 #world, see https://example.com/a?b=1&c=2 & @bob@example.org' }], visible: 1 },
    { name: 'four pictures', parts: [{ text: 'Four', images: ['A dot', '', 'Another', 'Still a dot'] }], options: { sensitive: true, language: 'en' }, visible: 1 },
    { name: 'video', parts: [{ text: 'Moving', videos: [{ alt: 'Waves' }] }], visible: 1 },
    { name: 'pictures alone', parts: [{ text: '', images: ['A dot'] }], visible: 1 },
    { name: 'thread', parts: [{ text: 'One' }, { text: 'Two', images: ['Still a dot'] }, { text: 'Three' }], options: { visibility: 'public', spoiler_text: 'Numbers' }, visible: 3 },
  ],
  mention: { typed: 'bob', texts: [`@bob@${new URL(origin).host}`, '@bobby@elsewhere.test'] },
  connecting: { good: { instance: new URL(origin).host }, bad: { input: { instance: 'not a server' }, field: 'instance' } },
};
