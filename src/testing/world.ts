import type { Json } from '../domain/json.ts';
import type { Content } from '../domain/post.ts';
import { newId } from '../lib/ids.ts';
import type { Target } from '../providers/contract.ts';
import { sampleBytes } from '../providers/fake/io.ts';
import type { VideoSample } from '../providers/subject.ts';
import type { Store } from '../store/index.ts';

export interface World {
  userId: string;
  workspaceId: string;
  connectionId: string;
  channelId: string;
}

/** 2026-11-24 09:00 UTC: where fake clocks start. */
export const start = Date.UTC(2026, 10, 24, 9);

export interface FakeClock {
  now: () => number;
  advance: (ms: number) => void;
  set: (at: number) => void;
}

export function fakeClock(at = start): FakeClock {
  let time = at;
  return { now: () => time, advance: (ms) => { time += ms; }, set: (next) => { time = next; } };
}

/** A person with a workspace. */
export async function seedPerson(store: Store, now = start, email = `${newId(now)}@example.org`): Promise<Pick<World, 'userId' | 'workspaceId'>> {
  const userId = newId(now);
  const workspaceId = newId(now);
  await store.people.signUp(
    { id: userId, name: 'Ada', email, passwordHash: 'x', createdAt: now },
    { id: workspaceId, name: 'Ada', zone: 'Europe/Berlin', createdAt: now }, false,
  );
  return { userId, workspaceId };
}

/** A channel of `provider`, connected with `grant`, for a person (a new one unless given). */
export async function seedChannel(
  store: Store, provider: string, account: { grant: Json; target: Target; channelId?: string }, person?: Pick<World, 'userId' | 'workspaceId'>,
): Promise<World> {
  const { userId, workspaceId } = person ?? (await seedPerson(store));
  const { grant, target, channelId = newId(start) } = account;
  const connection = await store.connections.connect(workspaceId, {
    id: newId(start), provider, accountId: target.remoteId, accountName: target.name, grant, expiresAt: null, now: start,
  });
  await store.channels.put(workspaceId, [{
    id: channelId, connectionId: connection.id, provider, remoteId: target.remoteId, name: target.name, handle: target.handle,
    url: target.url, avatarUrl: target.avatarUrl, limits: target.limits ?? {}, createdAt: start,
  }]);
  return { userId, workspaceId, connectionId: connection.id, channelId };
}

/** A picture's row, without its file. */
export async function seedMedia(store: Store, workspaceId: string, now = start, name = 'dot.png'): Promise<string> {
  const id = newId(now);
  await store.media.add({
    id, workspaceId, type: 'image/png', bytes: 100, width: 1, height: 1, animated: false, name, alt: '', createdAt: now,
    durationMs: null, videoCodec: null, audioCodec: null, frameRate: null, posterAt: null,
  });
  return id;
}

/** A video's row, without its file; what it consists of is `sampleBytes`. */
export async function seedVideo(
  store: Store, workspaceId: string, { width = 720, height = 1280, durationMs = 15_000, bytes = sampleBytes.length }: Omit<VideoSample, 'alt'> = {}, now = start,
): Promise<string> {
  const id = newId(now);
  await store.media.add({
    id, workspaceId, type: 'video/mp4', bytes, width, height, animated: false, name: 'clip.mp4', alt: '', createdAt: now,
    durationMs, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30, posterAt: null,
  });
  return id;
}

/** A post scheduled on one channel; gives the id of its publication. */
export async function seedPost(
  store: Store, { userId, workspaceId, channelId }: World, provider: string, content: Content, options: { [key: string]: Json } = {}, at = start,
): Promise<{ postId: string; publicationId: string }> {
  const postId = newId(at);
  const publicationId = newId(at);
  await store.posts.save(workspaceId, {
    id: postId, authorId: userId, state: 'scheduled', content, moment: { at, zone: 'Europe/Berlin', wall: '2026-11-24T10:00' },
    variants: [{ channelId, content: null, options, provider, publicationId }], version: null, now: at,
  });
  return { postId, publicationId };
}
