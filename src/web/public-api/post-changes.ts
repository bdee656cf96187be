import type { FastifyInstance, FastifyRequest } from 'fastify';
import { changeSettings, changeStatus } from '../../actions/dialect/change-post.ts';
import { attachRelease } from '../../actions/posts/settle.ts';
import type { Result } from '../../domain/result.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { joinIds, splitIds } from '../../lib/ids.ts';
import { holderOf } from '../policy.ts';
import { ApiError, missing, parsed, refusal } from './answers.ts';
import { mayRead, mayWrite, type ApiContext } from './context.ts';
import { release, settingsChange, statusChange } from './schemas.ts';
import { addressOf, integrationOf, listedOf, listedPost, type Going } from './shapes.ts';

const mostRecent = 20;

/** The post with the channel that `:id` names, or 404. */
export function meant({ store }: Pick<ApiContext, 'store'>) {
  return async (request: FastifyRequest, name = (request.params as { id: string }).id): Promise<Going> => {
    const { workspaceId } = holderOf(request);
    const [postId, channelId] = splitIds(name) ?? [];
    const post = postId === undefined ? undefined : await store.posts.get(workspaceId, postId);
    const variant = post?.variants.find((one) => one.channelId === channelId);
    const channel = variant && (await store.channels.get(workspaceId, variant.channelId));
    if (!post || !variant || !channel) throw missing('post');
    const publication = (await store.publications.ofPosts(workspaceId, [post.id])).get(post.id)?.find((one) => one.channelId === channel.id);
    return { post, variant, channel, publication };
  };
}

export function changeCalls(server: FastifyInstance, context: ApiContext) {
  const { store, providers, publicUrl } = context;
  const postOf = meant(context);

  async function settled<T extends object>(request: FastifyRequest, done: Result<T>): Promise<T> {
    if (done.ok) return done;
    const channels = await store.channels.list(holderOf(request).workspaceId);
    throw refusal(done.problems, new Map(channels.map((channel) => [channel.id, channel])), providers);
  }

  server.put('/posts/:id/status', { config: mayWrite }, async (request, _reply) => {
    const { status } = parsed(statusChange, request.body);
    const { post, channel } = await postOf(request);
    if (status !== (post.state === 'scheduled' ? 'schedule' : 'draft') || post.state === 'canceled') await settled(request, await changeStatus(context, holderOf(request), post, status));
    return { id: joinIds(post.id, channel.id), state: status === 'draft' ? 'DRAFT' : 'QUEUE' };
  });

  server.put('/posts/:id/settings', { config: mayWrite }, async (request, _reply) => {
    const { settings } = parsed(settingsChange, request.body);
    const { post, channel } = await postOf(request);
    await settled(request, await changeSettings(context, holderOf(request), post, channel.id, settings));
    return { postId: joinIds(post.id, channel.id), publishDate: post.at === null ? null : new Date(post.at).toISOString() };
  });

  server.put('/posts/:id/release-id', { config: mayWrite }, async (request, _reply) => {
    const { releaseId } = parsed(release, request.body);
    const { publication } = await postOf(request);
    if (!publication) throw new ApiError(400, t.stillDraft);
    await settled(request, await attachRelease(context, holderOf(request), publication.id, releaseId));
    const now = await postOf(request);
    return listedPost(listedOf(now), integrationOf(now.channel, providers.get(now.channel.provider), publicUrl), publicUrl);
  });

  /** What could be it. Networks outside are not asked what people have there: Post Master may publish and nothing else. */
  server.get('/posts/:id/missing', { config: mayRead }, async (request, _reply) => {
    const { channel } = await postOf(request);
    if (!providers.get(channel.provider)?.local) return [];
    const entries = await store.local.ofChannel(channel.workspaceId, channel.id, mostRecent);
    return entries.map(({ key }) => ({ id: key, url: addressOf(`${channel.url ?? ''}#${key}`, publicUrl) }));
  });
}
