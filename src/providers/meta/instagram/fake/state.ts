import type { FakeUpload } from '../../fake/uploads.ts';
import type { Picture } from './pictures.ts';

/** How this Instagram behaves beyond what is common; may be changed while it runs. */
export interface FakeInstagramState {
  /** Looks at a container until it is ready, once its file has come. */
  processingLooks: number;
  /** What a container says in the end instead of being ready, such as "Error: Media upload has failed with error code 2207026". */
  processingError: string | null;
  /** Of the next containers, how many end with `processingError`. */
  failing: number;
  /** Whether a Page's token is shown containers (else 100/33). */
  showsContainers: boolean;
  /** Whether containers say how much of a video has come, and the upload host takes the rest of one. */
  resumes: boolean;
  /** What a second media_publish of a container does. */
  publishAgain: 'doubles' | 'refuses';
  /** Looks at a container that was published which still say that it is being worked on. */
  publishingLooks: number;
  /** Reads of the account's lists that do not show what is new yet. */
  lag: number;
  /** Whether the app may read what the account has published. */
  mayRead: boolean;
  /** Posts in a moving day. Null: the answer does not tell. */
  quota: number | null;
  /** Whether the trial Reels of this account are allowed. */
  trials: boolean;
  /** Whether a file is fetched, as from everywhere on this machine; else its address is only looked at. */
  fetches: (url: URL) => boolean;
}

export const usualBehaviour: FakeInstagramState = {
  processingLooks: 0, processingError: null, failing: Number.POSITIVE_INFINITY, showsContainers: true, resumes: true, publishAgain: 'doubles', publishingLooks: 0,
  lag: 0, mayRead: true, quota: 100, trials: true, fetches: ({ hostname }) => hostname === '127.0.0.1' || hostname === 'localhost',
};

export interface KeptContainer {
  id: string;
  accountId: string;
  kind: 'IMAGE' | 'VIDEO' | 'REELS' | 'STORIES' | 'CAROUSEL';
  isPart: boolean;
  /** As they came, without those that say what kind it is. */
  parameters: Readonly<Record<string, string>>;
  children: readonly string[];
  /** The picture, where it was fetched. */
  picture: Picture | null;
  /** Of a video. */
  upload: FakeUpload | null;
  at: number;
  looks: number;
  /** What went wrong; null while nothing has. */
  error: string | null;
  /** Epoch ms of each time it was published. */
  published: number[];
  publishingLooks: number;
}

export interface KeptMedium {
  id: string;
  accountId: string;
  caption: string;
  media_type: 'IMAGE' | 'VIDEO' | 'CAROUSEL_ALBUM';
  media_product_type: 'FEED' | 'REELS' | 'STORY';
  at: number;
  /** False for what a person put up in the app, which counts for no limit. */
  byApp: boolean;
}

/** Everything that a test may look into. */
export interface FakeInstagramStore {
  containers: Map<string, KeptContainer>;
  media: KeptMedium[];
}
