import { carriesLargeVideos } from '../../testing/large-video.ts';
import { conformance } from '../conformance.ts';
import { subject } from './subject.ts';

conformance(subject);

const [video] = subject.cases;
if (video) carriesLargeVideos(subject, video, { upload: /^\/video\// });
