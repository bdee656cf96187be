import { noRemoteId, type Publication } from '../../domain/publication.ts';
import { joinIds } from '../../lib/ids.ts';
import { endingOf } from '../../media/storage.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import type { Media } from '../../store/media.ts';
import type { Post, VariantRow } from '../../store/posts.ts';

// Our things in Postiz's shapes. There a post goes to one channel; here a post with its channel is one of those.

export interface Integration {
  id: string;
  name: string;
  identifier: string;
  picture: string;
  disabled: boolean;
  profile: string;
}

export function integrationOf(channel: Channel, provider: Provider | undefined, publicUrl: string): Integration {
  const { id, name, handle, avatarUrl, connectionStatus, provider: network } = channel;
  return {
    id, name, identifier: identifierOf(provider, network), picture: avatarUrl ?? `${publicUrl}/assets/networks/${network}.svg`,
    disabled: connectionStatus === 'revoked', profile: handle.replace(/^@/u, ''),
  };
}

function identifierOf(provider: Provider | undefined, id: string): string {
  return provider?.dialect?.name ?? id;
}

export type State = 'QUEUE' | 'PUBLISHED' | 'ERROR' | 'DRAFT';

export interface ListedPost {
  id: string;
  content: string;
  publishDate: string | null;
  releaseURL: string | null;
  releaseId: string | null;
  state: State;
  intervalInDays: null;
  group: string;
  creationMethod: 'UNKNOWN';
  /** JSON, as Postiz has it. */
  settings: string;
  tags: [];
  integration: { id: string; providerIdentifier: string; name: string; picture: string };
}

/** What Postiz says of a post that is out and whose id nobody knows. */
export const unknownRelease = 'missing';

export interface Going {
  post: Post;
  variant: VariantRow;
  publication: Publication | undefined;
  channel: Channel;
}

export function listedPost({ post, variant, publication, channel }: Going, provider: Provider | undefined, publicUrl: string): ListedPost {
  const { id, name, identifier: providerIdentifier, picture } = integrationOf(channel, provider, publicUrl);
  return {
    id: joinIds(post.id, channel.id), content: (variant.content ?? post.content).parts[0].text,
    publishDate: post.at === null ? null : new Date(post.at).toISOString(),
    releaseURL: publication?.url ? addressOf(publication.url, publicUrl) : null, releaseId: releaseOf(publication), state: stateOf(publication),
    intervalInDays: null, group: post.id, creationMethod: 'UNKNOWN', settings: JSON.stringify({ __type: providerIdentifier, ...variant.options }), tags: [],
    integration: { id, providerIdentifier, name, picture },
  };
}

/** Addresses of the network inside this instance are paths. */
export function addressOf(url: string, publicUrl: string): string {
  return url.startsWith('/') ? `${publicUrl}${url}` : url;
}

export function releaseOf(publication: Publication | undefined): string | null {
  if (publication?.status === 'unconfirmed') return unknownRelease;
  if (publication?.status !== 'published') return null;
  return publication.remoteId === null || publication.remoteId === noRemoteId ? unknownRelease : publication.remoteId;
}

/** In doubt is an error there: it asks for a person. What was taken back waits like a draft. */
function stateOf(publication: Publication | undefined): State {
  switch (publication?.status) {
    case undefined: return 'DRAFT';
    case 'scheduled':
    case 'publishing': return 'QUEUE';
    case 'published': return 'PUBLISHED';
    case 'failed':
    case 'unconfirmed': return 'ERROR';
    case 'canceled': return publication.begun ? 'ERROR' : 'DRAFT';
  }
}

/** An uploaded file: `path` is what goes into a post, beside the id. */
export function uploadedFile({ id, name, type, alt, bytes }: Media, publicUrl: string) {
  return { id, name, originalName: name, path: `${publicUrl}/media/${id}.${endingOf(type)}`, thumbnail: `${publicUrl}/media/${id}/thumb`, alt: alt === '' ? null : alt, type: type.split('/')[0] ?? '', fileSize: bytes };
}

/** The medium in an address that `uploadedFile` gave; null for any other. */
export function mediaIn(url: string, publicUrl: string): string | null {
  const found = /^\/media\/([\da-f-]{36})(?:\.\w+|\/thumb)?$/u.exec(URL.parse(url)?.origin === publicUrl ? new URL(url).pathname : url);
  return found?.[1] ?? null;
}
