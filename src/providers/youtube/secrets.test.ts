import { expect, it } from 'vitest';
import { createSend, type Send } from '../../lib/net-guard.ts';
import { bootEngine, drive } from '../../testing/drive.ts';
import { trialOf, withTrial } from '../../testing/trial.ts';
import { client, type FakeYouTube } from './fake.ts';
import { subject } from './subject.ts';

const of = { name: 'clip', parts: [{ text: '', videos: [{}] }], options: { title: 'Clip', madeForKids: 'no', thumbnail: 'picture' }, visible: 1 };

/** What Google could say that repeats what it was sent. */
function echo({ authorization = '' }: Record<string, string>, url: URL, status: number) {
  const said = `no: ${authorization} at ${url.href} ${encodeURIComponent(url.href)} ${url.searchParams.get('upload_id')}`;
  return { status, body: status === 400 ? { error: { code: 400, message: said, errors: [{ reason: said.slice(0, 200), message: said }] } } : said };
}

it('no token, secret or upload address reaches what is kept of a failure or shown of it', async () => {
  let scanned = 0;
  for (const status of [400, 401, 500]) {
    for (let nth = 0; nth < 4; nth += 1) {
      await withTrial(await trialOf(subject, of), async (trial) => {
        const google = trial.fake as FakeYouTube;
        const real = createSend(google.upstreams);
        let count = 0;
        const seen: string[] = [];
        const send: Send = (url, options) => {
          const id = url.searchParams.get('upload_id');
          if (id !== null) seen.push(id);
          if (count++ >= nth) google.fault({ kind: { answer: echo(options.headers as Record<string, string>, url, status) } });
          return real(url, options);
        };
        const { store } = trial.test;
        const lines: string[] = [];
        const log = { info: (...said: unknown[]) => void lines.push(JSON.stringify(said)), warn: (...said: unknown[]) => void lines.push(JSON.stringify(said)), error: (...said: unknown[]) => void lines.push(JSON.stringify(said)) };
        const publication = await drive(bootEngine({ store, providers: [subject.provider], io: trial.io(store, undefined, send), clock: trial.clock, log }), { ...trial, store });
        const attempts = await store.journal.attemptsOf(trial.workspaceId, trial.publicationId);
        const notes = (await store.journal.stepsOf(trial.workspaceId, trial.publicationId)).filter(({ name }) => name === 'notes');
        const kept = JSON.stringify({ publication, attempts, notes, lines });
        const tokens = google.oauth.tokens.flatMap(({ access, refresh }) => [access, refresh ?? access]);
        for (const secret of [...tokens, ...seen, client.secret]) expect(kept.includes(secret), `${status} at call ${nth}`).toBe(false);
        scanned += attempts.length;
      });
    }
  }
  expect(scanned).toBeGreaterThan(20);
}, 60_000);
