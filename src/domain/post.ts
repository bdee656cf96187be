import type { Publication } from './publication.ts';

/** What a person wants to say: one part, or the parts of a thread. */
export interface Content {
  parts: readonly [Part, ...Part[]];
}

export interface Part {
  text: string;
  media: readonly PartMedia[];
  /** Minutes to let pass after the part before; absent: at once. */
  waitMinutes?: number;
}

/** All waits of a thread together (minutes): what networks were given for a later part lapses after a day. */
export const longestWaits = 20 * 60;

export interface PartMedia {
  mediaId: string;
  alt: string;
}

/** Where a person has put a post. Everything else about it is derived (`postStatus`). */
export type PostState = 'draft' | 'scheduled' | 'canceled';

export type PostStatus = PostState | 'publishing' | 'published' | 'partly_published' | 'failed' | 'needs_attention';

/** The one truth about a post: what a person did with it and what its publications came to. */
export function postStatus(state: PostState, publications: readonly Pick<Publication, 'status' | 'held' | 'reason'>[]): PostStatus {
  const has = (status: Publication['status']) => publications.some((p) => p.status === status);
  if (has('unconfirmed')) return 'needs_attention';
  if (has('publishing')) return 'publishing';
  if (publications.some((p) => p.status === 'scheduled' && p.held !== null)) return 'needs_attention';
  // The first part of a thread is out.
  if (publications.some((p) => p.status === 'scheduled' && p.reason === 'between_parts')) return 'publishing';
  if (has('scheduled')) return has('published') ? 'publishing' : 'scheduled';
  if (has('failed')) return has('published') ? 'partly_published' : 'failed';
  if (has('published')) return 'published';
  // All that is left of it was canceled one by one, by a person or with its channel.
  if (state === 'scheduled' && publications.length > 0) return 'canceled';
  return state;
}

export function sameContent(a: Content, b: Content): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The first words of a post, for lists. */
export function excerptOf(content: Content, max = 140): string {
  // Single spaces, most of them, stay as they are.
  const text = content.parts[0].text.replaceAll(/\s{2,}|[^\S ]/gu, ' ').trim();
  return text.length > max ? `${text.slice(0, max - 1).trimEnd()}…` : text;
}

/** The first picture or video of a post, if any. */
export function thumbOf(content: Content): { id: string; alt: string } | null {
  const first = content.parts.flatMap(({ media }) => media)[0];
  return first ? { id: first.mediaId, alt: first.alt } : null;
}
