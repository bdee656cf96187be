import type { FakeAnswer, FakePlatform } from '../../fake/server.ts';
import type { FakeMediaRoom } from './media.ts';
import { hashOf, known, refusals, Refusal, snowflake, type FakeBoard, type FakePinterestState } from './state.ts';

export interface FakePin {
  id: string;
  place: FakeBoard['place'];
  at: number;
  boardId: string;
  sectionId: string | null;
  title: string | null;
  description: string | null;
  link: string | null;
  alt: string | null;
  color: string | null;
  kind: 'image' | 'multiple_images' | 'video';
  /** By whom it is. */
  owner: string;
  /** Hashes of inline pictures, addresses of others; of a video its id. */
  media: string[];
  cover: { seconds: number } | { sha256: string } | { url: string } | null;
  itemLinks: (string | null)[];
}

interface Source { source_type?: string; [name: string]: unknown }

/** Creating Pins and listing them, by `PinCreate` and the limits of the reference. */
export function fakePins(state: FakePinterestState, ledger: FakePlatform['ledger'], media: FakeMediaRoom) {
  const all: FakePin[] = [];

  function create(body: unknown, place: FakeBoard['place']): FakeAnswer {
    if (place === 'production' && state.access === 'trial') throw refusals.trial();
    const asked = Object(body) as Record<string, unknown>;
    known(asked, ['alt_text', 'board_id', 'board_section_id', 'description', 'dominant_color', 'link', 'media_source', 'parent_pin_id', 'sponsor_id', 'title'], 'Pin');
    const text = (name: string, max: number) => {
      const value = asked[name] ?? null;
      if (value !== null && typeof value !== 'string') throw refusals.invalid(`${name} is not of type string`);
      if (value !== null && Array.from(value).length > max) throw refusals.invalid(`${name} is too long, constraint: maxLength=${max}`);
      return value === '' ? null : value;
    };
    const boardId = text('board_id', 40) ?? '';
    if (!/^\d+$/u.test(boardId)) throw refusals.invalid(`[${boardId}] does not match '^\\d+$'`);
    const board = state.boards.find((one) => one.id === boardId && one.place === place);
    if (!board) throw refusals.noBoard();
    if (!board.writable) throw refusals.notYourBoard();
    const sectionId = text('board_section_id', 40);
    if (sectionId !== null && !board.sections.some(({ id }) => id === sectionId)) throw refusals.noSection();
    const link = text('link', 2048);
    if (link !== null && !/^https?:\/\/[^\s/]+/u.test(link)) throw refusals.invalid('Whoops! It looks like you entered an invalid URL.');
    if (link?.includes('spam.example')) throw new Refusal(400, 1, 'Sorry! We blocked this link because it may lead to spam.');
    const color = text('dominant_color', 7);
    if (color !== null && !/^#[\da-f]{6}$/iu.test(color)) throw refusals.invalid('dominant_color');
    const words = { title: text('title', 100), description: text('description', 800), link, alt: text('alt_text', 500), color };
    const pin: FakePin = { id: snowflake(all.length), place, at: state.now(), boardId, sectionId, ...words, ...sourceOf(asked['media_source'], place), owner: state.user.username };
    all.push(pin);
    ledger.push({ id: pin.id, text: pin.description ?? '', media: pin.media.map(() => ({ alt: pin.alt ?? '', kind: pin.kind === 'video' ? 'video' : 'image' })) });
    return { status: 201, body: shown(pin) };
  }

  function sourceOf(given: unknown, place: FakeBoard['place']): Pick<FakePin, 'kind' | 'media' | 'cover' | 'itemLinks'> {
    const source = Object(given) as Source;
    const none = { cover: null, itemLinks: [] };
    switch (source.source_type) {
      case 'image_base64':
        known(source, ['source_type', 'content_type', 'data', 'is_standard'], 'media_source');
        return { kind: 'image', media: [hashOf(pictureOf(source).bytes)], ...none };
      case 'image_url':
        known(source, ['source_type', 'url', 'is_standard'], 'media_source');
        return { kind: 'image', media: [fetched(source['url'])], ...none };
      case 'multiple_image_base64': {
        const items = itemsOf(source, ['content_type', 'data']);
        const pictures = items.map(pictureOf);
        if (new Set(pictures.map(({ size }) => size)).size > 1) throw refusals.invalid('the images of a carousel must have the same dimensions');
        return { kind: 'multiple_images', media: pictures.map(({ bytes }) => hashOf(bytes)), cover: null, itemLinks: linksOf(items) };
      }
      case 'multiple_image_urls': {
        const items = itemsOf(source, ['url']);
        return { kind: 'multiple_images', media: items.map(({ url }) => fetched(url)), cover: null, itemLinks: linksOf(items) };
      }
      case 'video_id': {
        known(source, ['source_type', 'media_id', 'cover_image_url', 'cover_image_content_type', 'cover_image_data', 'cover_image_key_frame_time', 'is_standard'], 'media_source');
        if (place === 'sandbox') throw refusals.notPermitted();
        const id = String(source['media_id']);
        if (!media.isReady(id)) throw refusals.invalid('media is not ready');
        return { kind: 'video', media: [id], cover: coverOf(source), itemLinks: [] };
      }
      default:
        throw refusals.invalid('media_source');
    }
  }

  const linksOf = (items: readonly Record<string, unknown>[]) => items.map(({ link }) => (typeof link === 'string' ? link : null));

  function itemsOf(source: Source, needed: readonly string[]): Record<string, unknown>[] {
    known(source, ['source_type', 'items', 'index'], 'media_source');
    const { items } = source;
    if (!Array.isArray(items) || items.length < 2) throw refusals.invalid('items, constraint: minItems=2');
    if (items.length > 5) throw refusals.invalid('items, constraint: maxItems=5');
    for (const item of items) known(Object(item) as object, [...needed, 'title', 'description', 'link'], 'items');
    return items as Record<string, unknown>[];
  }

  function coverOf(source: Source): FakePin['cover'] {
    const { cover_image_key_frame_time: seconds, cover_image_url: url, cover_image_data: data, cover_image_content_type: type } = source;
    if (data !== undefined && type !== undefined) return { sha256: hashOf(pictureOf({ data, content_type: type }).bytes) };
    if (typeof url === 'string') return { url: fetched(url) };
    if (Number.isInteger(seconds) && Number(seconds) >= 0) return { seconds: Number(seconds) };
    throw refusals.invalid('cover_image_url or cover_image_content_type and cover_image_data is required');
  }

  function fetched(url: unknown): string {
    if (typeof url !== 'string' || !/^https?:\/\//u.test(url)) throw refusals.invalid('url');
    if (!state.reaches(url)) throw new Refusal(400, 1, 'Unable to reach the URL. Please check the URL and try again.');
    return url;
  }

  function shown(pin: FakePin): object {
    const iso = new Date(pin.at).toISOString().slice(0, 19);
    const image = { images: { '150x150': { width: 150, height: 150, url: 'https://i.pinimg.com/150x150/0d/f6/f1/0df6.jpg' } } };
    const pictures = pin.kind === 'multiple_images' ? { items: pin.media.map(() => ({ item_type: 'image', title: null, description: null, link: null, ...image })) } : image;
    return {
      id: pin.id, created_at: state.zoneless ? iso : `${iso}Z`, link: pin.link, title: pin.title, description: pin.description, dominant_color: pin.color ?? '#6E7874',
      alt_text: pin.alt, creative_type: { image: 'REGULAR', multiple_images: 'CAROUSEL', video: 'VIDEO' }[pin.kind], board_id: pin.boardId, board_section_id: pin.sectionId,
      board_owner: { username: state.boards.find(({ id }) => id === pin.boardId)?.owner }, is_owner: pin.owner === state.user.username,
      media: { media_type: pin.kind, ...pictures }, parent_pin_id: null, is_standard: true, has_been_promoted: false, pin_metrics: null,
    };
  }

  function list(place: FakeBoard['place'], boardId: string, sectionId: string | null, page: (items: readonly object[]) => FakeAnswer): FakeAnswer {
    const board = state.boards.find((one) => one.id === boardId && one.place === place);
    if (!board) throw refusals.noBoard();
    if (sectionId !== null && !board.sections.some(({ id }) => id === sectionId)) throw refusals.noSection();
    const found = all.filter((pin) => pin.place === place && pin.boardId === boardId && (sectionId === null || pin.sectionId === sectionId));
    return page((state.order === 'newest' ? found.toReversed() : found).map(shown));
  }

  /** A Pin that somebody else, or the person by hand, has made. */
  function add(pin: Partial<FakePin>): FakePin {
    const made: FakePin = {
      id: snowflake(all.length), place: 'production', at: state.now(), boardId: '549755885176', sectionId: null, title: null, description: null, link: null, alt: null, color: null,
      kind: 'image', owner: state.user.username, media: ['by hand'], cover: null, itemLinks: [], ...pin,
    };
    all.push(made);
    return made;
  }

  return { all, create, list, add };
}
export type FakePins = ReturnType<typeof fakePins>;

/** The bytes of an inline picture, which must be what they are said to be, and its size where a PNG tells it. */
function pictureOf({ data, content_type: type }: Record<string, unknown>): { bytes: Buffer; size: string } {
  if (type !== 'image/png' && type !== 'image/jpeg') throw refusals.invalid('content_type is not one of image/jpeg, image/png');
  if (typeof data !== 'string' || !/^[a-zA-Z0-9+/=]+$/u.test(data) || data.length % 4 !== 0) throw refusals.invalid('data');
  const bytes = Buffer.from(data, 'base64');
  const magic = type === 'image/png' ? '89504e47' : 'ffd8ff';
  if (!bytes.toString('hex', 0, 4).startsWith(magic)) throw refusals.invalid('data is not an image of its content_type');
  if (bytes.length > 20_000_000) throw refusals.invalid('the image is too large');
  return { bytes, size: type === 'image/png' ? `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}` : '' };
}
