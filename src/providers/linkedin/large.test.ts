import { beforeAll } from 'vitest';
import { carriesLargeVideos } from '../../testing/large/large-video.ts';
import { publishOnce, trialOf, withTrial } from '../../testing/trial.ts';
import { startFakeLinkedin } from './fake.ts';
import { profileSubject } from './subject.ts';

const subject = { ...profileSubject, start: () => startFakeLinkedin({ looks: 1 }) };
const videoOf = (bytes: number) => ({ name: 'a video', parts: [{ text: 'Look', videos: [{ bytes }] }], visible: 1 });

// What a first post loads, compiles and keeps at hand is not the video's.
beforeAll(() => trialOf(subject, videoOf(100_000_000), 120_000).then((trial) => withTrial(trial, async () => void (await publishOnce(trial)))), 60_000);

// 500 MB is what LinkedIn takes at most.
carriesLargeVideos(subject, videoOf(1), { upload: /^\/dms-uploads\//u, bytes: 500_000_000 });
