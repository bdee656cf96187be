import { beforeAll } from 'vitest';
import { carriesLargeVideos } from '../../testing/large/large-video.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { startFakePinterest } from './fake.ts';
import { board, subject } from './subject.ts';

const counting = { ...subject, start: () => startFakePinterest({ keepsUploads: false }) };
const film = (bytes: number) => ({ name: 'film', parts: [{ text: 'Film', videos: [{ bytes }] }], options: { board }, visible: 1 });

// What a first post loads, compiles and keeps at hand is not the video's.
beforeAll(() => trialOf(counting, film(200_000_000), 120_000).then((trial) => withTrial(trial, async () => void (await publishOnce(trial)))), 60_000);

// S3's form is one call: what breaks off is sent anew. What has arrived is not (`video.test.ts`).
carriesLargeVideos(counting, film(1), { upload: /^\/$/u, again: true });
