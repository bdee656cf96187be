import { Refusal, type Params } from '../../fake/refusal.ts';
import type { KeptContainer } from './state.ts';

// What each kind of container takes (ig-user/media, read 2026-09-11).

type Shape = { required: readonly string[]; optional: readonly string[] };

export const shapes: Readonly<Record<string, Shape>> = {
  IMAGE: { required: ['image_url'], optional: ['caption', 'alt_text', 'user_tags', 'location_id', 'collaborators', 'is_ai_generated'] },
  'IMAGE part': { required: ['image_url', 'is_carousel_item'], optional: ['alt_text'] },
  'VIDEO part': { required: ['media_type', 'is_carousel_item', 'upload_type'], optional: [] },
  REELS: {
    required: ['media_type', 'upload_type'],
    optional: ['caption', 'share_to_feed', 'cover_url', 'thumb_offset', 'audio_name', 'collaborators', 'user_tags', 'location_id', 'trial_params', 'is_ai_generated'],
  },
  STORIES: { required: ['media_type'], optional: ['image_url', 'upload_type', 'user_tags', 'is_ai_generated'] },
  CAROUSEL: { required: ['media_type', 'children'], optional: ['caption', 'location_id', 'collaborators', 'is_ai_generated'] },
};

export function kindOf(params: Params): Pick<KeptContainer, 'kind' | 'isPart'> {
  const { media_type: kind = 'IMAGE', is_carousel_item: part } = params;
  if (part !== undefined && part !== 'true') throw new Refusal(100, 'is_carousel_item is true or left out');
  const isPart = part === 'true';
  if (kind === 'VIDEO' && !isPart) throw new Refusal(100, 'The media_type VIDEO is for carousels; a single video is a Reel', { subcode: 2207023 });
  if (kind !== 'IMAGE' && kind !== 'VIDEO' && kind !== 'REELS' && kind !== 'STORIES' && kind !== 'CAROUSEL') throw new Refusal(100, 'Unknown media type', { subcode: 2207023 });
  if (isPart && kind !== 'IMAGE' && kind !== 'VIDEO') throw new Refusal(100, `${kind} cannot be in a carousel`);
  return { kind, isPart };
}

/** Rules between and inside parameters. */
export function checked(given: Readonly<Record<string, string>>, kind: KeptContainer['kind']): void {
  const invalid = (message: string, subcode?: number) => new Refusal(100, `(#100) ${message}`, subcode === undefined ? {} : { subcode });
  const { upload_type: upload, caption = '', alt_text: alt = '' } = given;
  if (upload !== undefined && upload !== 'resumable') throw invalid('upload_type is resumable or left out');
  if (kind === 'STORIES' && (given['image_url'] === undefined) === (upload === undefined)) throw invalid('a Story is one picture or one video');
  if (caption.length > 2200) throw new Refusal(36004, 'The caption is too long.', { subcode: 2207010 });
  if ((caption.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0) > 30) throw new Refusal(36004, 'The caption has too many hashtags.', { subcode: 2207010 });
  if ((caption.match(/@\w+/gu)?.length ?? 0) > 20) throw invalid('Too many tags', 2207040);
  if (alt.length > 1000) throw invalid('alt_text is too long');
  if (list(given['collaborators'], 'collaborators').length > 3) throw invalid('at most 3 collaborators');
  for (const tag of list(given['user_tags'], 'user_tags') as { username?: unknown; x?: unknown; y?: unknown }[]) {
    if (typeof tag.username !== 'string') throw invalid('user_tags needs user names');
    const placed = isShare(tag.x) && isShare(tag.y);
    if (kind === 'IMAGE' && !placed) throw invalid('user_tags on a picture needs x and y from 0 to 1');
    if (kind === 'REELS' && (tag.x !== undefined || tag.y !== undefined)) throw invalid('user_tags on a Reel has no x and y');
  }
  if (given['thumb_offset'] !== undefined && !/^\d+$/u.test(given['thumb_offset'])) throw invalid('thumb_offset is in whole ms');
  if (given['location_id'] !== undefined && !/^\d+$/u.test(given['location_id'])) throw invalid('INSTAGRAM_PLATFORM_API__INVALID_LOCATION_ID');
  if (given['trial_params'] !== undefined && !/^\{"graduation_strategy":"(?:MANUAL|SS_PERFORMANCE)"\}$/u.test(given['trial_params'])) throw invalid('trial_params');
  for (const flag of ['share_to_feed', 'is_ai_generated']) if (given[flag] !== undefined && !['true', 'false'].includes(given[flag])) throw invalid(`${flag} is true or false`);
}

const isShare = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 1;

function list(json: string | undefined, name: string): unknown[] {
  const value: unknown = json === undefined ? [] : JSON.parse(json);
  if (!Array.isArray(value)) throw new Refusal(100, `(#100) ${name} must be an array`);
  return value;
}
