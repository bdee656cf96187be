import { randomInt } from 'node:crypto';
import type { FakeToken } from '../../fake/oauth.ts';
import type { FakeAnswer, FakePlatform, FakeRequest } from '../../fake/server.ts';
import { rates } from '../limits.ts';
import { Refusal, shapeOf, success } from './refusal.ts';
import type { TikTokState } from './state.ts';
import { fakeUploads } from './uploads.ts';

export interface FakePost {
  publishId: string;
  kind: 'video' | 'photo';
  user: string;
  info: Record<string, unknown>;
  source: Record<string, unknown>;
  /** Null until all of it is there. */
  acceptedAt: number | null;
  looks: number;
  idLooks: number;
  fails: string | null;
  id: string;
}

const day = 24 * 60 * 60 * 1000;

export type FakePosts = ReturnType<typeof fakePosts>;

/** Query Creator Info, Direct Post, Photo and Get Post Status (developers.tiktok.com, copy of 2026-05-01). */
export function fakePosts(state: TikTokState, ledger: FakePlatform['ledger']) {
  const posts: FakePost[] = [];
  const accept = (publishId: string) => {
    const post = posts.find((one) => one.publishId === publishId);
    if (!post) throw new Error('an upload without a post');
    Object.assign(post, { acceptedAt: state.now(), looks: state.looks, idLooks: state.idLooks, fails: state.fails });
    if (state.fails !== null) return;
    const { info, kind, id } = post;
    const images = (post.source['photo_images'] ?? []) as string[];
    const media = kind === 'video' ? [{ alt: '', kind: 'video' as const }] : images.map(() => ({ alt: '', kind: 'image' as const }));
    ledger.push({ id, text: textOf(info, kind === 'video' ? 'title' : 'description'), media });
  };
  const uploads = fakeUploads(state, accept);

  const audiences = () => (state.creator.private ? ['FOLLOWER_OF_CREATOR', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY'] : ['PUBLIC_TO_EVERYONE', 'MUTUAL_FOLLOW_FRIENDS', 'SELF_ONLY']);
  const cap = (user: string) => {
    const today = posts.filter((post) => post.user === user && post.acceptedAt !== null && post.acceptedAt > state.now() - day).length;
    return state.blocked ?? (today >= rates.postsPerDay ? 'spam_risk_too_many_posts' : null);
  };

  function creatorInfo(token: FakeToken): FakeAnswer {
    const blocked = cap(token.user);
    if (blocked !== null) return { ...new Refusal(403, blocked).answer, status: 200 };
    const { username, nickname, commentOff, duetOff, stitchOff, maxSeconds, private: isPrivate } = state.creator;
    return success(JSON.stringify({
      creator_avatar_url: state.user.avatarUrl, creator_username: username, creator_nickname: nickname, privacy_level_options: audiences(),
      comment_disabled: commentOff, duet_disabled: duetOff || isPrivate, stitch_disabled: stitchOff || isPrivate, max_video_post_duration_sec: maxSeconds,
    }));
  }

  function refuseBy(info: Record<string, unknown>, user: string) {
    const blocked = cap(user);
    if (blocked !== null) throw new Refusal(403, blocked);
    const level = String(info['privacy_level']);
    if (!audiences().includes(level)) throw new Refusal(403, 'privacy_level_option_mismatch');
    if (!state.audited && (!state.creator.private || level !== 'SELF_ONLY')) {
      throw new Refusal(403, 'unaudited_client_can_only_post_to_private_accounts', 'Please review our integration guidelines at https://developers.tiktok.com/doc/content-sharing-guidelines/');
    }
    if (info['brand_content_toggle'] === true && level === 'SELF_ONLY') throw new Refusal(400, 'invalid_param', 'Branded content visibility cannot be set to private.');
  }

  function tooLong(info: Record<string, unknown>, name: string, max: number) {
    if (textOf(info, name).length > max) throw new Refusal(400, 'invalid_param', `${name} has more than ${max} characters`);
  }

  function add(kind: FakePost['kind'], user: string, info: Record<string, unknown>, source: Record<string, unknown>): FakePost {
    const publishId = `${kind === 'video' ? 'v_pub_file~v2-1' : 'p_pub_url~v2'}.${Date.now()}${randomInt(1_000_000)}`;
    const post = { publishId, kind, user, info, source, acceptedAt: null, looks: 0, idLooks: 0, fails: null, id: `${7_389_123_456_789_012_345n + BigInt(posts.length)}` };
    posts.push(post);
    return post;
  }

  function videoInit(request: FakeRequest, token: FakeToken): FakeAnswer {
    const body = shapeOf(request.json(), { post_info: 'object', source_info: 'object' });
    const info = shapeOf(body['post_info'], { privacy_level: 'string', brand_content_toggle: 'boolean', brand_organic_toggle: 'boolean' }, {
      title: 'string', disable_duet: 'boolean', disable_stitch: 'boolean', disable_comment: 'boolean', video_cover_timestamp_ms: 'number', is_aigc: 'boolean',
    });
    tooLong(info, 'title', 2200);
    refuseBy(info, token.user);
    const post = add('video', token.user, info, body['source_info'] as Record<string, unknown>);
    try {
      const { url } = uploads.begin(body['source_info'], post.publishId);
      return success(JSON.stringify({ publish_id: post.publishId, upload_url: url }));
    } catch (error) {
      posts.pop();
      throw error;
    }
  }

  async function photoInit(request: FakeRequest, token: FakeToken): Promise<FakeAnswer> {
    const body = shapeOf(request.json(), { media_type: 'string', post_mode: 'string', post_info: 'object', source_info: 'object' });
    if (body['media_type'] !== 'PHOTO' || body['post_mode'] !== 'DIRECT_POST') throw new Refusal(400, 'invalid_param', 'media_type or post_mode is unknown');
    const info = shapeOf(body['post_info'], { privacy_level: 'string', brand_content_toggle: 'boolean', brand_organic_toggle: 'boolean' }, {
      title: 'string', description: 'string', disable_comment: 'boolean', auto_add_music: 'boolean',
    });
    const source = shapeOf(body['source_info'], { source: 'string', photo_cover_index: 'number', photo_images: 'list' });
    const images = source['photo_images'] as unknown[];
    const cover = Number(source['photo_cover_index']);
    if (source['source'] !== 'PULL_FROM_URL' || images.length < 1 || images.length > 35 || cover < 0 || cover >= images.length) throw new Refusal(400, 'invalid_param', 'source_info is invalid');
    tooLong(info, 'title', 90);
    tooLong(info, 'description', 4000);
    refuseBy(info, token.user);
    if (!images.every((url) => typeof url === 'string' && state.verified.some((prefix) => url.startsWith(prefix)))) throw new Refusal(403, 'url_ownership_unverified');
    const post = add('photo', token.user, info, source);
    const fetched = !state.fetches || (await Promise.all((images as string[]).map(isPhoto))).every(Boolean);
    accept(post.publishId);
    if (!fetched) {
      post.fails = 'photo_pull_failed';
      ledger.pop();
    }
    return success(JSON.stringify({ publish_id: post.publishId }));
  }

  function status(request: FakeRequest, token: FakeToken): FakeAnswer {
    const { publish_id: publishId } = shapeOf(request.json(), { publish_id: 'string' });
    const post = posts.find((one) => one.publishId === publishId);
    if (!post) throw new Refusal(400, 'invalid_publish_id');
    if (post.user !== token.user) throw new Refusal(400, 'token_not_authorized_for_specified_publish_id');
    const task = uploads.of(post.publishId);
    const bytes = post.kind === 'video' ? `"uploaded_bytes":${task?.stored ?? 0}` : '"downloaded_bytes":1000';
    if (post.acceptedAt === null || post.looks > 0) {
      if (post.acceptedAt !== null) post.looks -= 1;
      return success(`{"status":"${post.kind === 'video' ? 'PROCESSING_UPLOAD' : 'PROCESSING_DOWNLOAD'}",${bytes}}`);
    }
    if (post.fails !== null) return success(`{"status":"FAILED","fail_reason":"${post.fails}","publicaly_available_post_id":[],${bytes}}`);
    const told = post.info['privacy_level'] === 'PUBLIC_TO_EVERYONE' && post.idLooks === 0;
    if (post.idLooks > 0) post.idLooks -= 1;
    return success(`{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[${told ? post.id : ''}],${bytes}}`);
  }

  return { posts, uploads, creatorInfo, videoInit, photoInit, status };
}

function textOf(info: Record<string, unknown>, name: string): string {
  const text = info[name];
  return typeof text === 'string' ? text : '';
}

/** What TikTok finds behind an address: no redirects, and a JPEG or WebP. */
async function isPhoto(url: string): Promise<boolean> {
  const answer = await fetch(url, { redirect: 'manual' }).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.status === 200 && /^image\/(?:jpeg|webp)/u.test(answer.headers.get('content-type') ?? '');
}
