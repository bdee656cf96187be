import { countText, linksIn } from '../../../domain/text.ts';
import { Refusal, shapeOf, type Params } from '../fake/refusal.ts';
import type { FakeThreads } from './fake.ts';

export interface FakeContainer {
  id: string;
  type: string;
  text: string;
  alt: string;
  children: readonly string[];
  item: boolean;
  replyTo: string | null;
  /** Looks left until it is finished. */
  looks: number;
  failed: string | null;
  published: boolean;
  at: number;
}

export interface FakePost { id: string; text: string; type: string; replyTo: string | null; at: number }

const day = 24 * 60 * 60 * 1000;
const types = ['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL'];
const optional = ['text', 'image_url', 'video_url', 'alt_text', 'is_carousel_item', 'children', 'reply_to_id', 'reply_control', 'topic_tag', 'link_attachment', 'is_spoiler_media'];

/** What the documentation says of containers ("Posts", "Publishing", read 2026-11-23), and nothing more. */
export function fakeContainers(fake: FakeThreads, { now, newId }: { now: () => number; newId: () => string }) {
  async function make(params: Params): Promise<string> {
    const given = shapeOf(params, ['media_type'], optional);
    const { media_type: type = '', text = '', alt_text: alt = '', reply_to_id: replyTo, reply_control: replies, topic_tag: topic, link_attachment: link } = given;
    const item = given['is_carousel_item'] === 'true';
    if (!types.includes(type)) throw invalid('media_type');
    if (countText(text, { unit: 'codepoints', emojiBytes: true }) > 500) throw new Refusal(100, 'Param text must be at most 500 characters long.');
    if (type === 'TEXT' && text === '') throw invalid('text');
    if ((type === 'IMAGE') !== ('image_url' in given) || (type === 'VIDEO') !== ('video_url' in given)) throw invalid('image_url');
    if (alt !== '' && ((type !== 'IMAGE' && type !== 'VIDEO') || alt.length > 1000)) throw invalid('alt_text');
    if (link !== undefined && type !== 'TEXT') throw invalid('link_attachment');
    if (item && (type === 'TEXT' || type === 'CAROUSEL' || text !== '' || replyTo !== undefined)) throw invalid('is_carousel_item');
    if (replies !== undefined && !['everyone', 'accounts_you_follow', 'mentioned_only', 'parent_post_author_only', 'followers_only'].includes(replies)) throw invalid('reply_control');
    if (topic !== undefined && (topic.length > 50 || /[.&]/u.test(topic))) throw invalid('topic_tag');
    if (new Set([...linksIn(text).map(({ url }) => url), ...(link === undefined ? [] : [link])]).size > 5) throw new Refusal(100, 'ErrorCode::THREADS_API__LINK_LIMIT_EXCEEDED: too many links');
    if (replyTo !== undefined && !fake.posts.some(({ id }) => id === replyTo)) throw invalid('reply_to_id');
    const children = childrenOf(type, given['children']);
    const url = given['image_url'] ?? given['video_url'];
    if (url !== undefined) await fetched(url, type);
    const container: FakeContainer = {
      id: newId(), type, text, alt, children, item, replyTo: replyTo ?? null, looks: url === undefined ? 0 : fake.looks, failed: url === undefined ? null : fake.fails, published: false, at: now(),
    };
    if (url !== undefined) fake.fails = null;
    fake.containers.set(container.id, container);
    return container.id;
  }

  function childrenOf(type: string, list: string | undefined): string[] {
    if (type !== 'CAROUSEL') {
      if (list !== undefined) throw invalid('children');
      return [];
    }
    const ids = (list ?? '').split(',').filter(Boolean);
    if (ids.length < 2 || ids.length > 20) throw invalid('children');
    const found = ids.map((id) => fake.containers.get(id));
    if (found.some((child) => !child?.item || statusOf(child) !== 'FINISHED')) throw invalid('children');
    return ids;
  }

  async function fetched(url: string, type: string): Promise<void> {
    const unreachable = () => new Refusal(100, 'The media could not be fetched from this URI');
    if (!fake.fetches) {
      if (!url.startsWith('https://')) throw unreachable();
      return;
    }
    const answer = await fetch(url).catch(() => null);
    const kind = answer?.headers.get('content-type') ?? '';
    await answer?.arrayBuffer();
    if (!answer?.ok || !(type === 'IMAGE' ? /^image\/(?:jpeg|png)$/u : /^video\/(?:mp4|quicktime)$/u).test(kind)) throw unreachable();
  }

  function statusOf(container: FakeContainer): string {
    if (container.published) return 'PUBLISHED';
    if (now() - container.at > day) return 'EXPIRED';
    if (container.looks > 0) return 'IN_PROGRESS';
    return container.failed === null ? 'FINISHED' : 'ERROR';
  }

  function look(id: string): object | undefined {
    const container = fake.containers.get(id);
    if (!container) return undefined;
    const status = statusOf(container);
    if (container.looks > 0) container.looks -= 1;
    return { id, status, ...(status === 'ERROR' && { error_message: container.failed }) };
  }

  function publish(id: string): string {
    const container = fake.containers.get(id);
    if (!container || container.item) throw invalid('creation_id');
    if (statusOf(container) !== 'FINISHED') throw new Refusal(container.published ? 100 : 24, 'The requested resource does not exist', { subcode: 4_279_009 });
    container.published = true;
    const post: FakePost = { id: newId(), text: container.text, type: container.type === 'CAROUSEL' ? 'CAROUSEL_ALBUM' : container.type === 'TEXT' ? 'TEXT_POST' : container.type, replyTo: container.replyTo, at: now() };
    fake.posts.push(post);
    const shown = container.children.length > 0 ? container.children.map((child) => fake.containers.get(child)) : container.type === 'TEXT' ? [] : [container];
    fake.ledger.push({
      id: post.id, text: post.text, ...(post.replyTo !== null && { replyTo: post.replyTo }),
      media: shown.map((one) => ({ alt: one?.alt ?? '', ...(one?.type === 'VIDEO' && { kind: 'video' as const }) })),
    });
    return post.id;
  }

  return { make, look, publish };
}

function invalid(name: string) {
  return new Refusal(100, `(#100) Param ${name} is invalid`);
}
