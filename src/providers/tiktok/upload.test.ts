import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bootEngine, drive } from '../../testing/drive.ts';
import { crashEverywhere, trialOf, withTrial, type Trial } from '../../testing/trial.ts';
import type { SubjectCase } from '../subject.ts';
import type { FakeTikTok } from './fake.ts';
import { success } from './fake/refusal.ts';
import { piecesOf } from './limits.ts';
import { subject } from './subject.ts';

const bytes = 64_000_001;
const chunk = 10_485_760;
/** The smallest video that goes in pieces: five of 10,485,760 bytes and a last one with the rest. */
const long: SubjectCase = { name: 'long', parts: [{ text: '', videos: [{ bytes }] }], options: { privacy_level: 'SELF_ONLY' }, visible: 1 };
const hour = 60 * 60 * 1000;

describe('the plan of an upload', () => {
  it.each([
    [1, { chunk: 1, count: 1, lastAt: 0 }],
    [4_194_304, { chunk: 4_194_304, count: 1, lastAt: 0 }],
    [64_000_000, { chunk: 64_000_000, count: 1, lastAt: 0 }],
    [64_000_001, { chunk, count: 6, lastAt: 52_428_800 }],
    [4_000_000_000, { chunk, count: 381, lastAt: 3_984_588_800 }],
  ])('of %i bytes', (size, plan) => expect(piecesOf(size)).toEqual(plan));

  it('keeps to the rules for every size', () => {
    for (let size = 1; size <= 4_000_000_000; size = Math.ceil(size * 1.37) + 1) {
      const { chunk: piece, count, lastAt } = piecesOf(size);
      expect(count).toBe(Math.floor(size / piece));
      expect(count === 1 ? piece === size && size <= 64_000_000 : piece >= 5 * 1024 * 1024 && count <= 1000).toBe(true);
      expect(size - lastAt).toBeLessThanOrEqual(128_000_000);
      expect(size - lastAt).toBeGreaterThanOrEqual(piece);
    }
  });
});

/** Publishes the long video; what was sent is looked at piece by piece. */
async function upload(act: (fake: FakeTikTok, trial: Trial) => void | Promise<void> = () => {}) {
  let seen: { status: string; failures: number; puts: { status: number | 'cut'; bytes: number }[]; calls: string[]; pieces: { bytes: number; sha256: string }[]; uploads: number; ledger: number } | undefined;
  await withTrial(await trialOf(subject, long, 30_000), async (trial) => {
    const fake = trial.fake as FakeTikTok;
    fake.state.now = trial.clock.now;
    await act(fake, trial);
    const { test: { store }, clock } = trial;
    const { status, failures } = await drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store), clock }), { ...trial, store, rounds: 200 });
    const tasks = [...fake.made.uploads.tasks.values()];
    const calls = fake.calls.map(({ method, path }) => `${method} ${path}`);
    seen = { status, failures, calls, puts: fake.calls.filter(({ method }) => method === 'PUT'), pieces: tasks.at(-1)?.pieces ?? [], uploads: tasks.length, ledger: fake.ledger.length };
  });
  if (!seen) throw new Error('nothing happened');
  return seen;
}

const sums = (puts: readonly { bytes: number }[]) => puts.reduce((sum, { bytes: sent }) => sum + sent, 0);

