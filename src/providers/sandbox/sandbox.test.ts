import { describe, expect, it } from 'vitest';
import { publishOnce, trialOf } from '../../testing/trial.ts';
import { conformance } from '../conformance.ts';
import { startFake } from '../fake/server.ts';
import type { Subject } from '../subject.ts';
import { sandbox } from './index.ts';
import type { Ending } from './options.ts';

const page = '01936000-0000-7000-8000-000000000000';

const subject: Subject = {
  provider: sandbox,
  start: () => startFake(['https://nowhere.invalid'], () => () => ({ status: 404 })),
  account: () => ({
    grant: { page }, channelId: page,
    target: { remoteId: page, name: 'Sandbox', handle: 'this instance', url: `/sandbox/${page}`, avatarUrl: null },
  }),
  cases: [
    { name: 'text', parts: [{ text: 'Hello' }], visible: 1 },
    { name: 'pictures', parts: [{ text: 'Two', images: ['a', 'b'] }], visible: 1 },
    { name: 'picture and video', parts: [{ text: 'Both', images: ['a'], videos: [{}] }], visible: 1 },
    { name: 'thread', parts: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }], visible: 3 },
    { name: 'slow', parts: [{ text: 'Hello' }], options: { ending: 'slow' }, visible: 1 },
  ],
};

conformance(subject);

describe('sandbox: what a failure looks like', () => {
  const ends: [Ending, object][] = [
    ['slow', { status: 'published', failures: 0 }],
    ['hiccup', { status: 'published', failures: 1 }],
    ['rate_limited', { status: 'published', failures: 0 }],
    ['lost_answer', { status: 'published', failures: 1 }],
    ['silence', { status: 'unconfirmed' }],
    ['rejected', { status: 'failed', failure: { kind: 'rejected' } }],
    ['auth', { status: 'failed', failure: { kind: 'auth' } }],
  ];
  it.each(ends)('%s', async (ending, expected) => {
    const trial = await trialOf(subject, { name: ending, parts: [{ text: 'Hello' }], options: { ending }, visible: 1 });
    try {
      expect(await publishOnce(trial)).toMatchObject(expected);
      expect(await trial.ledger()).toBe(ending === 'rejected' || ending === 'auth' ? 0 : 1);
    } finally {
      await trial.close();
    }
  });
});
