import { startFakeMeta, type FakeMeta } from '../fake.ts';
import type { FakeMetaState, FakeWorld, Product } from '../fake/world.ts';
import { fakePosts } from './fake/posts.ts';
import { usualBehaviour, type FakeFacebookState, type FakeFacebookStore, type KeptPost } from './fake/state.ts';
import { fakeStories } from './fake/stories.ts';
import { fakeVideos } from './fake/videos.ts';

export interface FakeFacebook extends FakeMeta, FakeFacebookStore {
  behaviour: FakeFacebookState;
  /** Puts a post up as another app or person would. */
  add(post: Omit<KeptPost, 'id' | 'at' | 'appId'> & { appId?: string }): KeptPost;
}

/** A strict Facebook: Pages with their posts, photos, videos, Reels and Stories. */
export async function startFakeFacebook(options: Partial<FakeMetaState> = {}, behaviour: Partial<FakeFacebookState> = {}): Promise<FakeFacebook> {
  const made = facebookProduct(behaviour);
  const meta = await startFakeMeta([made.product], options);
  return Object.assign(meta, made.store, { behaviour: made.behaviour, add: (post: Parameters<FakeFacebook['add']>[0]) => made.add(post, meta) });
}

/** What Facebook adds to the family's stand-in; may stand beside other products. */
export function facebookProduct(options: Partial<FakeFacebookState> = {}) {
  const store: FakeFacebookStore = { photos: new Map(), videos: new Map(), posts: [], stories: [] };
  const behaviour: FakeFacebookState = { ...usualBehaviour, ...options };
  const posts = fakePosts(store, behaviour);
  const videos = fakeVideos(store, behaviour, posts);
  const stories = fakeStories(store, behaviour, videos);

  const product: (world: FakeWorld) => Product = () => (call) => {
    const { request: { method }, path: [first = '', second] } = call;
    if (first === 'video-upload') return videos.upload(call);
    switch (`${method} ${second ?? ''}`) {
      case 'POST feed':
        return posts.feed(call);
      case 'POST photos':
        return posts.photo(call);
      case 'GET published_posts':
        return posts.published(call);
      case 'POST videos':
        return videos.chunked(call);
      case 'POST video_reels':
        return videos.reel(call);
      case 'POST photo_stories':
        return stories.photo(call);
      case 'POST video_stories':
        return stories.video(call);
      case 'GET stories':
        return stories.list(call);
      case 'POST thumbnails':
        return videos.thumbnail(call);
      case 'GET ':
        return store.videos.has(first) ? videos.look(call) : undefined;
      default:
        return undefined;
    }
  };
  return { product, store, behaviour, add: (post: Parameters<FakeFacebook['add']>[0], meta: FakeMeta) => posts.add(post, { world: { ...meta, platform: meta } }) };
}
