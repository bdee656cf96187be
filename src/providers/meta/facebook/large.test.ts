import { beforeAll } from 'vitest';
import { carriesLargeVideos } from '../../../testing/large/large-video.ts';
import { publishOnce, trialOf, withTrial } from '../../../testing/trial.ts';
import type { SubjectCase } from '../../subject.ts';
import { subject } from './subject.ts';

const video = (bytes?: number): SubjectCase => ({ name: 'a video', parts: [{ text: 'Look', videos: [bytes === undefined ? {} : { bytes }] }], visible: 1 });
const reel: SubjectCase = { ...video(), name: 'a Reel', options: { format: 'reel' } };

// What a first upload loads, compiles and leaves to the collector is not the large one's.
beforeAll(async () => withTrial(await trialOf(subject, video(100_000_000), 120_000), async (trial) => void (await publishOnce(trial))), 60_000);

carriesLargeVideos(subject, video(), { upload: /\/videos(?:\?|$)/u });
carriesLargeVideos(subject, reel, { upload: /\/video-upload\//u, bytes: 300_000_000 });
