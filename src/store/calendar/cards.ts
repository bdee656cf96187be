import { heldReasonOf, type HeldReason, type PublicationStatus, type WaitReason, type WorkspaceHold } from '../../domain/publication.ts';
import { excerptOf, postStatus, thumbOf, type Content, type PostState, type PostStatus } from '../../domain/post.ts';
import { heldChannels } from '../standing.ts';
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

interface Row { id: string; version: number; state: PostState; at: number | null; updatedAt: number; deletedAt: number | null; contentDeletedAt: number | null; content: string }
interface PlaceRow { postId: string; channelId: string; status: PublicationStatus | null; reason: WaitReason | null; begun: 0 | 1; message: string | null; publishedAt: number | null }

const columns = 'id, version, state, at, updated_at updatedAt, deleted_at deletedAt, content_deleted_at contentDeletedAt, content';

/** The cards of these posts in their order; four short queries however many they are. */
export function cardsOf(run: Statements, workspaceId: string, ids: readonly string[]): PostCard[] {
  if (ids.length === 0) return [];
  const list = JSON.stringify(ids);
  // By their ids alone: the plus keeps SQLite from going through all that the workspace has.
  const rows = new Map(run<Row>(`select ${columns} from posts where +workspace_id = ? and id in (select value from json_each(?))`).all(workspaceId, list).map((row) => [row.id, row]));
  const places = Map.groupBy(run<PlaceRow>(`
    select v.post_id postId, v.channel_id channelId, q.status, q.reason, q.snapshot is not null begun, json_extract(q.failure, '$.message') message, q.published_at publishedAt
    from variants v join channels c on c.id = v.channel_id left join publications q on q.post_id = v.post_id and q.channel_id = v.channel_id
    where v.post_id in (select value from json_each(?)) order by c.created_at, c.id`).all(list), ({ postId }) => postId);
  const labels = Map.groupBy(run<{ postId: string; labelId: string }>(`
    select b.post_id postId, b.label_id labelId from post_labels b join labels l on l.id = b.label_id
    where b.post_id in (select value from json_each(?)) order by l.key`).all(list), ({ postId }) => postId);
  const held = heldIn(run, workspaceId);
  return ids.flatMap((id) => {
    const row = rows.get(id);
    return row ? [cardOf(row, places.get(id) ?? [], (labels.get(id) ?? []).map(({ labelId }) => labelId), held)] : [];
  });
}

function cardOf({ content: json, ...row }: Row, rows: readonly PlaceRow[], labelIds: string[], held: Held): PostCard {
  const content = JSON.parse(json) as Content;
  const places = rows.map(({ channelId, status, reason, message, publishedAt }): Place => (
    { channelId, status, reason, message, publishedAt, held: status === 'scheduled' ? held(channelId) : null }));
  const publications = places.flatMap(({ status, reason, held: why }) => (status === null ? [] : [{ status, reason, held: why }]));
  const begun = rows.some((one) => one.begun === 1 || (one.status !== null && one.status !== 'scheduled' && one.status !== 'canceled'));
  const waits = row.state === 'draft' || publications.some(({ status }) => status === 'scheduled');
  return {
    ...row, places, labelIds, excerpt: excerptOf(content), thumb: thumbOf(content), status: postStatus(row.state, publications),
    movable: row.deletedAt === null && row.contentDeletedAt === null && !begun && waits,
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
