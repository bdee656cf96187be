import type { FakeAnswer } from '../../../fake/server.ts';
import { fieldsOf, FilePart, paramsOf, picked, Refusal, shapeOf, UploadRefusal, type Params } from '../../fake/refusal.ts';
import { newUpload, take } from '../../fake/uploads.ts';
import type { ProductCall } from '../../fake/world.ts';
import { asPage, type fakePosts } from './posts.ts';
import type { FakeFacebookState, FakeFacebookStore, KeptVideo } from './state.ts';

/** Videos in phases, Reels, and the upload host (page/videos and the Reels guide, read 2026-09-11). */
export function fakeVideos(store: FakeFacebookStore, behaviour: FakeFacebookState, posts: ReturnType<typeof fakePosts>) {
  function open(pageId: string, kind: KeptVideo['kind'], size: number, call: ProductCall): KeptVideo {
    const video: KeptVideo = {
      id: call.world.newId(), sessionId: call.world.newId(), pageId, kind, size, upload: newUpload(), status: 'open', finished: false,
      looks: 0, postId: null, text: '', title: '', cover: null,
    };
    store.videos.set(video.id, video);
    return video;
  }

  /** What to send next, as strings like in Meta's answers. Pieces grow with the file. */
  const next = ({ upload, size }: KeptVideo) => ({
    start_offset: String(upload.received), end_offset: String(Math.min(upload.received + Math.max(behaviour.chunk, Math.min(2_000_000, size / 25)), size)),
  });

  function chunked(call: ProductCall): FakeAnswer {
    const pageId = asPage(call);
    const params = paramsOf(call.request);
    const { upload_phase: phase } = params;
    if (phase === 'start') {
      const { file_size: size } = shapeOf(params, ['upload_phase', 'file_size']);
      const video = open(pageId, 'video', Number(size), call);
      return { status: 200, body: { video_id: video.id, upload_session_id: video.sessionId, ...next(video) } };
    }
    const video = [...store.videos.values()].find((one) => one.kind === 'video' && one.sessionId === params['upload_session_id'] && one.pageId === pageId);
    if (!video) throw new Refusal(100, '(#100) The upload session is not there', { subcode: 1363030 });
    if (phase === 'transfer') return transfer(video, params);
    if (phase !== 'finish') throw new Refusal(100, '(#100) Missing parameter: upload_phase');
    const { description = '', title = '' } = shapeOf(params, ['upload_phase', 'upload_session_id'], ['description', 'title', 'thumb']);
    if (video.upload.received < video.size) throw new Refusal(6001, '(#6001) The upload is not complete');
    const { thumb } = params;
    return finish(video, { text: description, title, ...(thumb instanceof FilePart && { cover: thumb.size }) }, call);
  }

  function transfer(video: KeptVideo, params: Params): FakeAnswer {
    const { start_offset: start } = shapeOf(params, ['upload_phase', 'upload_session_id', 'start_offset', 'video_file_chunk']);
    const { video_file_chunk: chunk } = params;
    if (!(chunk instanceof FilePart)) throw new Refusal(100, '(#100) video_file_chunk must be a file');
    const wanted = next(video);
    // A piece that came and whose answer was lost is sent again; Facebook says where to go on.
    if (Number(start) < video.upload.received) return { status: 200, body: wanted };
    if (start !== wanted.start_offset || chunk.size !== Number(wanted.end_offset) - Number(wanted.start_offset)) {
      throw new Refusal(6001, '(#6001) The piece is not the one that was asked for', { subcode: 1363037 });
    }
    video.upload.pieces.push({ offset: video.upload.received, bytes: chunk.size, sha256: '' });
    video.upload.received += chunk.size;
    return { status: 200, body: next(video) };
  }

  function finish(video: KeptVideo, told: Partial<Pick<KeptVideo, 'text' | 'title' | 'cover'>>, call: ProductCall): FakeAnswer {
    if (video.finished) {
      if (behaviour.finishAgain === 'success') return { status: 200, body: { success: true } };
      throw new Refusal(100, '(#100) The video was published already', { subcode: 1363099 });
    }
    Object.assign(video, told, { finished: true, looks: behaviour.processingLooks });
    if (behaviour.processingError === null) video.postId = posts.add({ pageId: video.pageId, message: video.text, link: null, photos: [], video: video.id }, call).id;
    return { status: 200, body: { success: true } };
  }

  function reel(call: ProductCall): FakeAnswer {
    const pageId = asPage(call);
    const params = paramsOf(call.request);
    const { upload_phase: phase } = shapeOf(params, ['upload_phase'], ['video_id', 'video_state', 'description', 'title']);
    if (phase === 'start') return session(pageId, 'reel', params, call);
    if (phase !== 'finish') throw new Refusal(100, '(#100) Missing parameter: upload_phase');
    const { video_id: id = '', video_state: state, description = '', title = '' } = shapeOf(params, ['upload_phase', 'video_id', 'video_state'], ['description', 'title']);
    if (state !== 'PUBLISHED') throw new Refusal(100, '(#100) video_state is not one that is used here');
    return finish(complete(id, pageId, 'reel'), { text: description, title }, call);
  }

  function session(pageId: string, kind: 'reel' | 'story', params: Params, call: ProductCall): FakeAnswer {
    shapeOf(params, ['upload_phase']);
    const video = open(pageId, kind, 0, call);
    return { status: 200, body: { video_id: video.id, upload_url: `https://rupload.facebook.com/video-upload/v25.0/${video.id}` } };
  }

  /** A video whose file has come whole. */
  function complete(id: string, pageId: string, kind: KeptVideo['kind']): KeptVideo {
    const video = store.videos.get(id);
    if (!video || video.pageId !== pageId || video.kind !== kind || video.status !== 'open') throw new Refusal(100, '(#100) video_id is none of this Page', { subcode: 33 });
    if (video.upload.size === null || video.upload.received < video.upload.size) throw new Refusal(6001, '(#6001) The upload is not complete');
    return video;
  }

  function upload({ request, path: [, , id = ''], world }: ProductCall): FakeAnswer {
    const video = store.videos.get(id);
    const caller = world.caller(request);
    if (!video || caller.pageId !== video.pageId) throw new UploadRefusal('ProcessingFailedError', '{"success":false,"error":{"message":"unauthorized user request"}}', false, 403);
    if (video.status !== 'open') throw new UploadRefusal('ProcessingFailedError', 'the session is over', true);
    return take(video.upload, request);
  }

  function thumbnail({ request, path: [id = ''], world }: ProductCall): FakeAnswer {
    const video = store.videos.get(id);
    if (!video) throw new Refusal(100, 'no such video', { subcode: 33 });
    world.pageCaller(request, video.pageId, 'pages_manage_posts');
    const params = paramsOf(request);
    shapeOf(params, ['source', 'is_preferred']);
    const { source } = params;
    if (!(source instanceof FilePart) || !['image/jpeg', 'image/png'].includes(source.type)) throw new Refusal(100, 'Invalid parameter', { subcode: 2069019 });
    video.cover = source.size;
    return { status: 200, body: { success: true } };
  }

  function look({ request, path: [id = ''], world }: ProductCall): FakeAnswer {
    const video = store.videos.get(id);
    if (!video) throw new Refusal(100, 'no such video', { subcode: 33 });
    world.pageCaller(request, video.pageId, 'pages_read_engagement');
    const { fields = '' } = shapeOf(paramsOf(request), [], ['fields']);
    const asked = fieldsOf({ fields }, ['id', 'status', 'permalink_url']);
    if (video.finished && video.looks > 0) video.looks -= 1;
    return { status: 200, body: picked({ id, status: statusOf(video), permalink_url: `/${video.kind === 'reel' ? 'reel' : `${video.pageId}/videos`}/${id}/` }, asked) };
  }

  function statusOf({ upload: { received, size }, size: announced, status, finished, looks }: KeptVideo): Record<string, unknown> {
    const whole = received > 0 && received === (size ?? announced);
    const { processingError: error } = behaviour;
    const isShown = finished && looks === 0;
    const publishing = isShown ? { status: 'complete', publish_status: 'published', publish_time: '2026-11-24T09:00:00+0000' }
      : finished && behaviour.meanwhile === 'publishing' ? { status: 'in_progress' } : { status: 'not_started' };
    return {
      video_status: status === 'open' ? (isShown ? 'ready' : whole ? (finished ? 'processing' : 'upload_complete') : 'uploading') : status,
      uploading_phase: { status: whole ? 'complete' : received > 0 ? 'in_progress' : 'not_started', bytes_transfered: received },
      processing_phase: finished && error ? { status: 'not_started', error } : { status: isShown || (whole && behaviour.preparesEarly) ? 'complete' : finished ? 'in_progress' : 'not_started' },
      publishing_phase: finished && error ? { status: 'not_started' } : publishing,
    };
  }

  return { chunked, reel, session, complete, upload, thumbnail, look };
}
