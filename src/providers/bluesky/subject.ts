import { bluesky } from './index.ts';
import { alice, home, startFakeBluesky } from './fake.ts';
import { tokensOf } from './fake-sessions.ts';
import type { Subject } from '../subject.ts';

/** What the fake's first session is worth. */
export const aliceGrant = { pds: home, did: alice.did, handle: alice.handle, ...tokensOf(alice.did, 1) };

export const subject: Subject = {
  provider: bluesky,
  start: startFakeBluesky,
  account: () => ({
    grant: aliceGrant,
    target: {
      remoteId: alice.did, name: alice.displayName, handle: `@${alice.handle}`, url: `https://bsky.app/profile/${alice.did}`, avatarUrl: alice.avatar,
    },
  }),
  cases: [
    { name: 'text', parts: [{ text: 'Hello 👋 #world, see https://example.com/ and @bob.bsky.social' }], options: { langs: 'en, pt-BR' }, visible: 1 },
    { name: 'pictures', parts: [{ text: 'Two', images: ['A dot', ''] }], visible: 1 },
    { name: 'video', parts: [{ text: 'Moving', videos: [{ alt: 'Waves' }] }], visible: 1 },
    { name: 'thread', parts: [{ text: 'One' }, { text: 'Two', images: ['Still a dot'] }, { text: 'Three' }], visible: 3 },
  ],
  mention: { typed: 'bob', texts: ['@bob.bsky.social', '@bobby.example.com'] },
  connecting: {
    good: { identifier: alice.handle, password: alice.password, service: '' },
    bad: { input: { identifier: alice.handle, password: 'aaaa-bbbb-cccc-dddd', service: '' }, field: 'password' },
  },
};
