import { carriesLargeVideos } from '../../testing/large/large-video.ts';
import { subject } from './subject.ts';

carriesLargeVideos(subject, { name: 'film', parts: [{ text: 'Film', videos: [{}] }], visible: 1 }, { upload: /\/append$/u });
