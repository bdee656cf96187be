import { describe, expect, it } from 'vitest';
import type { Json } from '../../domain/json.ts';
import { bootEngine, drive } from '../../testing/drive.ts';
import { publishOnce, withTrial, type Trial } from '../../testing/trial.ts';
import type { Fault } from '../fake/server.ts';
import type { FakeYouTube } from './fake.ts';
import { addVideo, chunk, clip, googleOf, inPieces, patientTrial, put, sha256, stepsOf } from './fake/pieces.ts';
import { subject } from './subject.ts';

const whole = inPieces({ piece: 4 * chunk });

/** One run in which a call of a session goes wrong, then something done to Google, then the rest. */
async function afterOneRun(trial: Trial, fault: Fault, act: (google: FakeYouTube) => void) {
  const { store } = trial.test;
  trial.fake.fault(fault);
  const engine = bootEngine({ store, providers: [trial.subject.provider], io: trial.io(store), clock: trial.clock });
  await engine.tick();
  await engine.idle();
  act(googleOf(trial));
  return publishOnce(trial);
}
const looks = (trial: Trial) => trial.fake.calls.filter(({ path }) => path === '/youtube/v3/playlistItems');

describe('a session that YouTube forgot', () => {
  it('is looked up among the channel\'s own uploads when its end had been sent', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      const ended = await afterOneRun(trial, put({ cut: 'after' }), (google) => {
        google.uploads.drop();
        for (let n = 0; n < 60; n += 1) addVideo(google, `Other ${n}`);
      });
      expect(ended).toMatchObject({ status: 'published', remoteId: 'vid-0000001' });
      expect(googleOf(trial).uploads.pieces).toHaveLength(1);
      expect(looks(trial)).toHaveLength(2);
    });
  });

  it('is replaced by a new one when nothing came of it', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      const ended = await afterOneRun(trial, put({ cutRequest: 300_000 }), ({ uploads }) => uploads.drop());
      expect(ended).toMatchObject({ status: 'published' });
      expect(trial.fake.ledger).toHaveLength(1);
      expect(await stepsOf(trial)).toEqual(['bytes done', 'bytes-2 done', 'processed done', 'session done', 'session-2 done', 'video done', 'video-2 done']);
      expect(googleOf(trial).state.uploadsLeft).toBe(98);
    });
  });

  it('is replaced without a look when its end had not been sent', async () => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      const ended = await afterOneRun(trial, put({ cutRequest: 300 }), ({ uploads }) => uploads.drop());
      expect(ended).toMatchObject({ status: 'published' });
      expect(looks(trial)).toEqual([]);
      expect(googleOf(trial).videos.videos).toMatchObject([{ sha256 }]);
    });
  });

  it('while its end is on the way is left alone for a while, then looked up', async () => {
    for (const [kind, made] of [[{ lie: { status: 410, body: 'Gone' } }, 1], [{ answer: { status: 404, body: 'Not Found' } }, 0]] as const) {
      await withTrial(await patientTrial(whole, clip), async (trial) => {
        const ended = await afterOneRun(trial, put(kind), ({ uploads }) => {
          expect(trial.fake.ledger).toHaveLength(made);
          uploads.drop();
        });
        expect(ended).toMatchObject({ status: 'published' });
        expect(trial.fake.ledger).toHaveLength(1);
        expect(looks(trial)).toHaveLength(1);
      });
    }
  });

  it('is not opened over and over in one run', async () => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      trial.fake.fault(put({ answer: { status: 404, body: 'Not Found' } }, 50));
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'session_dropped' } });
      expect(googleOf(trial).state.uploadsLeft).toBe(96);
    });
  });

  it.each([
    ['one like it with another description', { cut: 'before' } as const, 'Something else'],
    ['two exactly like it', { cut: 'after' } as const, 'All of it'],
  ])('asks a person where there is %s', async (_name, kind, description) => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      const ended = await afterOneRun(trial, put(kind), (google) => {
        google.uploads.drop();
        addVideo(google, 'Film', description);
      });
      expect(ended).toMatchObject({ status: 'unconfirmed' });
    });
  });

  it('asks a person where there is no end to the list', async () => {
    await withTrial(await patientTrial(whole, clip), async (trial) => {
      const ended = await afterOneRun(trial, put({ cut: 'before' }), (google) => {
        google.uploads.drop();
        for (let n = 0; n < 260; n += 1) addVideo(google, `Other ${n}`);
      });
      expect(ended).toMatchObject({ status: 'unconfirmed' });
    });
  });

  it('does not take an older video of the same name for it', async () => {
    let now = Date.UTC(2026, 10, 20);
    await withTrial(await patientTrial(inPieces({ piece: 4 * chunk, now: () => now }), clip), async (trial) => {
      addVideo(googleOf(trial), 'Film', 'All of it');
      now += 3_600_000;
      const ended = await afterOneRun(trial, put({ cut: 'before' }), ({ uploads }) => uploads.drop());
      expect(ended).toMatchObject({ status: 'published', remoteId: 'vid-0000002' });
    });
  });
});

describe('the way to the upload', () => {
  it('leads to Google alone: no token goes to another address', async () => {
    for (const location of ['https://evil.example/upload?upload_id=1', 'http://www.googleapis.com/upload?upload_id=1', 'https://googleapis.com.evil.example/?upload_id=1', undefined]) {
      await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
        trial.fake.fault({ method: 'POST', times: 9, kind: { answer: { status: 200, headers: location === undefined ? {} : { location }, body: '' } } });
        expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { code: 'unreadable_answer' } });
        expect(trial.fake.calls.every(({ method }) => method === 'POST')).toBe(true);
      });
    }
  });

  it('is renewed in the middle of the pieces when the access token ends', async () => {
    await withTrial(await patientTrial(inPieces(), clip), async (trial) => {
      const google = googleOf(trial);
      const { store } = trial.test;
      let pieces = 0;
      const io = trial.io(store, (http) => async (request) => {
        if (request.method === 'PUT' && (pieces += 1) === 2) for (const token of google.oauth.tokens) token.expiresAt = 0;
        return http(request);
      });
      expect(await drive(bootEngine({ store, providers: [trial.subject.provider], io, clock: trial.clock }), { ...trial, store })).toMatchObject({ status: 'published', failures: 0 });
      expect(google.uploads.pieces.map(({ from }) => from)).toEqual([0, chunk, 2 * chunk]);
      expect(trial.fake.calls.filter(({ path }) => path === '/token')).toHaveLength(1);
      const [connection] = await store.connections.list(trial.workspaceId);
      const kept = (await store.connections.grant(trial.workspaceId, connection?.id ?? ''))?.grant as Record<string, Json>;
      expect(kept).toMatchObject({ accessToken: google.oauth.tokens.at(-1)?.access, refreshToken: google.oauth.tokens[0]?.refresh });
    });
  });

  it('never leads to another channel', async () => {
    const account: typeof subject.account = (fake) => {
      const { grant, target } = subject.account(fake);
      return { grant: { ...(grant as Record<string, Json>), channelId: 'UCanother' }, target };
    };
    await withTrial(await patientTrial({ ...inPieces(), account }, clip), async (trial) => {
      expect(await publishOnce(trial)).toMatchObject({ status: 'failed', failure: { kind: 'rejected', code: 'other_channel' } });
      expect(trial.fake.calls).toEqual([]);
    });
  });
});
