import type { FakeUpload } from '../../fake/uploads.ts';

/** How this Facebook behaves beyond what is common; may be changed while it runs. */
export interface FakeFacebookState {
  /** Looks that a finished video takes until it is shown. */
  processingLooks: number;
  /** How a video looks meanwhile: being published, or only being prepared, as before it was told to be shown. */
  meanwhile: 'publishing' | 'preparing';
  /** Whether a video is prepared as soon as its file has come, before it is told to be shown. */
  preparesEarly: boolean;
  /** What asking again for a finished video gets. */
  finishAgain: 'success' | 'error';
  /** What processing says in the end; null for nothing wrong. */
  processingError: { code?: number; message: string } | null;
  /** Reads of a Page's lists that do not show what is new yet. */
  lag: number;
  /** Whether the app may read what Pages have published. */
  mayRead: boolean;
  /** Whether posts name what their pictures are. */
  tellsTargets: boolean;
  /** Bytes of a video that are asked for in one piece. */
  chunk: number;
  /** Links that cannot be opened. */
  deadLinks: readonly string[];
}

export const usualBehaviour: FakeFacebookState = {
  processingLooks: 0, meanwhile: 'publishing', preparesEarly: false, finishAgain: 'error', processingError: null, lag: 0, mayRead: true, tellsTargets: true, chunk: 40_000, deadLinks: [],
};

export interface KeptPhoto {
  id: string;
  pageId: string;
  alt: string;
  type: string;
  bytes: number;
  at: number;
  /** The post or Story it is in. */
  usedIn: string | null;
}

export interface KeptVideo {
  id: string;
  pageId: string;
  kind: 'video' | 'reel' | 'story';
  sessionId: string;
  upload: FakeUpload;
  size: number;
  status: 'open' | 'expired' | 'upload_failed';
  finished: boolean;
  looks: number;
  postId: string | null;
  text: string;
  title: string;
  cover: number | null;
}

export interface KeptPost {
  id: string;
  pageId: string;
  message: string;
  link: string | null;
  photos: readonly string[];
  video: string | null;
  appId: string;
  at: number;
}

export interface KeptStory {
  post_id: string;
  pageId: string;
  media_id: string;
  media_type: 'photo' | 'video';
  at: number;
}

/** Everything that a test may look into. */
export interface FakeFacebookStore {
  photos: Map<string, KeptPhoto>;
  videos: Map<string, KeptVideo>;
  posts: KeptPost[];
  stories: KeptStory[];
}
