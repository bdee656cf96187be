import { excerptOf, postStatus, thumbOf, type Content, type PostStatus } from '../../domain/post.ts';
import type { Publication } from '../../domain/publication.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import type { Channel } from '../../store/channels.ts';
import type { Media } from '../../store/media.ts';
import type { Post } from '../../store/posts.ts';
import type { Store } from '../../store/index.ts';

/** A post as lists and the calendar show it. */
export interface PostView {
  id: string;
  status: PostStatus;
  excerpt: string;
  /** When its words and files were deleted, for their time was over. */
  contentDeletedAt: number | null;
  at: number | null;
  channels: Channel[];
  publications: Publication[];
  /** The first picture or video, if any. */
  thumb: { id: string; alt: string } | null;
}

/** Puts posts together with their publications and channels: three queries however many posts there are. */
export async function postViews(store: Pick<Store, 'publications' | 'channels'>, workspaceId: string, posts: readonly Post[]): Promise<PostView[]> {
  const publications = await store.publications.ofPosts(workspaceId, posts.map(({ id }) => id));
  const channels = new Map((await store.channels.list(workspaceId)).map((channel) => [channel.id, channel]));
  return posts.map((post) => {
    const own = publications.get(post.id) ?? [];
    return {
      id: post.id, at: post.at, excerpt: excerptOf(post.content), contentDeletedAt: post.contentDeletedAt, publications: own, thumb: thumbOf(post.content),
      status: postStatus(post.state, own),
      channels: post.variants.flatMap(({ channelId }) => channels.get(channelId) ?? []),
    };
  });
}

/** What stands for a post where there is room for one line. */
export function lineOf({ excerpt, contentDeletedAt }: Pick<PostView, 'excerpt' | 'contentDeletedAt'>): string {
  return contentDeletedAt === null ? excerpt || t.noText : t.contentDeleted;
}

export type MediaById = ReadonlyMap<string, Media>;

export async function mediaOf(store: Pick<Store, 'media'>, workspaceId: string, contents: readonly (Content | null)[]): Promise<MediaById> {
  return filesOf(store, workspaceId, contents.flatMap((content) => content?.parts.flatMap(({ media }) => media.map(({ mediaId }) => mediaId)) ?? []));
}

export async function filesOf(store: Pick<Store, 'media'>, workspaceId: string, ids: readonly string[]): Promise<MediaById> {
  return new Map((await store.media.many(workspaceId, [...new Set(ids)])).map((media) => [media.id, media]));
}
