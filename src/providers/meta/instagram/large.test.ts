import { beforeAll } from 'vitest';
import { carriesLargeVideos } from '../../../testing/large/large-video.ts';
import { publishOnce, trialOf, withTrial } from '../../../testing/trial.ts';
import type { SubjectCase } from '../../subject.ts';
import { subject } from './subject.ts';

const reel = (bytes?: number): SubjectCase => ({ name: 'a Reel', parts: [{ text: 'Short', videos: [bytes === undefined ? {} : { bytes }] }], options: { format: 'reel' }, visible: 1 });

// What a first upload loads, compiles and leaves to the collector is not the large one's.
beforeAll(async () => withTrial(await trialOf(subject, reel(300_000_000), 120_000), async (trial) => void (await publishOnce(trial))), 60_000);

// As large as Instagram takes them.
carriesLargeVideos(subject, reel(), { upload: /\/ig-api-upload\//u, bytes: 300_000_000 });
