import type { Visitor } from './app.ts';
import type { LabelColor } from '../domain/posts/label.ts';
import type { Content } from '../domain/post.ts';
import { momentOf } from '../domain/time/schedule.ts';
import { newId } from '../lib/ids.ts';
import { openSqlite, type Store } from '../store/index.ts';
import { seedChannel, type World } from './world.ts';

/** Whose calendar is filled. */
export interface Owner {
  userId: string;
  workspaceId: string;
}

export const zone = 'Europe/Berlin';

/** A place to publish of any network, with a grant that opens nothing. */
export async function seedPlace(store: Store, owner: Owner, provider: string, name: string): Promise<World> {
  return seedChannel(store, provider, { grant: { page: name }, target: { remoteId: name, name, handle: `@${name.toLowerCase().replaceAll(' ', '')}`, url: null, avatarUrl: null } }, owner);
}

export interface PostSeed {
  text: string;
  /** Wall time in `zone`; null for a draft without one. */
  wall: string | null;
  state?: 'draft' | 'scheduled' | 'canceled';
  labelIds?: readonly string[];
  mediaId?: string;
  /** What the picture is described by. */
  alt?: string;
}

/** A post on these channels, as it is saved. */
export async function seedAt(store: Store, { userId, workspaceId }: Owner, places: readonly { channelId: string; provider: string }[], seed: PostSeed): Promise<string> {
  const { text, wall, state = 'scheduled', labelIds = [], mediaId, alt = 'A picture' } = seed;
  const id = newId(Date.now());
  const content: Content = { parts: [{ text, media: mediaId ? [{ mediaId, alt }] : [] }] };
  const moment = wall === null ? null : momentOf(wall, zone);
  await store.posts.save(workspaceId, {
    id, authorId: userId, state: state === 'draft' ? 'draft' : 'scheduled', content, version: null, now: Date.now(), labelIds,
    moment: moment && { at: moment.at, zone, wall: moment.wall },
    variants: places.map(({ channelId, provider }) => ({ channelId, provider, content: null, options: {}, publicationId: newId(Date.now()) })),
  });
  if (state === 'canceled') await store.posts.cancel(workspaceId, id, Date.now());
  return id;
}

export async function seedLabel(store: Store, { workspaceId }: Owner, name: string, color: LabelColor): Promise<string> {
  const id = newId(Date.now());
  await store.labels.add(workspaceId, { id, name, color, createdAt: Date.now() });
  return id;
}

/** How a post ended, on all its channels unless one is told, written as the engine would have: `file` is the database. */
export function end(file: string, postId: string, status: 'published' | 'failed' | 'unconfirmed', message = '', channelId: string | null = null) {
  const sqlite = openSqlite(file);
  sqlite.prepare(`update publications set status = ?, snapshot = '{}', published_at = case when ? = 'published' then due_at end, failure = ? where post_id = ? and channel_id = coalesce(?, channel_id)`)
    .run(status, status, status === 'published' ? null : JSON.stringify({ kind: status === 'failed' ? 'rejected' : 'unsettled', code: 'x', message, fix: 'Change it.' }), postId, channelId);
  sqlite.close();
}

/** The date so many days from `date`, `YYYY-MM-DD`. */
export function plusDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * 24 * 3_600_000).toISOString().slice(0, 10);
}

/** Who signed up with an address, and the workspace that came with it. */
export async function ownerOf({ people }: Pick<Store, 'people'>, email = 'ada@example.org'): Promise<Owner> {
  const user = await people.userByEmail(email);
  const [workspace] = await people.workspacesOf(user?.id ?? '');
  if (!user || !workspace) throw new Error(`nobody signed up as ${email}`);
  return { userId: user.id, workspaceId: workspace.id };
}

/** Sends a form that must be taken, and gives the page that it leads to. */
export async function told(visit: Visitor, url: string, fields: Record<string, string | string[]>): Promise<string> {
  const answer = await visit.post(url, fields);
  const said = answer.body.match(/class="error">[^<]*/u)?.[0];
  if (answer.statusCode !== 303 || said !== undefined) throw new Error(`${url} answered ${answer.statusCode} ${said ?? ''}`);
  return (await visit.get(answer.headers.location ?? '')).body;
}
