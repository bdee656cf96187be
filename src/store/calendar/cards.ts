import { heldReasonOf, type HeldReason, type PublicationStatus, type WaitReason, type WorkspaceHold } from '../../domain/publication.ts';
import { excerptOf, postStatus, thumbOf, type Content, type PostState, type PostStatus } from '../../domain/post.ts';
import { heldChannels } from '../channels/standing.ts';
import type { Statements } from './statements.ts';

/** A post as calendars and lists show it: what they need and no more, for there are many. */
export interface PostCard {
  id: string;
  version: number;
  state: PostState;
  status: PostStatus;
  at: number | null;
  updatedAt: number;
  deletedAt: number | null;
  /** When its words and files were deleted, for their time was over. */
  contentDeletedAt: number | null;
  excerpt: string;
  /** The first picture or video, if any. */
  thumb: { id: string; alt: string } | null;
  /** Where it goes, in the order of the channels. */
  places: Place[];
  labelIds: string[];
  /** True while its time may be changed here: nothing of it has begun, and something waits or it is a draft. */
  movable: boolean;
}

export interface Place {
  channelId: string;
  /** Null in a draft. */
  status: PublicationStatus | null;
  /** Why it waits although its time has come, where it does. */
  reason: WaitReason | null;
  held: HeldReason | null;
  /** What the network or the engine said, where it went wrong. */
  message: string | null;
  publishedAt: number | null;
}

/** A row of `posts` that a card is made of. */
export interface CardRow { id: string; version: number; state: PostState; at: number | null; updatedAt: number; deletedAt: number | null; contentDeletedAt: number | null; content: string }
interface PlaceRow { postId: string; channelId: string; status: PublicationStatus | null; reason: WaitReason | null; begun: 0 | 1; message: string | null; publishedAt: number | null }

/** Its columns; `p` is what the query calls `posts`. */
export const rowOf = (p: string) => `${p}.id, ${p}.version, ${p}.state, ${p}.at, ${p}.updated_at updatedAt, ${p}.deleted_at deletedAt, ${p}.content_deleted_at contentDeletedAt, ${p}.content`;

/** Posts by their ids alone: the plus keeps SQLite from going through all that the workspace has. */
export const rowsByIds = `select ${rowOf('p')} from posts p where +p.workspace_id = ? and p.id in (select value from json_each(?))`;

/** The cards of these posts in their order; four short queries however many they are. */
export function cardsOf(run: Statements, workspaceId: string, ids: readonly string[]): PostCard[] {
  const rows = new Map(run<CardRow>(rowsByIds).all(workspaceId, JSON.stringify(ids)).map((row) => [row.id, row]));
  return cardsFrom(run, workspaceId, ids.flatMap((id) => rows.get(id) ?? []));
}

/** The cards of rows that were read, one for each. */
export function cardsFrom(run: Statements, workspaceId: string, rows: readonly CardRow[]): PostCard[] {
  if (rows.length === 0) return [];
  const list = JSON.stringify(rows.map(({ id }) => id));
  const places = Map.groupBy(run<PlaceRow>(`
    select v.post_id postId, v.channel_id channelId, q.status, q.reason, q.snapshot is not null begun, json_extract(q.failure, '$.message') message, q.published_at publishedAt
    from variants v join channels c on c.id = v.channel_id left join publications q on q.post_id = v.post_id and q.channel_id = v.channel_id
    where v.post_id in (select value from json_each(?)) order by c.created_at, c.id`).all(list), ({ postId }) => postId);
  const labels = Map.groupBy(run<{ postId: string; labelId: string }>(`
    select b.post_id postId, b.label_id labelId from post_labels b join labels l on l.id = b.label_id
    where b.post_id in (select value from json_each(?)) order by l.key`).all(list), ({ postId }) => postId);
  const held = heldIn(run, workspaceId);
  return rows.map((row) => cardOf(row, places.get(row.id) ?? [], (labels.get(row.id) ?? []).map(({ labelId }) => labelId), held));
}

function cardOf({ id, version, state, at, updatedAt, deletedAt, contentDeletedAt, content: json }: CardRow, rows: readonly PlaceRow[], labelIds: string[], held: Held): PostCard {
  const content = JSON.parse(json) as Content;
  const places = rows.map(({ channelId, status, reason, message, publishedAt }): Place => (
    { channelId, status, reason, message, publishedAt, held: status === 'scheduled' ? held(channelId) : null }));
  const publications = places.flatMap(({ status, reason, held: why }) => (status === null ? [] : [{ status, reason, held: why }]));
  const begun = rows.some((one) => one.begun === 1 || (one.status !== null && one.status !== 'scheduled' && one.status !== 'canceled'));
  const waits = state === 'draft' || publications.some(({ status }) => status === 'scheduled');
  return {
    id, version, state, at, updatedAt, deletedAt, contentDeletedAt, places, labelIds,
    excerpt: excerptOf(content), thumb: thumbOf(content), status: postStatus(state, publications),
    movable: deletedAt === null && contentDeletedAt === null && !begun && waits,
  };
}

type Held = (channelId: string) => HeldReason | null;

/** Why channels of a workspace are held, those that are. */
export function heldIn(run: Statements, workspaceId: string): Held {
  const hold = run<{ hold: WorkspaceHold | null }>("select case when frozen_at is not null then 'frozen' when unpaid_at is not null then 'unpaid' end hold from workspaces where id = ?").get(workspaceId)?.hold ?? null;
  if (hold !== null) return () => hold;
  const found = new Map(run<{ id: string; standing: string }>(heldChannels('?')).all(workspaceId).map(({ id, standing }) => [id, heldReasonOf(standing)]));
  return (channelId) => found.get(channelId) ?? null;
}
