import type { FakeAnswer } from '../../../fake/server.ts';
import { fieldsOf, paramsOf, picked, Refusal, shapeOf } from '../../fake/refusal.ts';
import type { ProductCall } from '../../fake/world.ts';
import { asPage } from './posts.ts';
import type { FakeFacebookState, FakeFacebookStore, KeptStory } from './state.ts';
import type { fakeVideos } from './videos.ts';

const used = () => new Refusal(100, '(#100) The photo or video was already used', { subcode: 1366051 });

/** Stories of Pages (Page Stories API, read 2026-09-11). */
export function fakeStories(store: FakeFacebookStore, behaviour: FakeFacebookState, videos: ReturnType<typeof fakeVideos>) {
  function add(story: Omit<KeptStory, 'post_id' | 'at'>, alt: string, { world }: ProductCall): FakeAnswer {
    // The documentation's own sample has a number here.
    const number = Number(world.newId().slice(-9));
    const kept = { ...story, post_id: String(number), at: world.state.now() };
    store.stories.push(kept);
    world.platform.ledger.push({ id: kept.post_id, text: '', media: [{ alt, kind: story.media_type === 'photo' ? 'image' : 'video' }] });
    return { status: 200, body: { success: true, post_id: number } };
  }

  function photo(call: ProductCall): FakeAnswer {
    const pageId = asPage(call);
    const { photo_id: id = '' } = shapeOf(paramsOf(call.request), ['photo_id']);
    const one = store.photos.get(id);
    if (!one || one.pageId !== pageId) throw new Refusal(100, '(#100) photo_id is none of this Page', { subcode: 33 });
    if (one.usedIn !== null) throw used();
    one.usedIn = id;
    return add({ pageId, media_id: id, media_type: 'photo' }, one.alt, call);
  }

  function video(call: ProductCall): FakeAnswer {
    const pageId = asPage(call);
    const params = paramsOf(call.request);
    if (params['upload_phase'] === 'start') return videos.session(pageId, 'story', params, call);
    const { upload_phase: phase, video_id: id = '' } = shapeOf(params, ['upload_phase', 'video_id']);
    if (phase !== 'finish') throw new Refusal(100, '(#100) Missing parameter: upload_phase');
    const one = videos.complete(id, pageId, 'story');
    if (one.finished) throw used();
    one.finished = true;
    return add({ pageId, media_id: id, media_type: 'video' }, '', call);
  }

  function list({ request, path: [pageId = ''], world }: ProductCall): FakeAnswer {
    world.pageCaller(request, pageId, 'pages_read_engagement');
    if (!behaviour.mayRead) throw new Refusal(10, '(#10) This endpoint requires another permission.', { status: 403 });
    const { fields = '' } = shapeOf(paramsOf(request), [], ['fields']);
    const asked = fieldsOf({ fields }, ['post_id', 'status', 'creation_time', 'media_type', 'media_id', 'url']);
    const rows = store.stories.filter((story) => story.pageId === pageId).map((story) => picked({
      post_id: story.post_id, status: 'PUBLISHED', creation_time: String(Math.floor(story.at / 1000)), media_type: story.media_type,
      media_id: story.media_id, url: `https://facebook.com/stories/${story.post_id}`,
    }, asked));
    return { status: 200, body: { data: rows } };
  }

  return { photo, video, list };
}
