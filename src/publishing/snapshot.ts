import type { Snapshot, SnapshotPart } from '../domain/snapshot.ts';
import type { Part } from '../domain/post.ts';
import { ProviderError } from '../providers/contract.ts';
import type { PublicationRow } from '../store/queue.ts';
import type { Store } from '../store/index.ts';

/** What this publication sends: the channel's own version of the post where there is one, with its pictures' measures. */
export async function snapshotOf(
  store: Pick<Store, 'posts' | 'channels' | 'media'>, { workspaceId, postId, channelId }: PublicationRow, now: number,
): Promise<Snapshot> {
  const post = await store.posts.get(workspaceId, postId);
  const channel = await store.channels.get(workspaceId, channelId);
  const variant = post?.variants.find((candidate) => candidate.channelId === channelId);
  if (!post || !channel || !variant) throw gone('The post is no longer there.');
  const [first, ...rest] = (variant.content ?? post.content).parts;
  const { remoteId, handle, name, url, limits } = channel;
  return {
    parts: [await partOf(store, workspaceId, first), ...(await Promise.all(rest.map((part) => partOf(store, workspaceId, part))))],
    options: variant.options,
    target: { remoteId, handle, name, url, limits },
    frozenAt: now,
  };
}

async function partOf(store: Pick<Store, 'media'>, workspaceId: string, { text, images }: Part): Promise<SnapshotPart> {
  const found = new Map((await store.media.many(workspaceId, images.map(({ mediaId }) => mediaId))).map((file) => [file.id, file]));
  return {
    text,
    images: images.map(({ mediaId, alt }) => {
      const file = found.get(mediaId);
      if (!file) throw gone('A picture of this post is no longer there.');
      return { mediaId, alt, width: file.width, height: file.height };
    }),
  };
}

function gone(message: string) {
  return new ProviderError({ kind: 'rejected', code: 'gone', message, fix: 'Write the post anew.' });
}
