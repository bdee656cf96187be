import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { beginConnecting } from '../../actions/channels/connect.ts';
import { disconnect, goingAlong } from '../../actions/channels/disconnect.ts';
import { removeChannel } from '../../actions/channels/manage.ts';
import { nextFreeMinute } from '../../actions/posts/next-free.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Channel } from '../../store/channels.ts';
import { holderOf } from '../policy.ts';
import { ApiError, missing, parsed } from './answers.ts';
import { mayRead, mayWrite, type ApiContext } from './context.ts';
import { trigger } from './schemas.ts';
import { rulesOf, settingsOf, toolsOf } from './settings.ts';
import { integrationOf } from './shapes.ts';

/** Channels, which Postiz calls integrations. */
export function channelCalls(server: FastifyInstance, context: ApiContext) {
  const { store, providers, publicUrl } = context;

  async function channelIn(request: FastifyRequest): Promise<{ channel: Channel; provider: Provider }> {
    const { id } = request.params as { id: string };
    const channel = await store.channels.get(holderOf(request).workspaceId, id);
    const provider = channel && providers.get(channel.provider);
    if (!channel || channel.removedAt !== null || !provider) throw missing('integration');
    return { channel, provider };
  }

  server.get('/is-connected', { config: mayRead }, async () => ({ connected: true }));

  server.get('/integrations', { config: mayRead }, async (request, _reply) => {
    const { workspaceId } = holderOf(request);
    const { group } = request.query as { group?: unknown };
    const groups = await store.groups.list(workspaceId);
    return (await store.channels.list(workspaceId)).filter(({ groupId }) => !group || groupId === group)
      .map((channel) => integrationOf(channel, providers.get(channel.provider), publicUrl, groups));
  });

  server.get('/groups', { config: mayRead }, async (request, _reply) => store.groups.list(holderOf(request).workspaceId));

  server.delete('/integrations/:id', { config: mayWrite }, async (request, _reply) => {
    const { channel, provider } = await channelIn(request);
    const holder = holderOf(request);
    const along = goingAlong(channel, await store.channels.list(holder.workspaceId), provider);
    if (along.length > 0) {
      throw new ApiError(409, t.sharesAccess(channel.name, along.map(({ name }) => name).join(', ')));
    }
    await disconnect(context, holder, channel.id);
    if (!(await removeChannel(context, holder, channel.id))) {
      throw new ApiError(409, t.stillSending(channel.name));
    }
    return { id: channel.id };
  });

  server.get('/integration-settings/:id', { config: mayRead }, async (request, _reply) => {
    const { channel, provider } = await channelIn(request);
    return { output: { rules: rulesOf(provider, channel), maxLength: channel.limits.text?.max ?? provider.capabilities.text.max, settings: settingsOf(provider), tools: toolsOf(provider) } };
  });

  server.post('/integration-trigger/:id', { config: mayRead }, async (request, _reply) => {
    const { channel, provider } = await channelIn(request);
    const { methodName } = parsed(trigger, request.body);
    const tool = toolsOf(provider).find((one) => one.methodName === methodName);
    if (!tool) {
      const known = toolsOf(provider).map((one) => one.methodName).join(', ');
      throw new ApiError(404, t.noTool(provider.name, methodName.slice(0, 60), known));
    }
    const asked = await context.ask(channel.workspaceId, channel, provider);
    if (asked.state === 'failed') throw new ApiError(424, asked.message);
    const choices = asked.state === 'answered' ? (asked.composing.choices?.[tool.field] ?? []) : [];
    return { output: choices.filter(({ value }) => value !== '').map(({ value, label }) => ({ id: value, name: label, value, label })) };
  });

  /** Where a person goes to connect: the network's consent page, or ours where something must be filled in first. */
  server.get('/social/:integration', { config: mayWrite }, async (request, _reply) => {
    const { integration } = request.params as { integration: string };
    const { refresh } = request.query as { refresh?: unknown };
    const holder = holderOf(request);
    const provider = providers.get(integration) ?? providers.all.find(({ dialect }) => dialect?.name === integration);
    if (!provider) throw new ApiError(400, t.networkUnknown(integration.slice(0, 60)));
    const before = typeof refresh === 'string' && refresh !== '' ? await store.channels.get(holder.workspaceId, refresh) : undefined;
    if (typeof refresh === 'string' && refresh !== '' && before?.provider !== provider.id) throw missing('integration');
    const reconnect = before ? (before.disconnectedAlone ? before.id : before.connectionId) : null;
    const page = `${publicUrl}/channels/connect/${provider.id}${reconnect ? `?reconnect=${reconnect}` : ''}`;
    if (provider.connect.kind !== 'oauth2' || provider.connect.fields.some(({ required }) => required)) return { url: page };
    const begun = await beginConnecting(context, holder, provider, {}, reconnect);
    if (!begun.ok) throw new ApiError(400, begun.problems.map(({ message }) => message).join(' '));
    return { url: begun.next === 'consent' ? begun.url : page };
  });

  const slot = async (request: FastifyRequest, _reply: FastifyReply) => {
    if ((request.params as { id?: string }).id !== undefined) await channelIn(request);
    return { date: `${await nextFreeMinute(context, holderOf(request), 'UTC')}:00` };
  };
  server.get('/find-slot', { config: mayRead }, slot);
  server.get('/find-slot/:id', { config: mayRead }, slot);
}
