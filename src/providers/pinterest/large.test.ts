import { carriesLargeVideos } from '../../testing/large-video.ts';
import { startFakePinterest } from './fake.ts';
import { board, subject } from './subject.ts';

// S3's form is one call: what breaks off is sent anew. What has arrived is not (`video.test.ts`).
carriesLargeVideos(
  { ...subject, start: () => startFakePinterest({ keepsUploads: false }) },
  { name: 'film', parts: [{ text: 'Film', videos: [{}] }], options: { board }, visible: 1 },
  { upload: /^\/$/u, again: true },
);
