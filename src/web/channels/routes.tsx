import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginConnecting, finishConnecting, missingSetting } from '../../actions/channels/connect.ts';
import { createChannelPictures } from '../../actions/channels/picture.ts';
import { disconnect, disconnectUnused, type Ended } from '../../actions/channels/disconnect.ts';
import { noRoomFor, putChannels, targetsOf, type Kept } from '../../actions/channels/keep-connected.ts';
import type { Problem } from '../../domain/limits.ts';
import { ProviderError, type Field, type Provider, type Target } from '../../providers/contract.ts';
import { setupsOf } from '../../providers/setups.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { allowFormsToNetworks } from '../headers.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { ChannelList, ConnectForm, LinkCode, PickTargets } from './pages.tsx';

const see: { policy: Policy } = { policy: { member: 'viewer' } };
const admin: { policy: Policy } = { policy: { member: 'admin' } };

export function channelRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;
  const pictures = createChannelPictures(context);

  async function listPage(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[] = []) {
    const { workspaceId, operator } = actorOf(request);
    const channels = await store.channels.list(workspaceId);
    const connections = await store.connections.list(workspaceId);
    const ready = providers.all.filter((provider) => missingSetting(context, provider) === undefined);
    const toSetUp = operator ? setupsOf(providers).filter((group) => !group.providers.some((provider) => ready.includes(provider))) : [];
    const unused = connections.filter(({ id, status }) => status !== 'revoked' && !channels.some(({ connectionId }) => connectionId === id));
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: 'Channels', current: '/channels', status: problems.length > 0 ? 422 : 200,
      body: (page) => <ChannelList channels={channels} unused={unused} providers={providers} ready={ready} toSetUp={toSetUp} page={page} problems={problems} />,
    });
  }

  async function formPage(request: FastifyRequest, reply: FastifyReply, provider: Provider, typed: Record<string, string>, problems: readonly Problem[]) {
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: `Connect ${provider.name}`, current: '/channels', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => <ConnectForm provider={provider} fields={fieldsOf(provider)} typed={typed} problems={problems} csrf={csrf} />,
    });
  }

  const afterConnecting = (reply: FastifyReply, provider: Provider, kept: Kept) => {
    if (kept.targets > 1) return reply.redirect(`/channels/pick/${kept.connectionId}`, 303);
    flash(reply, `${provider.name} is connected.`);
    return reply.redirect('/channels', 303);
  };

  server.get('/channels/:id/picture', { config: see }, async (request, reply) => {
    const picture = await pictures(actorOf(request).workspaceId, idOf(request));
    if (!picture) return reply.callNotFound();
    return reply.type(picture.type).header('cache-control', 'private, max-age=3600').send(picture.bytes);
  });

  server.get('/channels', { config: see }, (request, reply) => listPage(request, reply));

  server.get('/channels/connect/:provider', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const { reconnect } = request.query as { reconnect?: unknown };
    return formPage(request, reply, provider, typeof reconnect === 'string' ? { reconnect } : {}, []);
  });

  server.post('/channels/connect/:provider', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const form = formOf(request.body);
    const fields = fieldsOf(provider);
    const reconnect = form.one('reconnect');
    // Begun from the list: first the form, where there is something that must be filled in.
    if (fields.some(({ required }) => required) && !fields.some(({ name }) => form.has(name))) {
      return reply.redirect(`/channels/connect/${provider.id}${reconnect ? `?reconnect=${encodeURIComponent(reconnect)}` : ''}`, 303);
    }
    const input = Object.fromEntries(fields.map(({ name }) => [name, form.one(name).slice(0, 2_000)]));
    const missing = fields.filter(({ name, required }) => required && input[name]?.trim() === '').map(({ name, label }) => ({ field: name, message: `${label} is missing.` }));
    const begun = missing.length > 0 ? { ok: false as const, problems: missing } : await beginConnecting(context, actorOf(request), provider, input, reconnect || null);
    if (!begun.ok) return fields.length > 0 ? formPage(request, reply, provider, { ...withoutSecrets(input, fields), reconnect }, begun.problems) : listPage(request, reply, begun.problems);
    switch (begun.next) {
      case 'consent':
        return reply.redirect(begun.url, 303);
      case 'connected':
        return afterConnecting(reply, provider, begun.kept);
      case 'code':
        return sendPage(context, request, reply, {
          title: `Connect ${provider.name}`, current: '/channels', body: () => <LinkCode provider={provider} code={begun.code} bot={begun.bot} />,
        });
    }
  });

  server.get('/integrations/social/:provider', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const { state, code, error, error_description: description } = request.query as Record<string, unknown>;
    if (typeof state !== 'string' || typeof code !== 'string') {
      const told = [description, error].find((text) => typeof text === 'string');
      return listPage(request, reply, [{ field: '', message: `${provider.name} did not connect${typeof told === 'string' ? `: ${told.slice(0, 200)}` : ''}. Begin again when you are ready.` }]);
    }
    const finished = await finishConnecting(context, actorOf(request), provider, { state, code });
    return finished.ok ? afterConnecting(reply, provider, finished) : listPage(request, reply, finished.problems);
  });

  async function pickPage(request: FastifyRequest, reply: FastifyReply, chosen: readonly string[] | null) {
    const { workspaceId, userId } = actorOf(request);
    const connection = await store.connections.get(workspaceId, idOf(request));
    const provider = connection && providers.get(connection.provider);
    if (!connection || !provider) return reply.callNotFound();
    let targets: Target[];
    try {
      targets = await targetsOf(context, workspaceId, provider, connection);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return listPage(request, reply, [{ field: '', message: `${provider.name}: ${error.failure.message}` }]);
    }
    const picked = targets.filter(({ remoteId }) => chosen?.includes(remoteId));
    const full = await noRoomFor(context, workspaceId, provider, picked);
    if (picked.length > 0 && !full) {
      await putChannels(context, workspaceId, provider, connection.id, picked, userId);
      flash(reply, picked.length === 1 ? 'The channel is ready.' : `${picked.length} channels are ready.`);
      return reply.redirect('/channels', 303);
    }
    const problems = chosen === null ? [] : [full ? { ...full, field: 'target' } : { field: 'target', message: 'Choose at least one.' }];
    return sendPage(context, request, reply, {
      title: `Choose from ${provider.name}`, current: '/channels', status: chosen === null ? 200 : 422,
      body: ({ csrf }) => <PickTargets connection={connection} provider={provider} targets={targets} problems={problems} csrf={csrf} />,
    });
  }
  server.get('/channels/pick/:id', { config: admin }, (request, reply) => pickPage(request, reply, null));
  server.post('/channels/pick/:id', { config: admin }, (request, reply) => pickPage(request, reply, formOf(request.body).many('target')));

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
    const removed = await store.channels.remove(actorOf(request).workspaceId, idOf(request), context.now(), actorOf(request).userId);
    flash(reply, removed ? 'Removed. What was published stays on record.' : 'Disconnect the channel first, and let what is being sent end.');
    return reply.redirect('/channels', 303);
  });
}

function endedText(ended: Ended, network: string): string {
  switch (ended) {
    case 'parted': return 'Disconnected. Its part of the access is deleted here; the other channels of this account stay.';
    case 'revoked': return `Disconnected. The access is deleted here and revoked at ${network}.`;
    case 'shared': return `Disconnected. The access is deleted here. It stays allowed at ${network}, because the same account is connected on this instance once more.`;
    case 'deleted': return 'Disconnected. The access is deleted here.';
  }
}

function providerOf({ providers }: WebContext, request: FastifyRequest): Provider | undefined {
  return providers.get((request.params as { provider: string }).provider);
}

function fieldsOf({ connect }: Provider): readonly Field[] {
  return connect.kind === 'form' || connect.kind === 'oauth2' ? connect.fields : [];
}

function withoutSecrets(input: Record<string, string>, fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(fields.filter(({ kind }) => kind !== 'password').map(({ name }) => [name, input[name] ?? '']));
}
