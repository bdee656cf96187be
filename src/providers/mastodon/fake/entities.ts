import { escapeHtml, htmlOf } from './html.ts';

/** One status as the fake keeps it. */
export interface KeptStatus {
  id: string;
  text: string;
  spoiler: string;
  sensitive: boolean;
  visibility: 'public' | 'unlisted' | 'private' | 'direct';
  language: string | null;
  replyTo: string | null;
  mediaIds: string[];
  application: string | null;
  at: number;
}

export interface KeptMedia {
  id: string;
  description: string | null;
  /** Looks left until it is processed. */
  looks: number;
  failed: boolean;
  statusId: string | null;
  isVideo: boolean;
}

export interface Person {
  id: string;
  username: string;
  name: string;
  /** What new posts are when nothing is asked. */
  privacy: 'public' | 'unlisted' | 'private';
}

// Answers in the shapes of docs.joinmastodon.org/entities (read 2026-07-02); a test holds them against the specification.

export function accountEntity(origin: string, { id, username, name }: Person) {
  const picture = `${origin}/avatars/original/missing.png`;
  return {
    id, username, acct: username, display_name: name, locked: false, bot: false, discoverable: null, indexable: false, group: false,
    created_at: '2017-02-08T00:00:00.000Z', note: '', url: `${origin}/@${username}`, uri: `${origin}/users/${username}`,
    avatar: picture, avatar_static: picture, header: picture, header_static: picture,
    followers_count: 1, following_count: 1, statuses_count: 1, last_status_at: null, emojis: [], fields: [],
  };
}

export function credentialAccount(origin: string, person: Person) {
  return {
    ...accountEntity(origin, person),
    source: { privacy: person.privacy, sensitive: false, language: 'en', note: '', fields: [], follow_requests_count: 0, indexable: false },
    role: { id: '-99', name: '', permissions: '0', color: '', highlighted: false },
  };
}

export function mediaEntity(origin: string, { id, description, looks, isVideo }: KeptMedia) {
  const file = `${origin}/media/${id}.${isVideo ? 'mp4' : 'png'}`;
  return {
    id, type: isVideo ? 'video' : 'image', url: looks > 0 ? null : file, preview_url: looks > 0 ? null : file, remote_url: null,
    meta: looks > 0 ? null : { original: { width: 1, height: 1, size: '1x1', aspect: 1 } }, description, blurhash: null,
  };
}

export function statusEntity(origin: string, person: Person, status: KeptStatus, media: readonly KeptMedia[]) {
  const { id, at, replyTo, sensitive, spoiler, visibility, language, text, application } = status;
  const { id: personId, username } = person;
  return {
    id, created_at: new Date(at).toISOString(), in_reply_to_id: replyTo, in_reply_to_account_id: replyTo === null ? null : personId,
    sensitive, spoiler_text: spoiler, visibility, language, uri: `${origin}/users/${username}/statuses/${id}`, url: `${origin}/@${username}/${id}`,
    replies_count: 0, reblogs_count: 0, favourites_count: 0, quotes_count: 0, edited_at: null, content: htmlOf(text), reblog: null,
    application: application === null ? null : { name: application, website: null },
    account: accountEntity(origin, person), media_attachments: media.map((one) => mediaEntity(origin, one)),
    mentions: [], tags: [], emojis: [], card: null, poll: null,
  };
}

export interface Limits {
  maxCharacters: number;
  perUrl: number;
  maxMedia: number;
  imageBytes: number;
  imagePixels: number;
  description: number;
  mimeTypes: string[];
}

export const usualLimits: Limits = {
  maxCharacters: 500, perUrl: 23, maxMedia: 4, imageBytes: 16_777_216, imagePixels: 33_177_600, description: 1500,
  mimeTypes: ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'video/mp4'],
};

function configuration(limits: Limits) {
  return {
    accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
    statuses: { max_characters: limits.maxCharacters, max_media_attachments: limits.maxMedia, characters_reserved_per_url: limits.perUrl },
    media_attachments: {
      description_limit: limits.description, image_size_limit: limits.imageBytes, image_matrix_limit: limits.imagePixels,
      supported_mime_types: limits.mimeTypes, video_size_limit: 103_809_024, video_frame_rate_limit: 120, video_matrix_limit: 8_294_400,
    },
    polls: { max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 },
  };
}

export function instanceV2(origin: string, version: string, limits: Limits) {
  const { host } = new URL(origin);
  return {
    domain: host, title: 'Mastodon', version, source_url: 'https://github.com/mastodon/mastodon', description: 'A server that is not there',
    usage: { users: { active_month: 1 } }, thumbnail: { url: `${origin}/preview.png` }, icon: [], languages: ['en'],
    configuration: { ...configuration(limits), urls: { streaming: `wss://${host}` }, translation: { enabled: false } },
    registrations: { enabled: false, approval_required: false, message: null }, api_versions: { mastodon: 7 },
    contact: { email: 'staff@example.org', account: null }, rules: [],
  };
}

export function instanceV1(origin: string, version: string, limits: Limits) {
  const { host } = new URL(origin);
  return {
    uri: host, title: 'Mastodon', short_description: 'A server that is not there', description: 'A server that is not there', email: 'staff@example.org',
    version, urls: { streaming_api: `wss://${host}` }, stats: { user_count: 1, status_count: 1, domain_count: 1 }, thumbnail: null,
    languages: ['en'], registrations: false, approval_required: false, invites_enabled: false, configuration: configuration(limits), rules: [],
  };
}

/** As Pleroma describes itself: its own names, no configuration in Mastodon's shape. */
export function instancePleroma(origin: string, limits: Limits) {
  return {
    uri: origin, title: 'Pleroma', description: 'A server that is not there', email: 'staff@example.org', version: '2.7.2 (compatible; Pleroma 2.7.0)',
    urls: { streaming_api: `wss://${new URL(origin).host}` }, stats: { user_count: 1, status_count: 1, domain_count: 1 },
    max_toot_chars: limits.maxCharacters, upload_limit: limits.imageBytes, description_limit: limits.description,
    poll_limits: { max_options: 20, max_option_chars: 200, min_expiration: 0, max_expiration: 31_536_000 },
  };
}

/** The page on which a person says yes or no. */
export function consentPage(username: string, asked: Record<string, string>): string {
  const hidden = Object.entries(asked).map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
  return `<!doctype html><html lang="en"><head><title>Authorize</title></head><body><main><h1>Authorize ${escapeHtml(asked['app'] ?? '')}</h1>`
    + `<p>Logged in as ${escapeHtml(username)}. It asks for: ${escapeHtml(asked['scope'] ?? '')}</p>`
    + `<form method="post" action="/oauth/authorize">${hidden}<button name="decision" value="allow">Authorize</button>`
    + '<button name="decision" value="deny">Deny</button></form></main></body></html>';
}
