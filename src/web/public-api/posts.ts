import type { FastifyInstance, FastifyRequest } from 'fastify';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { deletePost } from '../../actions/posts/bin.ts';
import { cancelPost } from '../../actions/posts/settle.ts';
import { promisePost } from '../../actions/dialect/promise.ts';
import { writePost, type Entry, type EntryPart } from '../../actions/dialect/write-post.ts';
import { isId, joinIds, splitIds } from '../../lib/ids.ts';
import type { Post } from '../../store/posts.ts';
import { holderOf } from '../policy.ts';
import { ApiError, missing, parsed, refusal } from './answers.ts';
import { mayRead, mayWrite, type ApiContext } from './context.ts';
import { creation, instantOf, range, type Creation } from './schemas.ts';
import { integrationOf, listedPost, type ListedPost } from './shapes.ts';

/** Most posts that one list holds: Postiz has no pages, and nothing may be left out unsaid. */
const mostListed = 10_000;

export function postCalls(server: FastifyInstance, context: ApiContext) {
  const { store, providers, publicUrl } = context;

  server.get('/posts', { config: mayRead }, async (request, _reply) => {
    const { workspaceId } = holderOf(request);
    const { startDate, endDate, customer } = parsed(range, request.query);
    const [from, to] = [instantOf(startDate), instantOf(endDate)];
    if (from === null || to === null) throw new ApiError(400, t.notATime(from === null ? 'startDate' : 'endDate'));
    if (customer) return { posts: [] };
    const rows = await store.listing.between(workspaceId, Date.parse(from), Date.parse(to) + 1, mostListed + 1);
    if (rows.length > mostListed) throw new ApiError(400, t.tooManyListed(mostListed));
    const channels = new Map((await store.channels.list(workspaceId)).map((channel) => [channel.id, integrationOf(channel, providers.get(channel.provider), publicUrl)]));
    return { posts: rows.flatMap((row): ListedPost[] => {
      const integration = channels.get(row.channelId);
      return integration ? [listedPost(row, integration, publicUrl)] : [];
    }) };
  });

  server.post('/posts', { config: { ...mayWrite, makesPosts: true } }, async (request, reply) => {
    const holder = holderOf(request);
    const sent = parsed(creation, request.body);
    const named = request.headers['idempotency-key'];
    if (typeof named !== 'string' || named.trim() === '') return reply.code(201).send(await create(request, sent, null));
    const promised = await promisePost(context, holder, named, sent);
    switch (promised.state) {
      case 'other': throw new ApiError(422, t.keyOfOtherPost);
      case 'deleted': throw new ApiError(409, t.keyOfDeletedPost);
      case 'made': return reply.code(201).send(madeOf(promised.postId, sent));
      case 'new': {
        const made = await create(request, sent, promised.postId).catch(async (error: unknown) => {
          // The same call was faster: it is made.
          if (await store.posts.get(holder.workspaceId, promised.postId)) return madeOf(promised.postId, sent);
          throw error;
        });
        await store.keys.kept(holder.workspaceId, promised.name, context.now());
        return reply.code(201).send(made);
      }
    }
  });

  async function create(request: FastifyRequest, sent: Creation, postId: string | null) {
    const holder = holderOf(request);
    if (sent.inter !== undefined && sent.inter !== null && sent.inter > 0) {
      throw new ApiError(400, t.noRepeats);
    }
    const target = await targetOf(request, sent);
    if (sent.type === 'update' && !target) throw new ApiError(404, t.nothingToUpdate);
    const intent = sent.type === 'update' ? (target?.state === 'scheduled' ? 'schedule' as const : 'draft' as const) : sent.type;
    const at = instantOf(sent.date ?? '') ?? '';
    const kept = sent.type === 'update' && !sent.date && target?.at ? new Date(target.at).toISOString() : at;
    if (kept === '' && (intent === 'schedule' || (sent.date ?? '') !== '') && intent !== 'now') throw new ApiError(400, t.notATime('date'));
    if (target) together(target, sent, intent, kept);
    const workspace = await store.people.workspace(holder.workspaceId);
    const [first, ...rest] = sent.posts.map(entryOf);
    if (!workspace || !first) throw new ApiError(400, t.channelMissing);
    const written = await writePost(context, holder, { intent, at: kept, zone: workspace.zone, entries: [first, ...rest], target, postId });
    if (written.ok) return madeOf(written.postId, sent);
    throw refusal(written.problems, new Map((await store.channels.list(holder.workspaceId)).map((channel) => [channel.id, channel])), providers);
  }

  /** The post that is changed, by the id of one of its channels' parts or as a whole; others' ids are nobody's. */
  async function targetOf(request: FastifyRequest, { posts }: Creation): Promise<Post | null> {
    const ids = posts.flatMap(({ group, value }) => [group, value[0]?.id]).flatMap((name) => splitIds(name)?.[0] ?? (isId(name) ? name : []));
    const found = (await Promise.all([...new Set(ids)].map((id) => store.posts.get(holderOf(request).workspaceId, id)))).filter((post) => post !== undefined);
    if (found.length > 1) throw new ApiError(400, t.differentPosts);
    return found[0] ?? null;
  }

  async function removed(request: FastifyRequest, postId: string) {
    const holder = holderOf(request);
    const post = await store.posts.get(holder.workspaceId, postId);
    if (!post) throw missing('post');
    const id = (request.params as { id?: string }).id ?? postId;
    if ((await deletePost(context, holder, postId)).ok) return { id };
    // What has begun stays on record; what waits elsewhere is stopped.
    if ((await cancelPost(context, holder, postId)).ok) return { id, message: t.deletedWhatWaited };
    throw new ApiError(409, t.outStays);
  }
  server.delete('/posts/:id', { config: mayWrite }, async (request, _reply) => {
    const { id } = request.params as { id: string };
    return removed(request, splitIds(id)?.[0] ?? id);
  });
  server.delete('/posts/group/:group', { config: mayWrite }, async (request, _reply) => removed(request, (request.params as { group: string }).group));
}

/** Channels of one post share its time: one of them cannot be moved by itself. */
function together(target: Post, { posts }: Creation, intent: 'draft' | 'schedule' | 'now', at: string) {
  const others = target.variants.filter(({ channelId }) => !posts.some(({ integration }) => integration.id === channelId)).length;
  if (others === 0) return;
  const moves = (intent === 'draft') !== (target.state === 'draft') || intent === 'now' || Date.parse(at) !== target.at;
  if (moves) throw new ApiError(400, t.manyChannels(target.variants.length));
}

function entryOf({ integration, value, settings }: Creation['posts'][number]): Entry {
  const [first, ...rest] = value.map(({ content, image, delay }): EntryPart => ({
    html: content ?? '', delay: delay ?? 0, files: (image ?? []).map(({ id, path, alt }) => ({ id: id ?? undefined, path: path ?? undefined, alt })),
  }));
  return { channelId: integration.id, settings: settings ?? {}, parts: [first ?? { html: '', delay: 0, files: [] }, ...rest] };
}

function madeOf(postId: string, { posts }: Creation) {
  return posts.map(({ integration }) => ({ postId: joinIds(postId, integration.id), integration: integration.id }));
}
