import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginConnecting, codeBegun, finishConnecting, type CodeBegun } from '../../actions/channels/connect.ts';
import { noRoomFor, putChannels, targetsOf, type Kept } from '../../actions/channels/keep-connected.ts';
import type { Problem } from '../../domain/limits.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import { ProviderError, type Field, type Provider, type Target } from '../../providers/contract.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { allowFormsToNetworks } from '../headers.ts';
import { flash, sendPage } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { listText } from '../words/words.ts';
import { ConnectForm, LinkCode, PickTargets } from './connect-pages.tsx';
import type { SendChannels } from './list-page.tsx';

const admin: { policy: Policy } = { policy: { member: 'admin' } };
const list = '/channels';

/** Connecting and connecting again, by consent, form or bot; whoever came from another page of ours ends there. */
export function connectRoutes(server: FastifyInstance, context: WebContext, listPage: SendChannels) {
  const { store, providers } = context;

  async function formPage(request: FastifyRequest, reply: FastifyReply, provider: Provider, typed: Record<string, string>, problems: readonly Problem[]) {
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: t.connectTitle(provider.name), current: list, status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => <ConnectForm provider={provider} fields={fieldsOf(provider)} typed={typed} problems={problems} csrf={csrf} />,
    });
  }

  const codePage = (request: FastifyRequest, reply: FastifyReply, provider: Provider, code: string, bot: CodeBegun['bot'], note: string | null) => sendPage(context, request, reply, {
    title: t.connectTitle(provider.name), current: list, body: ({ csrf }) => <LinkCode provider={provider} code={code} bot={bot} note={note} csrf={csrf} />,
  });

  async function afterConnecting(request: FastifyRequest, reply: FastifyReply, provider: Provider, kept: Kept, back: string | null) {
    if (kept.targets > 1) return reply.redirect(`/channels/pick/${kept.connectionId}${back ? `?back=${encodeURIComponent(back)}` : ''}`, 303);
    flash(reply, kept.again ? await backText(actorOf(request).workspaceId, kept.connectionId, provider) : t.isConnected(provider.name));
    return reply.redirect(back ?? list, 303);
  }

  /** Who is back, and what of theirs goes on. */
  async function backText(workspaceId: string, connectionId: string, provider: Provider): Promise<string> {
    const names = (await store.channels.ofConnection(workspaceId, connectionId)).filter(({ disconnectedAlone }) => !disconnectedAlone).map(({ name }) => name);
    const { due, tooLate, later } = await store.channelLives.waiting(workspaceId, connectionId, context.now());
    const shown = names.slice(0, 4);
    return [t.isBack(shown.length > 0 && shown.length === names.length ? listText(names) : provider.name, names.length < 2 || shown.length < names.length), t.heldGoOn(due, later), t.heldTooLate(tooLate)].filter((text) => text !== '').join(' ');
  }

  /** What went wrong, and the way back to where somebody came from. */
  const withWayBack = (problems: readonly Problem[], back: string | null): Problem[] =>
    problems.map((problem, n) => (n === 0 && back !== null && back !== list ? { ...problem, link: { href: back, label: t.backThere } } : problem));

  server.get('/channels/connect/:provider', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const { reconnect, back } = request.query as { reconnect?: unknown; back?: unknown };
    return formPage(request, reply, provider, { ...(typeof reconnect === 'string' && { reconnect }), ...(typeof back === 'string' && { back: localPath(back) }) }, []);
  });

  server.post('/channels/connect/:provider', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const form = formOf(request.body);
    const fields = fieldsOf(provider);
    const reconnect = form.one('reconnect').slice(0, 100);
    const back = form.one('back') === '' ? null : localPath(form.one('back').slice(0, 500));
    // Begun from a list or a card: first the form, where there is something that must be filled in.
    if (fields.some(({ required }) => required) && !fields.some(({ name }) => form.has(name))) {
      const query = new URLSearchParams({ ...(reconnect && { reconnect }), ...(back && { back }) });
      return reply.redirect(`/channels/connect/${provider.id}${query.size > 0 ? `?${query}` : ''}`, 303);
    }
    const input = Object.fromEntries(fields.map(({ name }) => [name, form.one(name).slice(0, 2_000)]));
    const missing = fields.filter(({ name, required }) => required && input[name]?.trim() === '').map(({ name, label }) => ({ field: name, message: t.fieldMissing(label) }));
    const begun = missing.length > 0 ? { ok: false as const, problems: missing } : await beginConnecting(context, actorOf(request), provider, input, reconnect || null, back);
    if (!begun.ok) {
      return fields.length > 0 ? formPage(request, reply, provider, { ...withoutSecrets(input, fields), reconnect, ...(back && { back }) }, begun.problems) : listPage(request, reply, withWayBack(begun.problems, back));
    }
    switch (begun.next) {
      case 'consent':
        return reply.redirect(begun.url, 303);
      case 'connected':
        return afterConnecting(request, reply, provider, begun.kept, back);
      case 'code':
        return codePage(request, reply, provider, begun.code, begun.bot, null);
    }
  });

  /** Somebody says that they have told the bot; what it heard decides. */
  server.post('/channels/connect/:provider/said', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const code = formOf(request.body).one('code').slice(0, 100);
    const begun = await codeBegun(context, actorOf(request), provider, code);
    if (!begun) return listPage(request, reply, [{ field: '', message: t.codeGone }]);
    if (!begun.used) return codePage(request, reply, provider, code, begun.bot, t.codeWaiting);
    const { workspaceId } = actorOf(request);
    const channel = begun.reconnect === null ? undefined : await store.channels.get(workspaceId, begun.reconnect);
    flash(reply, begun.reconnect === null ? t.isConnected(provider.name) : await backText(workspaceId, channel?.connectionId ?? begun.reconnect, provider));
    return reply.redirect(begun.back ?? list, 303);
  });

  server.get('/integrations/social/:provider', { config: admin }, async (request, reply) => {
    const provider = providerOf(context, request);
    if (!provider) return reply.callNotFound();
    const { state, code, error, error_description: description } = request.query as Record<string, unknown>;
    if (typeof state !== 'string') return listPage(request, reply, [{ field: '', message: t.saidNo(provider.name) }]);
    const finished = await finishConnecting(context, actorOf(request), provider, { state, code: typeof code === 'string' ? code : null });
    if (finished.ok) return afterConnecting(request, reply, provider, finished, finished.back);
    const told = [description, error].find((text) => typeof text === 'string');
    const problems = typeof code === 'string' || typeof told !== 'string' ? finished.problems : [{ field: '', message: t.saidNoBecause(provider.name, told.slice(0, 200)) }];
    return listPage(request, reply, withWayBack(problems, finished.back));
  });

  async function pickPage(request: FastifyRequest, reply: FastifyReply, asked: { ids: readonly string[]; all: boolean } | null, back: string) {
    const { workspaceId, userId } = actorOf(request);
    const connection = await store.connections.get(workspaceId, idOf(request));
    const provider = connection && providers.get(connection.provider);
    if (!connection || !provider) return reply.callNotFound();
    let targets: Target[];
    try {
      targets = await targetsOf(context, workspaceId, provider, connection);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return listPage(request, reply, [{ field: '', message: t.said(provider.name, error.failure.message) }]);
    }
    const picked = targets.filter(({ remoteId }) => asked?.all || asked?.ids.includes(remoteId));
    const full = await noRoomFor(context, workspaceId, provider, picked);
    if (picked.length > 0 && !full) {
      await putChannels(context, workspaceId, provider, connection.id, picked, userId);
      flash(reply, t.picked(picked.length));
      return reply.redirect(back === '' ? list : back, 303);
    }
    const problems = asked === null ? [] : [full ? { ...full, field: 'target' } : { field: 'target', message: t.pickOne }];
    return sendPage(context, request, reply, {
      title: t.pickTitle(provider.name), current: list, status: asked === null ? 200 : 422,
      body: ({ csrf }) => <PickTargets connection={connection} provider={provider} targets={targets} chosen={picked.map(({ remoteId }) => remoteId)} problems={problems} back={back} csrf={csrf} />,
    });
  }
  const backIn = (back: unknown) => (typeof back === 'string' && back !== '' ? localPath(back.slice(0, 500)) : '');
  server.get('/channels/pick/:id', { config: admin }, (request, reply) => pickPage(request, reply, null, backIn((request.query as { back?: unknown }).back)));
  server.post('/channels/pick/:id', { config: admin }, (request, reply) => pickPage(request, reply, { ids: formOf(request.body).many('target'), all: formOf(request.body).has('all') }, backIn(formOf(request.body).one('back'))));
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
