import { approveAt } from '../../fake/oauth.ts';
import type { Subject } from '../../subject.ts';
import { startFakeThreads, tokenOf, type FakeThreads } from './fake.ts';
import { threads } from './index.ts';

export const settings = { THREADS_CLIENT_ID: '990602627938098', THREADS_CLIENT_SECRET: 'a-threads-secret-that-must-never-be-seen' };

export const subject: Subject = {
  provider: threads,
  settings,
  start: () => startFakeThreads(),
  account: (fake) => {
    const { user } = fake as FakeThreads;
    return {
      grant: { userId: user.id, token: tokenOf(fake), issuedAt: Date.UTC(2026, 10, 24), expiresAt: Date.UTC(2027, 0, 20) },
      target: { remoteId: user.id, name: user.name, handle: `@${user.username}`, url: `https://www.threads.net/@${user.username}`, avatarUrl: null },
    };
  },
  cases: [
    { name: 'text', parts: [{ text: 'Hello 👋 https://example.org/a #harbour' }], options: { replies: 'followers_only', topic: 'Harbours', link: 'https://example.org/b' }, visible: 1 },
    { name: 'a picture', parts: [{ text: 'One', images: ['A dot'] }], options: { spoiler: true }, visible: 1 },
    { name: 'a carousel of both kinds', parts: [{ text: 'Both', images: [''], videos: [{ alt: 'Waves' }] }], visible: 1 },
    { name: 'a chain', parts: [{ text: 'One' }, { text: 'Two', videos: [{}] }, { text: 'One' }], visible: 3 },
  ],
  connecting: { good: {}, pkce: false, approve: approveAt },
};
