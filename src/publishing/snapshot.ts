import type { Snapshot, SnapshotPart } from '../domain/posts/snapshot.ts';
import type { PostMedia } from '../domain/media.ts';
import type { Part } from '../domain/post.ts';
import { publishingRefusals as t } from '../domain/texts/refusals/publishing.ts';
import { ProviderError } from '../providers/contract.ts';
import { factsOf, type Media } from '../store/media.ts';
import type { PublicationRow } from '../store/queue.ts';
import type { Store } from '../store/index.ts';

/** What this publication sends: the channel's own version of the post where there is one, with its pictures' measures. */
export async function snapshotOf(
  store: Pick<Store, 'posts' | 'channels' | 'media'>, { workspaceId, postId, channelId }: PublicationRow, now: number,
): Promise<Snapshot> {
  const post = await store.posts.get(workspaceId, postId);
  const channel = await store.channels.get(workspaceId, channelId);
  const variant = post?.variants.find((candidate) => candidate.channelId === channelId);
  if (!post || !channel || !variant) throw gone(t.postGone);
  const [first, ...rest] = (variant.content ?? post.content).parts;
  const { remoteId, handle, networkName: name, url, limits } = channel;
  return {
    parts: [await partOf(store, workspaceId, first), ...(await Promise.all(rest.map((part) => partOf(store, workspaceId, part))))],
    options: variant.options,
    target: { remoteId, handle, name, url, limits },
    frozenAt: now,
  };
}

async function partOf(store: Pick<Store, 'media'>, workspaceId: string, { text, media, waitMinutes }: Part): Promise<SnapshotPart> {
  const found = new Map((await store.media.many(workspaceId, media.map(({ mediaId }) => mediaId))).map((file) => [file.id, file]));
  return {
    text,
    ...(waitMinutes !== undefined && { waitMinutes }),
    media: media.map(({ mediaId, alt }) => {
      const file = found.get(mediaId);
      if (!file) throw gone(t.fileGone);
      return postMediaOf(file, alt);
    }),
  };
}

/** What a network needs to know of a file, frozen. */
function postMediaOf(file: Media, alt: string): PostMedia {
  const facts = factsOf(file, alt);
  const { mediaId, width, height } = facts;
  if (facts.kind === 'image') return { kind: 'image', mediaId, alt, width, height, type: facts.type, animated: facts.animated };
  const { type, bytes, durationMs } = facts;
  return { kind: 'video', mediaId, alt, type, bytes, width, height, durationMs };
}

function gone(message: string) {
  return new ProviderError({ kind: 'rejected', code: 'gone', message, fix: t.writeAnew });
}
