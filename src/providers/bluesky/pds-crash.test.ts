import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { crashEverywhere, publishOnce, trialOf } from '../../testing/trial.ts';
import type { FakePlatform } from '../fake/server.ts';
import { fakeIo } from '../fake/io.ts';
import type { Subject, SubjectCase } from '../subject.ts';
import { connect } from './connect.ts';
import { bluesky } from './index.ts';
import { startPds, whyNoPds, type PdsAccount, type TestPds } from './pds.ts';

const reason = whyNoPds();
if (reason !== null) process.stdout.write(`bluesky: ${reason}\n`);

interface RealPlatform extends FakePlatform {
  account: PdsAccount;
  grant: Json;
}

const cases: SubjectCase[] = [
  { name: 'text with a link', parts: [{ text: 'Read https://example.org/harbour today' }], visible: 1 },
  { name: 'two pictures', parts: [{ text: 'Two', images: ['A dot', 'Another dot'] }], visible: 1 },
  { name: 'a thread of three', parts: [{ text: 'One' }, { text: 'Two' }, { text: 'Three' }], visible: 3 },
];

// The engine over a real server: a death at every point of the way, and never two.
describe.skipIf(reason !== null)('a real Bluesky server through the engine', () => {
  let pds: TestPds;
  let subject: Subject;

  beforeAll(async () => {
    const started = await startPds();
    if (!started.pds) throw new Error(started.reason);
    pds = started.pds;
    subject = {
      provider: bluesky, cases,
      async start(): Promise<RealPlatform> {
        const account = await pds.createAccount();
        const input = { identifier: account.handle, password: account.password, service: 'pds.test' };
        const { grant } = await connect.verify(input, fakeIo({ upstreams: pds.upstreams }));
        return {
          origin: pds.origin, upstreams: pds.upstreams, ledger: [], calls: [], latency: () => 0, account, grant: grant as Json,
          fault: () => {}, clearFaults: () => {}, close: async () => {},
        };
      },
      account: (platform) => {
        const { grant, account } = platform as RealPlatform;
        return { grant, target: { remoteId: account.did, name: account.handle, handle: `@${account.handle}`, url: null, avatarUrl: null } };
      },
      count: async (platform) => (await pds.listPosts((platform as RealPlatform).account.did)).length,
    };
  }, 60_000);
  afterAll(() => pds?.close());

  it.each(cases)('publishes $name and reads it back', async (of) => {
    const trial = await trialOf(subject, of);
    try {
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      const posts = await pds.listPosts((trial.fake as RealPlatform).account.did);
      expect(posts.map(({ value }) => value.text)).toEqual(of.parts.map(({ text }) => text));
      const [first, ...replies] = posts;
      const alts = (first?.value.embed as { images?: { alt: string }[] } | undefined)?.images?.map(({ alt }) => alt);
      expect(alts ?? []).toEqual(of.parts[0]?.images ?? []);
      for (const [n, reply] of replies.entries()) {
        expect(reply.value.reply).toMatchObject({ root: { uri: first?.uri, cid: first?.cid }, parent: { uri: posts[n]?.uri, cid: posts[n]?.cid } });
      }
    } finally {
      await trial.close();
    }
  }, 60_000);

  it.each(cases)('never has two of $name, wherever the process died', async (of) => {
    const report = await crashEverywhere(subject, of);
    expect(report).toMatchObject({ doubled: 0, unconfirmed: 0, astray: [] });
    expect(report.published).toBe(report.deaths);
    expect(report.deaths).toBeGreaterThanOrEqual(10);
  }, 240_000);
});
