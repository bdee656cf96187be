import { countText } from '../../../domain/text.ts';
import type { FakeAnswer, FakePlatform, FakeRequest } from '../../fake/server.ts';
import { mediaEntity, statusEntity, type KeptMedia, type KeptStatus, type Limits, type Person } from './entities.ts';
import { Refusal, shapeOf } from './refusal.ts';

export interface PostState {
  origin: string;
  person: Person;
  limits: Limits;
  now(): number;
  /** False like servers that ignore `Idempotency-Key`. */
  honoursKey: boolean;
  /** Looks that a picture takes to be processed; 0 is at once. */
  mediaLooks: number;
  /** Whether processing fails after all. */
  mediaFails: boolean;
  /** How ids are made: numbers beyond 2^53, or Pleroma's alphabet. */
  ids: 'numbers' | 'letters';
  /** False like servers that do not tell how a status was typed. */
  tellsSource: boolean;
  /** False like servers that do not show which app a status is from. */
  tellsApp: boolean;
}

const hour = 60 * 60 * 1000;

export type FakePosts = ReturnType<typeof fakePosts>;

/** Media and statuses of one account (docs.joinmastodon.org/methods/{media,statuses,accounts}; sources of v4.5; read 2026-07-02). */
export function fakePosts(state: PostState, ledger: FakePlatform['ledger']) {
  const media = new Map<string, KeptMedia>();
  const statuses: KeptStatus[] = [];
  const keys = new Map<string, { id: string; at: number }>();
  let made = 0;
  const newId = () => (state.ids === 'numbers' ? `${115_600_000_000_000_000n + BigInt(++made)}` : `AqF${(++made).toString(36).padStart(4, '0')}xYz`);
  const shown = (status: KeptStatus) => ({
    ...statusEntity(state.origin, state.person, status, status.mediaIds.map((id) => media.get(id)).filter((one) => one !== undefined)),
    ...(!state.tellsApp && { application: null }),
  });

  async function upload(request: FakeRequest, version: 1 | 2): Promise<FakeAnswer> {
    const { limits } = state;
    const parts = await request.multipart();
    for (const name of parts.keys()) if (!['file', 'description', 'focus', 'thumbnail'].includes(name)) throw new Refusal(400, `found unpermitted parameter: ${name}`);
    const file = parts.get('file');
    const description = parts.get('description');
    if (!(file instanceof File)) throw new Refusal(422, "Validation failed: File can't be blank");
    if (!limits.mimeTypes.includes(file.type)) throw new Refusal(422, 'Validation failed: File content type is invalid, File is invalid');
    const isVideo = file.type.startsWith('video/');
    if (isVideo && file.size >= 103_809_024) throw new Refusal(422, 'Validation failed: File file size must be less than 99 MB');
    if (!isVideo && file.size >= limits.imageBytes) throw new Refusal(422, `Validation failed: File file size must be less than ${Math.round(limits.imageBytes / 1_048_576)} MB`);
    const bytes = Buffer.from(await file.arrayBuffer());
    const [width, height] = file.type === 'image/png' && bytes.length > 24 ? [bytes.readUInt32BE(16), bytes.readUInt32BE(20)] : [1, 1];
    if (width * height > limits.imagePixels) throw new Refusal(422, `Validation failed: File ${width}x${height} images are not supported`);
    if (description !== undefined && (typeof description !== 'string' || description.length > limits.description)) {
      throw new Refusal(422, `Validation failed: Description is too long (maximum is ${limits.description} characters)`);
    }
    const looks = version === 1 ? 0 : state.mediaLooks;
    const one: KeptMedia = { id: newId(), description: typeof description === 'string' ? description : null, looks, failed: state.mediaFails, statusId: null, isVideo };
    media.set(one.id, one);
    return { status: looks > 0 ? 202 : 200, body: mediaEntity(state.origin, one) };
  }

  function lookAtMedia(id: string): FakeAnswer {
    const one = media.get(id);
    if (!one || one.statusId !== null) throw new Refusal(404, 'Record not found');
    if (one.looks > 0) one.looks -= 1;
    if (one.looks > 0) return { status: 206, body: mediaEntity(state.origin, one) };
    if (one.failed) throw new Refusal(422, 'Error processing thumbnail for uploaded media');
    return { status: 200, body: mediaEntity(state.origin, one) };
  }

  function attachable(ids: readonly string[]): KeptMedia[] {
    if (ids.length > state.limits.maxMedia) throw new Refusal(422, `Cannot attach more than ${state.limits.maxMedia} files`);
    const found = ids.map((id) => media.get(id)).filter((one) => one?.statusId === null) as KeptMedia[];
    const missing = ids.filter((id) => !found.some((one) => one.id === id));
    if (missing.length > 0) throw new Refusal(422, `Media ${missing.join(', ')} not found or already attached to another post`);
    if (found.length > 1 && found.some(({ isVideo }) => isVideo)) throw new Refusal(422, 'Cannot attach a video to a post that already contains images');
    if (found.some(({ looks, failed }) => looks > 0 || failed)) throw new Refusal(422, 'Cannot attach files that have not finished processing. Try again in a moment!');
    return found;
  }

  function create(request: FakeRequest, app: string): FakeAnswer {
    const key = request.headers['idempotency-key'];
    const given = shapeOf(request.json(), { status: 'string' }, {
      media_ids: 'list', in_reply_to_id: 'string', visibility: 'string', spoiler_text: 'string', sensitive: 'boolean', language: 'string',
    }) as { status: string; media_ids?: string[]; in_reply_to_id?: string; visibility?: string; spoiler_text?: string; sensitive?: boolean; language?: string };
    const replyTo = given.in_reply_to_id ?? null;
    if (replyTo !== null && !statuses.some(({ id }) => id === replyTo)) throw new Refusal(404, 'The post you are trying to reply to does not appear to exist.');
    const visibility = given.visibility ?? state.person.privacy;
    if (!['public', 'unlisted', 'private', 'direct'].includes(visibility)) throw new Refusal(422, 'Validation failed: Visibility is not included in the list');

    const before = state.honoursKey && key !== undefined ? keys.get(key) : undefined;
    const repeated = before && state.now() - before.at <= hour ? statuses.find(({ id }) => id === before.id) : undefined;
    if (repeated) return { status: 200, body: shown(repeated) };

    const attached = attachable(given.media_ids ?? []);
    // A warning without a text becomes the text.
    const [spoiler, text] = given.status.trim() === '' ? ['', (given.spoiler_text ?? '').trim()] : [(given.spoiler_text ?? '').trim(), given.status.trim()];
    if (text === '' && attached.length === 0) throw new Refusal(422, "Validation failed: Text can't be blank");
    const length = countText(spoiler, { unit: 'graphemes' }) + countText(text, { unit: 'graphemes', linkLength: state.limits.perUrl, shortMentions: true });
    if (length > state.limits.maxCharacters) throw new Refusal(422, `Validation failed: Text character limit of ${state.limits.maxCharacters} exceeded`);

    return { status: 200, body: shown(add({
      text, spoiler, replyTo, visibility: visibility as KeptStatus['visibility'], language: given.language ?? 'en', application: app,
      sensitive: (given.sensitive ?? false) || spoiler !== '', mediaIds: attached.map(({ id }) => id),
    }, key)) };
  }

  /** Puts a status up; also for tests, as another app or person would. */
  function add(status: Omit<KeptStatus, 'id' | 'at'>, key?: string): KeptStatus {
    const kept = { ...status, id: newId(), at: state.now() };
    statuses.push(kept);
    for (const id of status.mediaIds) Object.assign(media.get(id) ?? {}, { statusId: kept.id });
    if (key !== undefined) keys.set(key, { id: kept.id, at: kept.at });
    ledger.push({
      id: kept.id, text: status.text, media: status.mediaIds.map((id) => ({ alt: media.get(id)?.description ?? '', ...(media.get(id)?.isVideo && { kind: 'video' as const }) })),
      ...(status.replyTo !== null && { replyTo: status.replyTo }),
    });
    return kept;
  }

  /** Newest first, as the account itself sees them. */
  function timeline(accountId: string, query: URLSearchParams): FakeAnswer {
    shapeOf(Object.fromEntries(query), {}, { limit: 'string', exclude_reblogs: 'string', max_id: 'string' });
    if (accountId !== state.person.id) throw new Refusal(404, 'Record not found');
    const newest = statuses.toReversed();
    const from = query.has('max_id') ? newest.findIndex(({ id }) => id === query.get('max_id')) + 1 : 0;
    return { status: 200, body: newest.slice(from, from + Math.min(Number(query.get('limit') ?? 20), 40)).map(shown) };
  }

  function source(id: string): FakeAnswer {
    const status = statuses.find((one) => one.id === id);
    if (!status || !state.tellsSource) throw new Refusal(404, 'Record not found');
    return { status: 200, body: { id, text: status.text, spoiler_text: status.spoiler } };
  }

  return { media, statuses, upload, lookAtMedia, create, add, timeline, source };
}
