import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { disconnect, disconnectUnused, type Ended } from '../../actions/channels/disconnect.ts';
import { putInGroups } from '../../actions/channels/groups.ts';
import { pauseChannel, removeChannel, renameChannel, resumeChannel } from '../../actions/channels/manage.ts';
import { createChannelPictures } from '../../actions/channels/picture.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Result } from '../../domain/result.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { connectRoutes } from './connect-routes.tsx';
import { failedRoutes } from './failed-routes.tsx';
import { groupRoutes } from './group-routes.tsx';
import { channelsPage } from './list-page.tsx';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const admin: { policy: Policy } = { policy: { member: 'admin' } };

export function channelRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;
  const pictures = createChannelPictures(context);
  const listPage = channelsPage(context);

  server.get('/channels/:id/picture', { config: see }, async (request, reply) => {
    const picture = await pictures(actorOf(request).workspaceId, idOf(request));
    if (!picture) return reply.callNotFound();
    return reply.type(picture.type).header('cache-control', 'private, max-age=3600').send(picture.bytes);
  });

  server.get('/channels', { config: see }, (request, reply) => listPage(request, reply));
  connectRoutes(server, context, listPage);
  groupRoutes(server, context);
  failedRoutes(server, context);

  const channelIn = async (request: FastifyRequest) => {
    const channel = await store.channels.get(actorOf(request).workspaceId, idOf(request));
    return channel?.removedAt === null ? channel : undefined;
  };

  /** What it is called here, and its group. */
  server.post('/channels/:id', { config: admin }, async (request, reply) => {
    const channel = await channelIn(request);
    if (!channel) return reply.callNotFound();
    const form = formOf(request.body);
    const name = form.one('name').slice(0, 200);
    const done = await renameChannel(context, actorOf(request), channel.id, name);
    if (!done.ok) return listPage(request, reply, [], { id: channel.id, name, problems: done.problems });
    if (form.has('group')) await putInGroups(context, actorOf(request), [{ channelId: channel.id, groupId: form.one('group') || null }]);
    flash(reply, t.renamed);
    return reply.redirect(`/channels#channel-${channel.id}`, 303);
  });

  const verb = (name: string, act: (context: WebContext, actor: Actor, id: string) => Promise<Result>, said: string) =>
    server.post(`/channels/:id/${name}`, { config: admin }, async (request: FastifyRequest, reply: FastifyReply) => {
      const channel = await channelIn(request);
      if (!channel) return reply.callNotFound();
      const done = await act(context, actorOf(request), channel.id);
      flash(reply, done.ok ? said : (done.problems[0]?.message ?? ''));
      const back = formOf(request.body).one('back');
      return reply.redirect(back === '' ? '/channels' : localPath(back), 303);
    });
  verb('pause', pauseChannel, t.isPaused);
  verb('resume', resumeChannel, t.isResumed);

  server.post('/channels/:id/disconnect', { config: admin }, async (request, reply) => {
    const channel = await store.channels.get(actorOf(request).workspaceId, idOf(request));
    if (!channel) return reply.callNotFound();
    const ended = await disconnect(context, actorOf(request), channel.id);
    flash(reply, endedText(ended ?? 'deleted', providers.get(channel.provider)?.name ?? channel.provider));
    return reply.redirect('/channels', 303);
  });

  /** An account of which no channel was chosen. */
  server.post('/channels/unused/:id/disconnect', { config: admin }, async (request, reply) => {
    const connection = await store.connections.get(actorOf(request).workspaceId, idOf(request));
    const ended = connection && (await disconnectUnused(context, actorOf(request), connection.id));
    if (!connection || !ended) return reply.callNotFound();
    flash(reply, endedText(ended, providers.get(connection.provider)?.name ?? connection.provider));
    return reply.redirect('/channels', 303);
  });

  server.post('/channels/:id/remove', { config: admin }, async (request, reply) => {
    const removed = await removeChannel(context, actorOf(request), idOf(request));
    flash(reply, removed ? t.removed : t.notRemoved);
    return reply.redirect('/channels', 303);
  });
}

function endedText(ended: Ended, network: string): string {
  switch (ended) {
    case 'parted': return t.parted;
    case 'revoked': return t.revoked(network);
    case 'shared': return t.shared(network);
    case 'deleted': return t.deleted;
  }
}
