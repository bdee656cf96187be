import type { Content } from '../../domain/post.ts';
import type { Db } from '../db.ts';
import { statementsOf } from './statements.ts';

/** A post that stands near another in time on one channel. */
export interface Twin {
  postId: string;
  channelId: string;
  at: number;
}

export interface TwinsAsked {
  /** The post that is being written, which is no twin of itself. */
  postId: string | null;
  channelId: string;
  at: number;
}

/** Other posts of the workspace that this one would double or crowd. Drafts and canceled ones crowd nobody. */
export function twinsStore(db: Db) {
  const run = statementsOf(db);
  const near = `
    from posts p join variants v on v.post_id = p.id and v.channel_id = @channel
    where p.workspace_id = @workspace and p.deleted_at is null and p.at >= @from and p.at <= @to and p.state = 'scheduled' and p.id is not @post
      and exists (select 1 from publications q where q.post_id = p.id and q.channel_id = @channel and q.status not in ('canceled', 'failed'))`;
  const named = (workspaceId: string, { postId, channelId, at }: TwinsAsked, within: number) => ({ workspace: workspaceId, channel: channelId, post: postId, from: at - within, to: at + within });

  return {
    /** The nearest other post on the channel within so many ms of the time. */
    async beside(workspaceId: string, asked: TwinsAsked, within: number): Promise<Twin | undefined> {
      const found = run<{ postId: string; at: number }>(`select p.id postId, p.at at ${near} order by abs(p.at - @at), p.id limit 1`).get({ ...named(workspaceId, asked, within), at: asked.at });
      return found && { ...found, channelId: asked.channelId };
    },

    /** The nearest other post that says the same on the channel within so many ms; whoever says nothing doubles nobody. */
    async saying(workspaceId: string, content: Content, asked: TwinsAsked, within: number): Promise<Twin | undefined> {
      const words = wordsOf(content);
      if (words === '') return undefined;
      const first = content.parts.find(({ text }) => text.trim() !== '')?.text.trim().split(/\s/u, 1)[0] ?? '';
      // Most that does not begin so is left aside before anything is parsed.
      const rows = run<{ postId: string; at: number; content: string }>(`
        select p.id postId, p.at at, coalesce(v.content, p.content) content ${near} and instr(coalesce(v.content, p.content), @first) > 0 order by abs(p.at - @at), p.id limit 2000`).all({ ...named(workspaceId, asked, within), at: asked.at, first: JSON.stringify(first).slice(1, -1) });
      const twin = rows.find((row) => wordsOf(JSON.parse(row.content) as Content) === words);
      return twin && { postId: twin.postId, at: twin.at, channelId: asked.channelId };
    },
  };
}

/** What a post says, without what does not make it another: space, and where its parts end. */
function wordsOf({ parts }: Content): string {
  return parts.map(({ text }) => text).join(' ').replaceAll(/\s+/gu, ' ').trim();
}
