import { describe, expect, it } from 'vitest';
import { bootEngine, drive } from '../../testing/drive.ts';
import { faultMatrix } from '../../testing/faults/faults.ts';
import { crashEverywhere, publishOnce, withTrial } from '../../testing/trial.ts';
import type { Fault } from '../fake/server.ts';
import { chunk, clip, film, googleOf, inPieces, passes, patientTrial, put, sha256, stepsOf } from './fake/pieces.ts';

describe('an upload in pieces', () => {
  it('sends each byte once, in order, after its session is on disk', async () => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      const { store } = trial.test;
      const other = trial.test.reopen();
      const seen: string[][] = [];
      const io = trial.io(store, (http) => async (request) => {
        if (request.method === 'PUT') seen.push(await stepsOf(trial, other));
        return http(request);
      });
      expect(await drive(bootEngine({ store, providers: [trial.subject.provider], io, clock: trial.clock }), { ...trial, store })).toMatchObject({ status: 'published', failures: 0 });
      expect(seen).toEqual([['session done'], ['session done'], ['bytes done', 'session done', 'video intended']]);
      const { uploads, videos } = googleOf(trial);
      expect(uploads.pieces).toEqual([{ from: 0, bytes: chunk }, { from: chunk, bytes: chunk }, { from: 2 * chunk, bytes: film.length - 2 * chunk }]);
      expect(videos.videos).toMatchObject([{ bytes: film.length, sha256 }]);
    });
  });

  const last = film.length - 2 * chunk;
  it.each([
    // piece, bytes of it that come, where the next one begins
    [0, 1, 0], [0, 99_999, 0], [0, chunk - 1, 0], [0, chunk, chunk], [1, 1, chunk], [1, 70_000, chunk], [1, chunk, 2 * chunk], [2, 10, 2 * chunk], [2, last - 1, 2 * chunk], [2, last, null],
  ])('goes on from what YouTube has when piece %i breaks off after %i bytes', async (piece, bytes, next) => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      for (let n = 0; n < piece; n += 1) trial.fake.fault(passes);
      trial.fake.fault(put({ cutRequest: bytes }));
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      const { uploads: { pieces }, videos } = googleOf(trial);
      expect(videos.videos).toMatchObject([{ bytes: film.length, sha256 }]);
      expect(pieces[piece]).toEqual({ from: piece * chunk, bytes });
      expect(pieces[piece + 1]?.from).toBe(next ?? undefined);
      // Nothing that arrived in whole was sent again.
      expect(pieces.reduce((sum, one) => sum + one.bytes, 0)).toBe(film.length + (next === piece * chunk ? bytes : 0));
    });
  });

  it('keeps whole blocks of a piece that breaks off', async () => {
    await withTrial(await patientTrial(inPieces({ piece: 4 * chunk }), clip), async (trial) => {
      trial.fake.fault(put({ cutRequest: 2 * chunk + 5 }));
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(googleOf(trial).uploads.pieces).toEqual([{ from: 0, bytes: 2 * chunk + 5 }, { from: 2 * chunk, bytes: last }]);
      expect(googleOf(trial).videos.videos).toMatchObject([{ sha256 }]);
    });
  });

  it('goes on without counting a failure as long as it gets further', async () => {
    await withTrial(await patientTrial(inPieces({ bytes: Buffer.alloc(20 * chunk, 7) }), clip), async (trial) => {
      // Every second piece breaks off: eight times, where three failures would be the end.
      for (let n = 0; n < 8; n += 1) for (const fault of [passes, put({ cutRequest: 1000 }), passes]) trial.fake.fault(fault);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
      const attempts = await trial.test.store.journal.attemptsOf(trial.workspaceId, trial.publicationId);
      expect(attempts.filter(({ outcome }) => outcome === 'waiting').length).toBeGreaterThanOrEqual(8);
      expect(googleOf(trial).videos.videos).toMatchObject([{ bytes: 20 * chunk }]);
    });
  });

  it('goes back to what YouTube has when that became less', async () => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      for (const fault of [passes, passes, put({ cut: 'before' })]) trial.fake.fault(fault);
      const { store } = trial.test;
      const engine = bootEngine({ store, providers: [trial.subject.provider], io: trial.io(store), clock: trial.clock });
      await engine.tick();
      await engine.idle();
      googleOf(trial).uploads.lose(chunk, film);
      expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
      expect(googleOf(trial).uploads.pieces.map(({ from }) => from)).toEqual([0, chunk, chunk]);
      expect(googleOf(trial).videos.videos).toMatchObject([{ sha256 }]);
    });
  });

  it('stops when YouTube keeps nothing of what it gets', async () => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      trial.fake.fault(put({ answer: { status: 308 } }, 50));
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'stuck' } });
      expect(trial.fake.calls.length).toBeLessThan(10);
    });
  });

  it('survives a death at every point', async () => {
    const report = await crashEverywhere(inPieces(), clip);
    process.stdout.write(`youtube in pieces: ${report.deaths} deaths, ${report.doubled} doubled\n`);
    expect(report).toMatchObject({ astray: [], doubled: 0 });
    expect(report.deaths).toBeGreaterThan(20);
  }, 120_000);

  it('sends nothing twice whatever the network does, and says failed only of what is not there', async () => {
    const cells = await faultMatrix(inPieces(), clip);
    process.stdout.write(`youtube in pieces: ${cells.length} fault cells, ${cells.filter(({ ledger }) => ledger > 1).length} doubled\n`);
    expect(cells.filter(({ problem, ledger }) => problem !== null || ledger > 1)).toEqual([]);
    expect(cells.filter(({ status, ledger }) => status === 'failed' && ledger > 0)).toEqual([]);
  }, 240_000);
});