describe('a video in pieces', () => {
  it('is sent in order, byte for byte', async () => {
    const { status, puts, pieces } = await upload();
    expect(status).toBe('published');
    expect(puts.map(({ status: code }) => code)).toEqual([206, 206, 206, 206, 206, 201]);
    const zeros = (size: number) => createHash('sha256').update(Buffer.alloc(size)).digest('hex');
    expect(pieces).toEqual([...Array.from({ length: 5 }, () => ({ bytes: chunk, sha256: zeros(chunk) })), { bytes: 11_571_201, sha256: zeros(11_571_201) }]);
  });

  it.each([['the third', 3], ['the last', 6]])('goes on with the piece that broke off: %s', async (_, nth) => {
    const { status, failures, puts, uploads, ledger } = await upload((fake) => {
      let seen = 0;
      fake.breakUpload = (path, length) => (path.startsWith('/video/') && ++seen === nth ? Math.floor(length / 2) : undefined);
    });
    expect({ status, failures, uploads, ledger }).toEqual({ status: 'published', failures: 1, uploads: 1, ledger: 1 });
    expect(puts).toHaveLength(7);
    expect(sums(puts)).toBeLessThan(bytes + chunk);
  });

  it.each([['the second', 2], ['the last', 6]])('sends nothing again when only the answer was lost: %s', async (_, nth) => {
    const { status, puts, uploads, ledger } = await upload((fake) => {
      const { put } = fake.made.uploads;
      let seen = 0;
      fake.made.uploads.put = (request) => {
        if (++seen === nth - 1) fake.fault({ method: 'PUT', kind: { cut: 'after' } });
        return put(request);
      };
    });
    expect({ status, uploads, ledger }).toEqual({ status: 'published', uploads: 1, ledger: 1 });
    expect(sums(puts)).toBe(bytes);
  });

  it('follows where TikTok says it is', async () => {
    // An odd answer to the second piece, which was stored all the same: 416 tells the way.
    const odd = await upload((fake) => fake.fault({ method: 'PUT', path: /./u, kind: { lie: { status: 416, headers: { 'content-range': `bytes 0-${chunk - 1}/${bytes}` }, body: '' } } }));
    expect(odd).toMatchObject({ status: 'published', failures: 0, uploads: 1 });
    expect(sums(odd.puts)).toBe(bytes);
    // Without a word about it, TikTok is asked.
    const mute = await upload((fake) => fake.fault({ method: 'PUT', kind: { lie: { status: 404, body: '' } } }));
    expect(mute).toMatchObject({ status: 'published', failures: 0, uploads: 1 });
    expect(sums(mute.puts)).toBe(bytes);
  });

  it('begins anew when the hour of its address is over, and leaves nothing doubled', async () => {
    const { status, uploads, ledger, calls, puts } = await upload((fake, { clock }) => {
      const { put } = fake.made.uploads;
      let seen = 0;
      fake.made.uploads.put = (request) => {
        if (++seen === 4) {
          clock.advance(hour + 1);
          return { status: 500, body: '' };
        }
        return put(request);
      };
    });
    expect({ status, uploads, ledger }).toEqual({ status: 'published', uploads: 2, ledger: 1 });
    // Nothing more goes to the old address, and the account is looked at again with the new upload.
    expect(puts.map(({ status: code }) => code)).toEqual([206, 206, 206, 500, 206, 206, 206, 206, 206, 201]);
    expect(calls.filter((call) => call.includes('creator_info'))).toHaveLength(2);
  });

  it('begins anew when TikTok no longer knows its address', async () => {
    const { status, failures, uploads, puts, ledger } = await upload((fake) => {
      const { tasks } = fake.made.uploads;
      let seen = 0;
      fake.breakUpload = (path, length) => {
        if (!path.startsWith('/video/') || ++seen !== 2) return undefined;
        tasks.clear();
        return Math.floor(length / 2);
      };
    });
    expect({ status, failures, uploads, ledger }).toEqual({ status: 'published', failures: 1, uploads: 1, ledger: 1 });
    expect(puts.map(({ status: code }) => code)).toEqual([206, 'cut', 404, 206, 206, 206, 206, 206, 201]);
  });

  it('says so when the line is too slow for the hour', async () => {
    const { status, uploads, ledger } = await upload((fake, { clock }) => {
      const { put } = fake.made.uploads;
      fake.made.uploads.put = (request) => {
        clock.advance(hour / 4);
        return put(request);
      };
    });
    expect({ status, uploads, ledger }).toEqual({ status: 'failed', uploads: 4, ledger: 0 });
  });

  it('is out once when TikTok forgets the upload after its last piece, whose answer was lost', async () => {
    const { status, uploads, ledger } = await upload((fake) => {
      fake.state.forgetsUploads = true;
      fake.state.looks = 3;
      const { put } = fake.made.uploads;
      fake.made.uploads.put = (request) => {
        const answer = put(request);
        if (answer.status === 201) fake.fault({ path: /status/u, times: 2, kind: { answer: { status: 502, body: '' } } });
        return answer.status === 201 ? { status: 504, body: '' } : answer;
      };
    });
    expect({ status, uploads, ledger }).toEqual({ status: 'published', uploads: 1, ledger: 1 });
  });

  it('is never sent as another upload while its last piece may have arrived', async () => {
    // The last piece is there, but its answer is lost, its address forgotten, and the status an old one.
    const { status, uploads, ledger } = await upload((fake) => {
      fake.state.forgetsUploads = true;
      const { made } = fake;
      const { put } = made.uploads;
      let stale = 0;
      made.uploads.put = (request) => {
        const answer = put(request);
        if (answer.status !== 201) return answer;
        stale = 4;
        return { status: 504, body: '' };
      };
      const { status: answer } = made;
      made.status = (...args) => (stale-- > 0 ? success(`{"status":"PROCESSING_UPLOAD","uploaded_bytes":${5 * chunk}}`) : answer(...args));
    });
    expect({ status, uploads, ledger }).toEqual({ status: 'published', uploads: 1, ledger: 1 });
  });

  it('is not guessed at when TikTok does not say how much it has', async () => {
    const { status, uploads, ledger } = await upload((fake) => {
      fake.fault({ method: 'PUT', kind: { cut: 'before' } });
      fake.fault({ path: /status/u, times: 1000, kind: { answer: success('{"status":"PROCESSING_UPLOAD"}') } });
    });
    expect({ status, uploads, ledger }).toEqual({ status: 'unconfirmed', uploads: 1, ledger: 0 });
  });

  it('is one post wherever the process dies', async () => {
    const report = await crashEverywhere(subject, long, undefined, 60_000);
    expect(report).toMatchObject({ doubled: 0, astray: [], unconfirmed: 0 });
    expect(report.deaths).toBeGreaterThan(30);
  }, 300_000);
});

it('is not mixed with the bytes of another file', async () => {
  await withTrial(await trialOf(subject, { ...long, parts: [{ text: '', videos: [{}] }] }), async (trial) => {
    const { test: { store }, clock } = trial;
    const io = trial.io(store);
    let opened = 0;
    const engine = bootEngine({
      store, providers: [subject.provider], clock,
      io: (provider, workspace) => {
        const inner = io(provider, workspace);
        return { ...inner, video: async (id) => { const file = await inner.video(id); return ++opened > 1 ? { ...file, size: file.size + 1 } : file; } };
      },
    });
    expect(await drive(engine, { ...trial, store })).toMatchObject({ status: 'failed', failure: { code: 'other_file' } });
    expect((trial.fake as FakeTikTok).ledger).toEqual([]);
  });
});
