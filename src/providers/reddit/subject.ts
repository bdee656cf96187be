import { approveAt } from '../fake/oauth.ts';
import type { FakePlatform } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { client, startFakeReddit, type FakeReddit } from './fake.ts';
import { reddit } from './index.ts';
import type { Grant } from './session.ts';

export const settings = { REDDIT_CLIENT_ID: client.id, REDDIT_CLIENT_SECRET: client.secret, REDDIT_USERNAME: 'harbour_ops', PUBLIC_URL: 'https://post.example' };

/** A connection as connecting would have made it. */
export function accountOf(fake: FakePlatform): Grant {
  const { oauth, state } = fake as FakeReddit;
  const token = oauth.issue();
  return { userId: `t2_${state.userId}`, name: state.name, avatarUrl: null, accessToken: token.access, refreshToken: token.refresh ?? '' };
}

export const place = 'HarbourNews';

export const subject: Subject = {
  provider: reddit,
  settings,
  start: () => startFakeReddit(),
  account: (fake) => ({
    grant: accountOf(fake),
    target: { remoteId: place, name: `r/${place}`, handle: 'All about HarbourNews', url: `https://www.reddit.com/r/${place}/`, avatarUrl: null },
  }),
  cases: [
    { name: 'a text', parts: [{ text: 'Hello **harbour** & co <3' }], options: { title: 'Tides & <tables> 👋', flair: 'ca999154-c1b0-11e7', flairText: 'High', nsfw: true, spoiler: true, noReplies: true }, visible: 1 },
    { name: 'a link', parts: [{ text: 'Left out' }], options: { format: 'link', title: 'A link', url: 'https://example.org/a?b=c' }, visible: 1 },
    { name: 'an image', parts: [{ text: 'Below it', images: [''] }], options: { format: 'image', title: 'One' }, visible: 1, inDoubt: 'asks_a_person' },
    { name: 'a gallery', parts: [{ text: '', images: ['A dot', ''] }], options: { format: 'gallery', title: 'Two' }, visible: 1, inDoubt: 'asks_a_person' },
    { name: 'a video', parts: [{ text: '', videos: [{}] }], options: { format: 'video', title: 'Waves', poster: 'a-picture' }, visible: 1, inDoubt: 'asks_a_person' },
  ],
  connecting: { good: {}, pkce: false, approve: approveAt, targets: 3 },
};
