import { excerptOf, postStatus, type Content, type PostStatus } from '../../domain/post.ts';
import { isVideo } from '../../domain/media.ts';
import type { Publication } from '../../domain/publication.ts';
import type { Channel } from '../../store/channels.ts';
import type { Media } from '../../store/media.ts';
import type { Post } from '../../store/posts.ts';
import type { Store } from '../../store/index.ts';

/** A post as lists and the calendar show it. */
export interface PostView {
  id: string;
  status: PostStatus;
  excerpt: string;
  at: number | null;
  channels: Channel[];
  publications: Publication[];
  /** The first picture, if any. */
  thumb: { id: string; alt: string } | null;
}

/** Puts posts together with their publications, channels and files: a handful of queries however many posts there are. */
export async function postViews(store: Pick<Store, 'publications' | 'channels' | 'media'>, workspaceId: string, posts: readonly Post[]): Promise<PostView[]> {
  const publications = await store.publications.ofPosts(workspaceId, posts.map(({ id }) => id));
  const channels = new Map((await store.channels.list(workspaceId)).map((channel) => [channel.id, channel]));
  const files = await mediaOf(store, workspaceId, posts.map(({ content }) => content));
  return posts.map((post) => {
    const own = publications.get(post.id) ?? [];
    return {
      id: post.id, at: post.at, excerpt: excerptOf(post.content), publications: own, thumb: thumbOf(post.content, files),
      status: postStatus(post.state, own),
      channels: post.variants.flatMap(({ channelId }) => channels.get(channelId) ?? []),
    };
  });
}

export type MediaById = ReadonlyMap<string, Media>;

export async function mediaOf(store: Pick<Store, 'media'>, workspaceId: string, contents: readonly (Content | null)[]): Promise<MediaById> {
  return filesOf(store, workspaceId, contents.flatMap((content) => content?.parts.flatMap(({ media }) => media.map(({ mediaId }) => mediaId)) ?? []));
}

export async function filesOf(store: Pick<Store, 'media'>, workspaceId: string, ids: readonly string[]): Promise<MediaById> {
  return new Map((await store.media.many(workspaceId, [...new Set(ids)])).map((media) => [media.id, media]));
}

/** Videos have no still to show. */
function thumbOf(content: Content, files: MediaById): PostView['thumb'] {
  const image = content.parts.flatMap(({ media }) => media).find(({ mediaId }) => { const file = files.get(mediaId); return file && !isVideo(file.type); });
  return image ? { id: image.mediaId, alt: image.alt } : null;
}