describe('the last piece', () => {
  const whole = inPieces({ piece: 4 * chunk });
  const refused = { status: 400, body: { error: { code: 400, message: 'No', errors: [{ reason: 'odd' }] } } };

  it.each<[string, Fault['kind']]>([
    ['is lost', { cut: 'after' }], ['is cut', { cut: 'body' }], ['is a 500', { lie: { status: 500, body: 'oops' } }], ['is a 400', { lie: refused }],
    ['is a 403', { lie: { status: 403, body: {} } }], ['is a 429', { lie: { status: 429, body: {} } }], ['is a 401', { lie: { status: 401, body: {} } }],
  ])('is settled by its session when the answer %s', async (_name, kind) => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      trial.fake.fault(put(kind));
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', remoteId: 'vid-0000001' });
      expect(googleOf(trial).uploads.pieces).toHaveLength(1);
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });

  it('is settled later when a refusal cannot be verified at once', async () => {
    for (const answer of [{ status: 401, body: {} }, { status: 503, body: 'down' }, { status: 403, body: {} }]) {
      await withTrial(await patientTrial(whole, clip), async (trial) => {
        trial.fake.fault(put({ lie: refused }));
        trial.fake.fault(put({ answer }));
        expect(await publishOnce(trial)).toMatchObject({ status: 'published' });
        expect(googleOf(trial).uploads.pieces).toHaveLength(1);
      });
    }
  });

  it('is refused for good when its session knows of no video either', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      trial.fake.fault(put({ answer: refused }));
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'odd', message: 'No' } });
      expect(trial.fake.ledger).toEqual([]);
    });
  });

  it('is not sent again while YouTube has it all and is still at it', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      trial.fake.fault(put({ cut: 'after' }));
      trial.fake.fault(put({ answer: { status: 308, headers: { range: `bytes=0-${film.length - 1}` } } }, 2));
      expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 3 });
      expect(googleOf(trial).uploads.pieces).toHaveLength(1);
    });
  });

  it('is not in doubt while it has not left', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      trial.fake.fault(put({ answer: { status: 429, body: {} } }));
      trial.fake.fault(put({ answer: { status: 503, body: 'down' } }, 50));
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'transient' } });
      expect(trial.fake.ledger).toEqual([]);
    });
  });

  it('stays in doubt, not failed, when its session cannot be asked any more', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      trial.fake.fault(put({ cut: 'after' }));
      trial.fake.fault(put({ answer: { status: 503, body: 'down' } }, 50));
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed' });
      expect(trial.fake.ledger).toHaveLength(1);
    });
  });

  it.each(['bytes=5-9', 'bytes=0-', 'bytes=0-999999999', 'chapters=0-5'])('is not sent on a word like "%s"', async (range) => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      trial.fake.fault(put({ cut: 'before' }));
      trial.fake.fault(put({ answer: { status: 308, headers: { range } } }, 9));
      expect(await publishOnce(trial)).toMatchObject({ status: 'unconfirmed', failure: { code: 'unreadable_answer' } });
      expect(googleOf(trial).uploads.pieces).toEqual([]);
    });
  });
});
