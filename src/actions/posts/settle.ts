import type { Actor } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Deps } from '../../deps.ts';

type SettleDeps = Pick<Deps, 'store' | 'now'>;

const movedMeanwhile = t.stateChanged;

/** "It is there": a person found the post and gives its address. */
export async function confirmPublished({ store, now }: SettleDeps, actor: Actor, publicationId: string, typed: string): Promise<Result> {
  const url = URL.parse(typed.trim());
  if (!url || !/^https?:$/u.test(url.protocol)) {
    return refused('url', t.addressMalformed);
  }
  const by = { userId: actor.userId, url: url.href.slice(0, 2_000), now: now() };
  return (await store.publications.confirm(actor.workspaceId, publicationId, by)) ? { ok: true } : refused('', movedMeanwhile);
}

/** The network's own id of a post, or its address, where nobody knew it: it is out. */
export async function attachRelease({ store, now }: SettleDeps, actor: Actor, publicationId: string, release: string): Promise<Result> {
  const url = URL.parse(release);
  const address = url && /^https?:$/u.test(url.protocol) ? url.href.slice(0, 2_000) : null;
  const by = { userId: actor.userId, url: address, now: now(), remoteId: release.slice(0, 500) };
  const attached = (await store.publications.confirm(actor.workspaceId, publicationId, by)) || (await store.publications.attach(actor.workspaceId, publicationId, by));
  return attached ? { ok: true } : refused('releaseId', t.nothingToAttach);
}

/** "It is not there: publish again". */
export async function publishAgain({ store, now }: SettleDeps, actor: Actor, publicationId: string): Promise<Result> {
  const by = { userId: actor.userId, now: now() };
  return (await store.publications.sendAgain(actor.workspaceId, publicationId, by)) ? { ok: true } : refused('', movedMeanwhile);
}

export async function retryFailed({ store, now }: SettleDeps, actor: Actor, publicationId: string): Promise<Result> {
  return (await store.publications.retry(actor.workspaceId, publicationId, now(), actor.userId)) ? { ok: true } : refused('', movedMeanwhile);
}

/** Gives a failed or unconfirmed publication up. */
export async function dropPublication({ store, now }: SettleDeps, actor: Actor, publicationId: string): Promise<Result> {
  const by = { userId: actor.userId, now: now() };
  return (await store.publications.drop(actor.workspaceId, publicationId, by)) ? { ok: true } : refused('', movedMeanwhile);
}

/** Takes a scheduled post back before it is due. */
export async function cancelPost({ store, now }: SettleDeps, actor: Actor, postId: string): Promise<Result> {
  return (await store.posts.cancel(actor.workspaceId, postId, now(), actor.userId)) > 0 ? { ok: true } : refused('', t.nothingToCancel);
}
