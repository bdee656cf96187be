import { writeFile } from 'node:fs/promises';
import { newId } from '../../lib/ids.ts';
import { thumbnailOf } from '../../media/storage.ts';
import type { Store } from '../../store/index.ts';
import type { PromiseWorld } from './promise.ts';
import { seedMedia, type World } from '../world.ts';

/** Where words of a post come to lie; each has a canary of its own, `NAME of PLACE`. */
export const placesOfWords = ['text', 'own text', 'option', 'alt', 'file name', 'bytes', 'thumbnail', 'snapshot', 'snapshot option', 'result', 'evidence', 'message'] as const;
/** What says when and where, and how it ended. */
export const placesOfRecord = ['remote id', 'address'] as const;

/** The canaries of a post that was planted as `name`. */
export function wordsOf(name: string): string[] {
  return placesOfWords.map((place) => `${name}: ${place}`);
}

/** A person with a workspace whose own data are canaries. */
export async function plantPerson({ app: { deps: { store } }, clock, canary }: PromiseWorld, name: string): Promise<Pick<World, 'userId' | 'workspaceId'>> {
  const [userId, workspaceId] = [newId(clock.now()), newId(clock.now())];
  await store.people.signUp(
    { id: userId, name: canary(`${name}: person`), email: `${canary(`${name}: email`)}@example.org`, passwordHash: canary(`${name}: password`), createdAt: clock.now() },
    { id: workspaceId, name: canary(`${name}: workspace`), zone: 'Europe/Berlin', createdAt: clock.now() }, false,
  );
  return { userId, workspaceId };
}

/** A channel whose account is known by canaries. */
export async function plantChannel({ app: { deps: { store } }, clock, canary }: PromiseWorld, name: string, person: Pick<World, 'userId' | 'workspaceId'>, provider = 'mastodon'): Promise<World> {
  const { workspaceId } = person;
  const connection = await store.connections.connect(workspaceId, {
    id: newId(clock.now()), provider, accountId: canary(`${name}: account id`), accountName: canary(`${name}: account name`), grant: { token: canary(`${name}: token`) }, expiresAt: null, now: clock.now(),
  });
  const channelId = newId(clock.now());
  await store.channels.put(workspaceId, [{
    id: channelId, connectionId: connection.id, provider, remoteId: canary(`${name}: channel id`), name: canary(`${name}: channel name`), handle: `@${canary(`${name}: handle`)}`,
    url: `https://example.org/${canary(`${name}: place`)}`, avatarUrl: `https://example.org/${canary(`${name}: picture`)}`, limits: {}, createdAt: clock.now(),
  }]);
  return { ...person, connectionId: connection.id, channelId };
}

/** A file with its row, its derivative and its bytes. */
export async function plantFile({ app: { deps: { store, storage } }, clock, canary }: PromiseWorld, name: string, workspaceId: string): Promise<string> {
  const mediaId = await seedMedia(store, workspaceId, clock.now(), canary(`${name}: file name`));
  for (const [file, place] of [[{ id: mediaId, type: 'image/png' as const }, 'bytes'], [thumbnailOf(mediaId), 'thumbnail']] as const) {
    const temp = await storage.temp();
    await writeFile(temp, `${canary(`${name}: ${place}`)} and more`);
    await storage.keep(temp, file);
  }
  return mediaId;
}

export type Ending = 'scheduled' | 'publishing' | 'published' | 'failed' | 'unconfirmed' | 'canceled';

/** A post with words in every place there is, brought to an end (or not) as the engine would, with a failed attempt before it. */
export async function plantPost(world: PromiseWorld, name: string, on: World, ending: Ending, files?: readonly string[]): Promise<{ postId: string; publicationId: string }> {
  const { app: { deps: { store } }, clock, canary } = world;
  const { workspaceId, userId, channelId } = on;
  const now = clock.now();
  const mediaIds = files ?? [await plantFile(world, name, workspaceId)];
  const media = mediaIds.map((mediaId) => ({ mediaId, alt: canary(`${name}: alt`) }));
  const [postId, publicationId] = [newId(now), newId(now)];
  await store.posts.save(workspaceId, {
    id: postId, authorId: userId, state: 'scheduled', content: { parts: [{ text: canary(`${name}: text`), media }] }, moment: { at: now, zone: 'Europe/Berlin', wall: '2026-11-24T10:00' },
    variants: [{ channelId, content: { parts: [{ text: canary(`${name}: own text`), media }] }, options: { word: canary(`${name}: option`) }, provider: 'mastodon', publicationId }],
    version: null, now,
  });
  if (ending === 'scheduled') return { postId, publicationId };
  if (ending === 'canceled') {
    await store.posts.cancel(workspaceId, postId, now);
    return { postId, publicationId };
  }
  await attempt(store, world, name, { publicationId, mediaIds }, 'later');
  if (ending !== 'publishing') await attempt(store, world, name, { publicationId, mediaIds }, ending);
  else await store.queue.claimDue({ boot: 'planted', now, until: Number.MAX_SAFE_INTEGER, limit: 1, attemptId: () => newId(now) });
  return { postId, publicationId };
}

async function attempt(
  store: Store, { clock, canary }: PromiseWorld, name: string, { publicationId, mediaIds }: { publicationId: string; mediaIds: readonly string[] }, ending: 'later' | 'published' | 'failed' | 'unconfirmed',
) {
  const now = clock.now();
  const claimed = (await store.queue.claimDue({ boot: 'planted', now, until: now + 60_000, limit: 100, attemptId: () => newId(now) })).find(({ publication }) => publication.id === publicationId);
  if (!claimed) throw new Error('the planted post could not be claimed');
  const { lease } = claimed;
  const media = mediaIds.map((mediaId) => ({ kind: 'image' as const, mediaId, alt: canary(`${name}: alt`), width: 1, height: 1 }));
  await store.queue.freeze(lease, {
    parts: [{ text: canary(`${name}: snapshot`), media }], options: { word: canary(`${name}: snapshot option`) }, frozenAt: now,
    target: { remoteId: 'place', handle: '', name: 'Place', url: null, limits: {} },
  });
  await store.journal.done(lease, 'upload', 'run', { said: canary(`${name}: result`) }, now);
  const failure = {
    kind: 'transient' as const, code: 'timeout', reached: true, message: `The network said ${canary(`${name}: message`)}`,
    evidence: { method: 'POST', url: 'https://example.org/', status: 500, body: canary(`${name}: evidence`), at: now },
  };
  if (ending === 'published') {
    await store.queue.settle(lease, {
      outcome: 'published', failure: null, change: { status: 'published', remoteId: canary(`${name}: remote id`), url: `https://example.org/${canary(`${name}: address`)}`, publishedAt: now },
    }, now);
  } else if (ending === 'later') {
    await store.queue.settle(lease, { outcome: 'later', failure, change: { status: 'scheduled', dueAt: now, reason: 'backing_off', failures: 1 } }, now);
  } else {
    await store.queue.settle(lease, { outcome: ending, failure, change: { status: ending } }, now);
  }
}
