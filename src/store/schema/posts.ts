import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, real, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Json } from '../../domain/json.ts';
import { imageTypes, videoTypes } from '../../domain/media.ts';
import type { Content } from '../../domain/post.ts';
import { flag, id, instant, isOneOf, json, oneOf } from '../columns.ts';
import { channels } from './channels.ts';
import { users, workspaces } from './people.ts';

export const posts = sqliteTable('posts', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  authorId: id().references(() => users.id, { onDelete: 'set null' }),
  state: oneOf(['draft', 'scheduled', 'canceled']).notNull(),
  content: json<Content>().notNull(),
  /** All that it says on whatever channel, as it is searched (`calendar/said.ts`); null in posts of older versions. */
  words: text(),
  /** The instant meant, with the zone and wall time the person chose; all null while there is no time. */
  at: instant(),
  zone: text(),
  wall: text(),
  /** Grows with each save: two editors cannot overwrite each other unseen. */
  version: integer().notNull(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
  /** When words and media of it were deleted, for their time was over; what is left is the record. */
  contentDeletedAt: instant(),
  /** Since when it lies in the bin; every read but the bin's own leaves it out. */
  deletedAt: instant(),
}, (t) => [
  index('posts_whole').on(t.updatedAt).where(sql`content_deleted_at is null and state <> 'draft'`),
  index('posts_author').on(t.authorId),
  // Whatever a calendar counts and orders by stands in the index: no row is read for what is not shown.
  index('posts_workspace_at').on(t.workspaceId, t.deletedAt, t.at, t.id),
  index('posts_workspace_updated').on(t.workspaceId, t.deletedAt, t.updatedAt, t.id),
  index('posts_deleted').on(t.deletedAt).where(sql`${t.deletedAt} is not null`),
  isOneOf('posts_state', t.state),
]);

export const variants = sqliteTable('variants', {
  postId: id().notNull().references(() => posts.id, { onDelete: 'cascade' }),
  channelId: id().notNull().references(() => channels.id, { onDelete: 'cascade' }),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  /** Null while the channel takes the post as it is. */
  content: json<Content>(),
  options: json<{ [key: string]: Json }>().notNull(),
}, (t) => [primaryKey({ columns: [t.postId, t.channelId] }), index('variants_channel').on(t.channelId), index('variants_workspace').on(t.workspaceId)]);

export const media = sqliteTable('media', {
  id: id().primaryKey(),
  workspaceId: id().notNull().references(() => workspaces.id, { onDelete: 'cascade' }),
  type: oneOf([...imageTypes, ...videoTypes]).notNull(),
  bytes: integer().notNull(),
  width: integer().notNull(),
  height: integer().notNull(),
  animated: flag().notNull(),
  /** Of a video; null for pictures, and where it could not be told (see `VideoFacts`). */
  durationMs: integer(),
  videoCodec: text(),
  audioCodec: text(),
  frameRate: real(),
  /** Of a video: when its still was made or last chosen; null while a tile stands for it, and for pictures. */
  posterAt: instant(),
  /** The file's name as uploaded, for people only. */
  name: text().notNull(),
  alt: text().notNull(),
  createdAt: instant().notNull(),
  /** When the last post that was published with it came to its end, once that post's content is deleted. */
  spentAt: instant(),
}, (t) => [index('media_spent').on(t.spentAt), index('media_workspace').on(t.workspaceId, t.createdAt), isOneOf('media_type', t.type)]);

/** Where a file is used; it cannot be deleted while this says so. */
export const postMedia = sqliteTable('post_media', {
  postId: id().notNull().references(() => posts.id, { onDelete: 'cascade' }),
  mediaId: id().notNull().references(() => media.id),
  workspaceId: id().notNull(),
}, (t) => [primaryKey({ columns: [t.postId, t.mediaId] }), index('post_media_media').on(t.mediaId)]);
