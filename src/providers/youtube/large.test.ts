import { expect, it } from 'vitest';
import { publishOnce, withTrial } from '../../testing/trial.ts';
import { startFakeYouTube } from './fake.ts';
import { googleOf, patientTrial } from './fake/pieces.ts';
import { subject } from './subject.ts';

const gigabyte = 1_000_000_000;
const counting = { ...subject, start: () => startFakeYouTube({ keepsBytes: false }) };

/** memory.test.ts has the memory of it, with the fake in a process of its own. */
it('a gigabyte in pieces of the usual size goes on where it broke off', async () => {
  const film = { name: 'film', parts: [{ text: '', videos: [{ bytes: gigabyte }] }], options: { title: 'Film', madeForKids: 'no' }, visible: 1 };
  await withTrial(await patientTrial(counting, film), async (trial) => {
    const google = googleOf(trial);
    // The piece in the middle breaks off after 10,000,001 bytes: 38 blocks of 256 KiB are kept of it.
    google.breakUpload = (path) => (path.includes('upload_id') && google.uploads.pieces.length === 30 ? 10_000_001 : undefined);
    expect(await publishOnce(trial)).toMatchObject({ status: 'published', failures: 0 });
    const { pieces } = google.uploads;
    expect(pieces[31]?.from).toBe(30 * 16 * 1024 * 1024 + 38 * 262_144);
    const sent = pieces.reduce((sum, { bytes }) => sum + bytes, 0);
    expect(sent).toBe(gigabyte + 10_000_001 - 38 * 262_144);
    expect(google.videos.videos).toMatchObject([{ bytes: gigabyte }]);
    process.stdout.write(`youtube: a gigabyte, broken in the middle, took ${sent - gigabyte} bytes more\n`);
  });
}, 120_000);
