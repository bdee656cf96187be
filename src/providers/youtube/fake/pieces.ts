import { createHash } from 'node:crypto';
import { trialOf, type Trial } from '../../../testing/trial.ts';
import type { Provider, VideoFile } from '../../contract.ts';
import type { Fault } from '../../fake/server.ts';
import type { Subject, SubjectCase } from '../../subject.ts';
import { startFakeYouTube, type FakeYouTube, type FakeYouTubeOptions } from '../fake.ts';
import { youtube } from '../index.ts';
import { publishIn } from '../publish.ts';
import { subject } from '../subject.ts';

/** The smallest piece there is. */
export const chunk = 262_144;

/** Two pieces, and a last one that is no multiple of anything. */
export const film = Buffer.from(Array.from({ length: 600_001 }, (_, n) => (n * 131 + (n >> 8) * 7) % 256));
export const sha256 = createHash('sha256').update(film).digest('hex');

export const clip: SubjectCase = {
  name: 'film in pieces', parts: [{ text: 'All of it', videos: [{ width: 1920, height: 1080 }] }], options: { title: 'Film', madeForKids: 'no' }, visible: 1,
};

/** The network as it is, in pieces of `piece` bytes, and with `bytes` wherever a video is read. */
export function inPieces({ piece = chunk, bytes = film, ...options }: FakeYouTubeOptions & { piece?: number; bytes?: Buffer } = {}): Subject {
  const publish: Provider['publish'] = publishIn(piece);
  const provider: Provider = { ...youtube, publish: (job, step, io) => publish(job, step, { ...io, video: async () => fileOf(bytes) }) };
  return { ...subject, provider, start: () => startFakeYouTube(options) };
}

function fileOf(bytes: Buffer): VideoFile {
  return {
    type: 'video/mp4', size: bytes.length, name: 'video.mp4',
    read: (from = 0, to = bytes.length) => ({
      async *[Symbol.asyncIterator]() { for (let at = from; at < to; at += 65_536) yield bytes.subarray(at, Math.min(to, at + 65_536)); },
    }),
  };
}

/** A trial in which no call is given up for being slow: on a busy machine a second is short, and these count calls. */
export const patientTrial = (of: Subject, post: SubjectCase) => trialOf(of, post, 60_000);

export const googleOf = (trial: Trial) => trial.fake as FakeYouTube;

/** A fault on the calls of a session: pieces, and questions how far it is. */
export const put = (kind: Fault['kind'], times = 1): Fault => ({ method: 'PUT', path: /upload_id=/u, kind, times });

/** A call that goes through, where faults are counted off. */
export const passes = put({ drip: 0 });

/** What the journal holds, by name. */
export async function stepsOf({ test, workspaceId, publicationId }: Trial, store = test.store): Promise<string[]> {
  return (await store.journal.stepsOf(workspaceId, publicationId)).map(({ name, state }) => `${name} ${state}`).toSorted();
}

/** A video that is on the channel without our doing. */
export function addVideo({ videos }: FakeYouTube, title: string, description = ''): void {
  videos.create({ snippet: { title, description, categoryId: '22' }, status: { privacyStatus: 'public', selfDeclaredMadeForKids: false }, notified: true }, { bytes: 1, sha256: '' });
}
