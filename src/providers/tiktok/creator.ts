import { ProviderError, type Composing, type Io } from '../contract.ts';
import type { Condition } from '../../domain/field.ts';
import { durationText } from '../../domain/units.ts';
import { ask } from './api.ts';
import { refused } from './errors.ts';
import type { Options } from './options.ts';
import { photosRefused } from './reach.ts';
import type { Grant } from './session.ts';
import { creator, type Creator } from './wire.ts';

/** What this account may post right now. To be asked for each composing and again for each sending (Query Creator Info). */
export function creatorOf(grant: Grant, io: Io): Promise<Creator> {
  return ask(io, grant, 'POST', '/v2/post/publish/creator_info/query/', creator);
}

export const everyone = 'PUBLIC_TO_EVERYONE';
export const onlyMe = 'SELF_ONLY';

/** Audiences in the words of TikTok's own app. */
const audiences: Readonly<Record<string, string>> = {
  [everyone]: 'Everyone', MUTUAL_FOLLOW_FRIENDS: 'Friends', FOLLOWER_OF_CREATOR: 'Followers', [onlyMe]: 'Only me',
};

export function audienceOf(level: string): string {
  return audiences[level] ?? level;
}

/** Content is branded while the disclosure is on and says so. */
export const disclosed: Condition = { field: 'disclose', is: true };
export const branded: Condition = { field: 'brand_content_toggle', is: true, and: disclosed };

/** Branded content "can only be configured with visibility as public/friends". */
const brandable: readonly string[] = [everyone, 'MUTUAL_FOLLOW_FRIENDS'];
export const brandedPrivate = 'Branded content visibility cannot be set to private.';
const brandedFollowers = 'Branded content can only be shown to everyone or to friends.';

/** Whether TikTok has audited this instance's app; before that, everything posted through it is private. */
export function isAudited(io: Pick<Io, 'setting'>): boolean {
  return /^(?:yes|true|on|1)$/iu.test(io.setting('TIKTOK_AUDITED')?.trim() ?? '');
}

const unaudited = 'TikTok has not audited this instance\'s app yet. Until it has, posts made through it can be seen by "Only me", and the account must be private when they go out.';

/** What the composer needs of it, by TikTok's Content Sharing Guidelines (points 1, 2c, 3b and 5d). */
export async function composing(grant: Grant, _target: unknown, io: Io): Promise<Composing> {
  let info: Creator;
  try {
    info = await creatorOf(grant, io);
  } catch (error) {
    const why = error instanceof ProviderError ? whyBlocked(error) : null;
    if (why === null) throw error;
    return { blocked: why };
  }
  const audited = isAudited(io);
  const offered = info.privacy_level_options.filter((level) => audited || level === onlyMe);
  return {
    account: { name: nameOf(info), avatarUrl: info.creator_avatar_url ?? null },
    choices: { privacy_level: offered.map((value) => ({
      value, label: audienceOf(value), ...(!brandable.includes(value) && { barred: { by: branded, why: value === onlyMe ? brandedPrivate : brandedFollowers } }),
    })) },
    disabled: {
      ...(info.comment_disabled && { comment: 'Comments are turned off in this account\'s TikTok settings.' }),
      ...(info.duet_disabled && { duet: 'Duets are turned off in this account\'s TikTok settings, or the account is private.' }),
      ...(info.stitch_disabled && { stitch: 'Stitches are turned off in this account\'s TikTok settings, or the account is private.' }),
      ...(!offered.some((level) => brandable.includes(level)) && { brand_content_toggle: brandedPrivate }),
    },
    ...(info.max_video_post_duration_sec && { limits: { videos: { maxMs: Math.min(info.max_video_post_duration_sec * 1000, 600_000) } } }),
    notices: [
      'After it is published, it may take a few minutes for the content to process and be visible on the profile.',
      ...(audited ? [] : [unaudited]),
      ...(!audited && info.privacy_level_options.includes(everyone) ? ['This account is public now. Set it to private in TikTok before the post is due.'] : []),
      ...((await photosRefused(io)) ? ['TikTok does not take photos from this instance yet: its address has not been verified in the TikTok app.'] : []),
    ],
  };
}

/** "When creator info returns that the creator can not make more posts at this moment, stop and prompt to try again later." */
function whyBlocked({ failure: { code, message } }: ProviderError): string | null {
  const stops = ['spam_risk_too_many_posts', 'spam_risk_user_banned_from_posting', 'reached_active_user_cap'];
  return stops.includes(code) ? `${message} Try again later.` : null;
}

function nameOf({ creator_nickname: nickname, creator_username: username }: Creator): string {
  return nickname?.trim() ? `${nickname.trim()} (@${username})` : `@${username}`;
}

/** Looks at the account just before sending: what is no longer offered is asked of the person again, never chosen for them. */
export async function allowed(grant: Grant, options: Options, durationMs: number | null, io: Io): Promise<Creator> {
  const info = await creatorOf(grant, io);
  const { privacy_level: level } = options;
  if (level === '') throw refused('privacy_level_missing', 'Nobody has chosen who can view this post.', 'Choose an audience and schedule it again.');
  if (!info.privacy_level_options.includes(level)) {
    throw refused('privacy_level_option_mismatch', `TikTok no longer offers "${audienceOf(level)}" for this account.`, 'Choose another audience and schedule again.');
  }
  if (options.disclose && options.brand_content_toggle && !brandable.includes(level)) {
    throw refused('branded_private', level === onlyMe ? brandedPrivate : brandedFollowers, 'Choose another audience and schedule again.');
  }
  const longest = (info.max_video_post_duration_sec ?? 600) * 1000;
  if (durationMs !== null && durationMs > longest) {
    throw refused('duration', `The video lasts ${durationText(durationMs)}; TikTok now takes ${durationText(longest)} from this account.`, 'Cut it and schedule the post again.');
  }
  return info;
}
