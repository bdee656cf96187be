import type { FakeAnswer } from '../../../fake/server.ts';
import { fieldsOf, paramsOf, picked, Refusal, shapeOf } from '../../fake/refusal.ts';
import type { FakeWorld, ProductCall } from '../../fake/world.ts';
import { asAccount, publishing, reading } from './account.ts';
import type { fakeContainers } from './containers.ts';
import type { FakeInstagramState, FakeInstagramStore, KeptContainer, KeptMedium } from './state.ts';

const day = 24 * 60 * 60;

/** What is published, and how much may be (media_publish, content_publishing_limit, ig-media, read 2026-09-11). */
export function fakeMedia(store: FakeInstagramStore, behaviour: FakeInstagramState, containers: ReturnType<typeof fakeContainers>) {
  const used = (accountId: string, since: number) => store.media.filter((one) => one.accountId === accountId && one.byApp && one.at >= since).length;

  function publish(call: ProductCall): FakeAnswer {
    const accountId = asAccount(call, call.path[0] ?? '', ...publishing);
    const { creation_id: id = '' } = shapeOf(paramsOf(call.request), ['creation_id']);
    const container = store.containers.get(id);
    const now = call.world.state.now();
    if (!container || container.accountId !== accountId) throw new Refusal(24, 'The requested resource does not exist', { subcode: 2207006 });
    if (container.isPart) throw new Refusal(100, '(#100) a part of a carousel cannot be published');
    const again = container.published.length > 0;
    if (again && behaviour.publishAgain === 'refuses') throw new Refusal(24, 'The requested resource does not exist', { subcode: 2207008 });
    if (!again && containers.statusOf(container, now) === 'EXPIRED') throw new Refusal(24, 'The requested resource does not exist', { subcode: 2207008 });
    if (!again && containers.statusOf(container, now) !== 'FINISHED') throw new Refusal(9007, 'Media ID is not available', { subcode: 2207027, userMessage: 'The media is not ready for publishing, please wait for a moment' });
    if (used(accountId, now - day * 1000) >= (behaviour.quota ?? 50)) throw new Refusal(9, 'Application request limit reached', { subcode: 2207042, userMessage: 'You reached maximum number of posts that is allowed to be published by Content Publishing API.' });
    container.published.push(now);
    container.publishingLooks = behaviour.publishingLooks;
    return { status: 200, body: { id: add(mediumOf(container), call.world, shownOf(container)).id } };
  }

  function mediumOf({ kind, accountId, parameters, upload }: KeptContainer): Omit<KeptMedium, 'id' | 'at'> {
    return {
      accountId, caption: parameters['caption'] ?? '', byApp: true,
      media_type: kind === 'CAROUSEL' ? 'CAROUSEL_ALBUM' : upload ? 'VIDEO' : 'IMAGE',
      media_product_type: kind === 'REELS' ? 'REELS' : kind === 'STORIES' ? 'STORY' : 'FEED',
    };
  }

  function shownOf(container: KeptContainer): { alt: string; kind: 'image' | 'video' }[] {
    const parts = container.kind === 'CAROUSEL' ? container.children.flatMap((id) => store.containers.get(id) ?? []) : [container];
    return parts.map(({ parameters, upload }) => ({ alt: parameters['alt_text'] ?? '', kind: upload ? 'video' : 'image' }));
  }

  /** Puts a medium up; also for tests, as a person or another app would. */
  function add(medium: Omit<KeptMedium, 'id' | 'at'>, world: Pick<FakeWorld, 'newId' | 'state' | 'platform'>, media: { alt: string; kind: 'image' | 'video' }[] = []): KeptMedium {
    const kept = { ...medium, id: world.newId(), at: world.state.now() };
    store.media.push(kept);
    world.platform.ledger.push({ id: kept.id, text: kept.caption, media });
    return kept;
  }

  /** Newest first; what is brand-new may be missing for a while. */
  function list(call: ProductCall): FakeAnswer {
    const { request, path: [id = '', edge], world } = call;
    const accountId = asAccount(call, id, ...reading);
    if (!behaviour.mayRead) throw new Refusal(10, '(#10) Application does not have permission for this action', { status: 403 });
    const { fields = '', since = '0', limit = '25' } = shapeOf(paramsOf(request), [], edge === 'media' ? ['fields', 'since', 'limit'] : ['fields']);
    const asked = fieldsOf({ fields }, ['id', 'caption', 'timestamp', 'permalink', 'shortcode', 'media_type', 'media_product_type']);
    const rows = store.media.filter((one) => one.accountId === accountId && (one.media_product_type === 'STORY') === (edge === 'stories') && one.at >= Number(since) * 1000).toReversed();
    if (behaviour.lag > 0) {
      behaviour.lag -= 1;
      rows.shift();
    }
    return { status: 200, body: { data: rows.slice(0, Number(limit)).map((one) => picked(shown(one, world), asked)) } };
  }

  function one(call: ProductCall): FakeAnswer {
    const medium = store.media.find(({ id }) => id === call.path[0]);
    if (!medium) throw new Refusal(100, 'no such medium', { subcode: 33 });
    asAccount(call, medium.accountId, ...reading);
    const { fields = '' } = shapeOf(paramsOf(call.request), [], ['fields']);
    return { status: 200, body: picked(shown(medium, call.world), fieldsOf({ fields }, ['id', 'caption', 'timestamp', 'permalink', 'shortcode', 'media_type', 'media_product_type'])) };
  }

  function limit(call: ProductCall): FakeAnswer {
    const accountId = asAccount(call, call.path[0] ?? '', ...publishing);
    const { fields = '', since } = shapeOf(paramsOf(call.request), [], ['fields', 'since']);
    const asked = fieldsOf({ fields }, ['quota_usage', 'config']);
    const now = call.world.state.now();
    const from = since === undefined ? now - day * 1000 : Number(since) * 1000;
    if (from < now - day * 1000 - 1000) throw new Refusal(100, '(#100) since must be within the last 24 hours');
    const row = { quota_usage: used(accountId, from), ...(behaviour.quota !== null && { config: { quota_total: behaviour.quota, quota_duration: day } }) };
    return { status: 200, body: { data: [picked(row, asked)] } };
  }

  return { publish, add, list, one, limit };
}

function shown({ id, accountId, caption, at, media_type, media_product_type }: KeptMedium, { state }: FakeWorld): Record<string, unknown> {
  const username = state.pages.find(({ instagram }) => instagram?.id === accountId)?.instagram?.username ?? '';
  const shortcode = `C${id.slice(-8)}`;
  return {
    id, ...(caption !== '' && { caption: caption.trim() }), timestamp: new Date(at).toISOString().replace(/\.\d+Z$/u, '+0000'), shortcode, media_type, media_product_type,
    permalink: media_product_type === 'STORY' ? `https://www.instagram.com/stories/${username}/${id}` : `https://www.instagram.com/${media_product_type === 'REELS' ? 'reel' : 'p'}/${shortcode}/`,
  };
}
