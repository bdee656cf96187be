import { carriesLargeVideos } from '../../testing/large-video.ts';
import { subject } from './subject.ts';

carriesLargeVideos(subject, {
  name: 'film', parts: [{ text: 'Film', videos: [{}] }], options: { privacy_level: 'SELF_ONLY' }, visible: 1,
}, { upload: /^\/video\//u });
