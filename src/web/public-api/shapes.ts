import type { Group } from '../../domain/channels/group.ts';
import { noRemoteId, type Publication } from '../../domain/publication.ts';
import { joinIds } from '../../lib/ids.ts';
import { endingOf } from '../../media/storage.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import type { Listed } from '../../store/posts/listing.ts';
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
  /** Its group, where it is in one: Postiz's "customer". */
  customer?: Group;
}

export function integrationOf(channel: Channel, provider: Provider | undefined, publicUrl: string, groups: readonly Group[] = []): Integration {
  const { id, name, handle, avatarUrl, connectionStatus, provider: network, groupId } = channel;
  const customer = groups.find((group) => group.id === groupId);
  return {
    id, name, identifier: identifierOf(provider, network), picture: avatarUrl ?? `${publicUrl}/assets/networks/${network}.svg`,
    disabled: connectionStatus === 'revoked', profile: handle.replace(/^@/u, ''),
    ...(customer && { customer }),
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

/** A post as lists have it, from everything that is known of it. */
export function listedOf({ post, variant, publication, channel }: Going): Listed {
  return {
    postId: post.id, channelId: channel.id, at: post.at, text: (variant.content ?? post.content).parts[0].text, options: JSON.stringify(variant.options),
    status: publication?.status ?? null, begun: publication?.begun ?? false, url: publication?.url ?? null, remoteId: publication?.remoteId ?? null,
  };
}

export function listedPost(listed: Listed, integration: Integration, publicUrl: string): ListedPost {
  const { postId, channelId, at, text, options, url } = listed;
  const { id, name, identifier: providerIdentifier, picture } = integration;
  // The options are JSON already.
  const settings = `{"__type":${JSON.stringify(providerIdentifier)}${options === '{}' ? '' : `,${options.slice(1, -1)}`}}`;
  return {
    id: joinIds(postId, channelId), content: text, publishDate: at === null ? null : new Date(at).toISOString(),
    releaseURL: url === null ? null : addressOf(url, publicUrl), releaseId: releaseOf(listed), state: stateOf(listed),
    intervalInDays: null, group: postId, creationMethod: 'UNKNOWN', settings, tags: [], integration: { id, providerIdentifier, name, picture },
  };
}

/** Addresses of the network inside this instance are paths. */
export function addressOf(url: string, publicUrl: string): string {
  return url.startsWith('/') ? `${publicUrl}${url}` : url;
}

export function releaseOf({ status, remoteId }: Pick<Listed, 'status' | 'remoteId'>): string | null {
  if (status === 'unconfirmed') return unknownRelease;
  if (status !== 'published') return null;
  return remoteId === null || remoteId === noRemoteId ? unknownRelease : remoteId;
}

/** In doubt is an error there: it asks for a person. What was taken back waits like a draft. */
function stateOf({ status, begun }: Pick<Listed, 'status' | 'begun'>): State {
  switch (status) {
    case null: return 'DRAFT';
    case 'scheduled':
    case 'publishing': return 'QUEUE';
    case 'published': return 'PUBLISHED';
    case 'failed':
    case 'unconfirmed': return 'ERROR';
    case 'canceled': return begun ? 'ERROR' : 'DRAFT';
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
