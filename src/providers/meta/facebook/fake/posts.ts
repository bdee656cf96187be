import type { FakeAnswer } from '../../../fake/server.ts';
import { fieldsOf, FilePart, paramsOf, picked, Refusal, shapeOf } from '../../fake/refusal.ts';
import type { ProductCall } from '../../fake/world.ts';
import type { FakeFacebookState, FakeFacebookStore, KeptPost } from './state.ts';

export const publishing = ['pages_manage_posts', 'pages_read_engagement', 'pages_show_list'] as const;
const day = 24 * 60 * 60 * 1000;

/** A call with the token of this very Page, by somebody who may create content on it. */
export function asPage({ request, path: [pageId = ''], world }: ProductCall): string {
  world.pageCaller(request, pageId, ...publishing);
  const page = world.state.pages.find(({ id }) => id === pageId);
  if (!page?.tasks.includes('CREATE_CONTENT') && !page?.tasks.includes('MANAGE')) throw new Refusal(200, '(#200) Unpublished posts must be posted to a page as the page itself.', { status: 403 });
  return pageId;
}

/** Feed and photos of Pages (page/feed, page/photos, read 2026-09-11). */
export function fakePosts(store: FakeFacebookStore, behaviour: FakeFacebookState) {
  function photo(call: ProductCall): FakeAnswer {
    const pageId = asPage(call);
    const params = paramsOf(call.request);
    const { source } = params;
    if (!(source instanceof FilePart)) throw new Refusal(324, '(#324) Missing or invalid image file');
    const { published, alt_text_custom: alt = '' } = shapeOf(params, ['source', 'published'], ['alt_text_custom']);
    if (published !== 'false') throw new Refusal(100, '(#100) this stand-in takes unpublished photos only');
    if (!['image/jpeg', 'image/png', 'image/gif', 'image/bmp', 'image/tiff'].includes(source.type)) throw new Refusal(100, 'Invalid parameter', { subcode: 2069019 });
    if (source.size > 4_000_000) throw new Refusal(100, 'Invalid parameter', { subcode: 1366046, userMessage: 'Photos should be smaller than 4 MB and saved as JPG, PNG.' });
    const id = call.world.newId();
    store.photos.set(id, { id, pageId, alt, type: source.type, bytes: source.size, at: call.world.state.now(), usedIn: null });
    return { status: 200, body: { id } };
  }

  function feed(call: ProductCall): FakeAnswer {
    const pageId = asPage(call);
    const { world } = call;
    const params = paramsOf(call.request);
    const { message = '', link, attached_media: attached, fields } = shapeOf(params, [], ['message', 'link', 'attached_media', 'fields']);
    const photos = attached === undefined ? [] : (JSON.parse(attached) as { media_fbid: string }[]).map(({ media_fbid: id }) => usable(id, pageId, world.state.now()));
    if (message === '' && link === undefined && photos.length === 0) throw new Refusal(100, '(#100) You must provide at least one of message, link or attached_media');
    if (message.length > 63_206) throw new Refusal(100, '(#100) The message is too long');
    if (link !== undefined) checkLink(link, photos.length);
    const last = store.posts.findLast((post) => post.pageId === pageId);
    if (last && photos.length === 0 && last.photos.length === 0 && last.video === null && last.message === message && last.link === (link ?? null)) {
      throw new Refusal(506, '(#506) Duplicate status message', { userMessage: 'This status update is identical to the last one you posted. Try posting something different, or delete your previous update.' });
    }
    const post = add({ pageId, message, link: link ?? null, photos, video: null }, call);
    return { status: 200, body: picked({ id: post.id, permalink_url: permalink(post) }, ['id', ...fieldsOf({ fields: fields ?? '' }, ['id', 'permalink_url'])]) };
  }

  function usable(id: string, pageId: string, now: number): string {
    const one = store.photos.get(id);
    if (!one || one.pageId !== pageId || now - one.at > day) throw new Refusal(100, 'Invalid parameter', { subcode: 33 });
    if (one.usedIn !== null) throw new Refusal(100, 'Invalid parameter', { subcode: 1366051, userMessage: 'These photos were already posted.' });
    return id;
  }

  function checkLink(link: string, photos: number): void {
    const url = URL.parse(link);
    if (!url || !/^https?:$/u.test(url.protocol)) throw new Refusal(100, '(#100) link is not a URL', { subcode: 2061006 });
    if (photos > 0) throw new Refusal(100, '(#100) link and attached_media exclude each other');
    if (/(?:^|\.)facebook\.com$/u.test(url.hostname)) throw new Refusal(100, 'Invalid parameter', { subcode: 1609008 });
    if (behaviour.deadLinks.includes(link)) throw new Refusal(1609005, '(#1609005) There was a problem scraping data from the provided link.');
  }

  /** Puts a post up; also for tests, as another app or person would. */
  function add(post: Omit<KeptPost, 'id' | 'at' | 'appId'> & { appId?: string }, { world }: Pick<ProductCall, 'world'>): KeptPost {
    const kept: KeptPost = { appId: world.state.app.id, ...post, id: `${post.pageId}_${world.newId()}`, at: world.state.now() };
    store.posts.push(kept);
    for (const id of post.photos) Object.assign(store.photos.get(id) ?? {}, { usedIn: kept.id });
    world.platform.ledger.push({
      id: kept.id, text: kept.message,
      media: [...kept.photos.map((id) => ({ alt: store.photos.get(id)?.alt ?? '', kind: 'image' as const })), ...(kept.video === null ? [] : [{ alt: '', kind: 'video' as const }])],
    });
    return kept;
  }

  /** Newest first; what is brand-new may be missing for a while. */
  function published(call: ProductCall): FakeAnswer {
    const { request, path: [pageId = ''], world } = call;
    world.pageCaller(request, pageId, 'pages_read_engagement');
    if (!behaviour.mayRead) throw new Refusal(10, '(#10) This endpoint requires the \'pages_read_user_content\' permission.', { status: 403 });
    const params = paramsOf(request);
    const { limit = '25', after, fields } = shapeOf(params, [], ['fields', 'limit', 'after']);
    if (Number(limit) > 100) throw new Refusal(100, '(#100) limit must be at most 100');
    const asked = fieldsOf({ fields: fields ?? '' }, ['id', 'message', 'created_time', 'permalink_url', 'application', 'attachments']);
    const all = store.posts.filter((post) => post.pageId === pageId).toReversed();
    if (behaviour.lag > 0) {
      behaviour.lag -= 1;
      all.shift();
    }
    const from = Number(after ?? 0);
    const to = from + Number(limit);
    return { status: 200, body: {
      data: all.slice(from, to).map((post) => picked(shown(post, world.state.app), asked)),
      paging: { cursors: { before: String(from), after: String(to) }, ...(to < all.length && { next: `https://graph.facebook.com${request.path}?access_token=a-token-in-clear` }) },
    } };
  }

  function shown(post: KeptPost, { id: appId, name }: { id: string; name: string }): Record<string, unknown> {
    const target = (id: string) => (behaviour.tellsTargets ? { target: { id, url: `https://www.facebook.com/photo.php?fbid=${id}` } } : {});
    const [first, ...more] = post.photos;
    const attachment = first === undefined ? (post.link === null ? [] : [{ media_type: 'link', target: { url: post.link } }])
      : more.length === 0 ? [{ media_type: 'photo', ...target(first) }]
      : [{ media_type: 'album', target: { id: 'the-album' }, subattachments: { data: post.photos.map((id) => ({ media_type: 'photo', ...target(id) })) } }];
    return {
      id: post.id, ...(post.message !== '' && { message: post.message.trim() }), created_time: new Date(post.at).toISOString().replace(/\.\d+Z$/u, '+0000'),
      permalink_url: permalink(post), ...(attachment.length > 0 && { attachments: { data: attachment } }),
      application: post.appId === appId ? { id: appId, name, link: 'https://post.example/' } : { id: post.appId, name: 'Another' },
    };
  }

  return { photo, feed, published, add };
}

export function permalink({ pageId, id }: Pick<KeptPost, 'pageId' | 'id'>): string {
  return `https://www.facebook.com/${pageId}/posts/${id.split('_')[1] ?? ''}`;
}
