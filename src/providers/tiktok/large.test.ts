import { beforeAll } from 'vitest';
import { carriesLargeVideos } from '../../testing/large/large-video.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import type { SubjectCase } from '../subject.ts';
import { subject } from './subject.ts';

const video = (bytes?: number): SubjectCase => ({
  name: 'a video', parts: [{ text: 'Look', videos: [bytes === undefined ? {} : { bytes }] }], options: { privacy_level: 'SELF_ONLY' }, visible: 1,
});

// What a first upload loads, compiles and leaves to the collector is not the large one's.
beforeAll(async () => withTrial(await trialOf(subject, video(100_000_000), 120_000), async (trial) => void (await publishOnce(trial))), 60_000);

carriesLargeVideos(subject, video(), { upload: /^\/video\//u });
