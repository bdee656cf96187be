import { carriesLargeVideos } from '../../testing/large/large-video.ts';
import { subject } from './subject.ts';

// A lease is for one form: an upload that broke off begins anew.
carriesLargeVideos(subject, { name: 'a video', parts: [{ text: '', videos: [{}] }], options: { format: 'video', title: 'Waves', poster: 'a-picture' }, visible: 1 }, { upload: /^\/$/u, bytes: 500_000_000, again: true });
