import type { FastifyReply, FastifyRequest } from 'fastify';
import { missingSetting } from '../../actions/channels/connect.ts';
import type { Problem } from '../../domain/limits.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import { setupsOf } from '../../providers/setups.ts';
import type { WebContext } from '../context.ts';
import { allowFormsToNetworks } from '../headers.ts';
import { sendPage } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { ChannelList, type ChannelListProps } from './list.tsx';

/** Sends the channels, with what went wrong, or with what was typed for one of them and refused. */
export type SendChannels = (request: FastifyRequest, reply: FastifyReply, problems?: readonly Problem[], typed?: ChannelListProps['typed']) => Promise<FastifyReply>;

export function channelsPage(context: WebContext): SendChannels {
  const { store, providers } = context;
  return async (request, reply, problems = [], typed = null) => {
    const { workspaceId, operator } = actorOf(request);
    const channels = await store.channels.list(workspaceId);
    const connections = await store.connections.list(workspaceId);
    const lives = await store.channelLives.list(workspaceId);
    const groups = await store.groups.list(workspaceId);
    const ready = providers.all.filter((provider) => missingSetting(context, provider) === undefined);
    const toSetUp = operator ? setupsOf(providers).filter((group) => !group.providers.some((provider) => ready.includes(provider))) : [];
    const unused = connections.filter(({ id, status }) => status !== 'revoked' && !channels.some(({ connectionId }) => connectionId === id));
    const { q } = request.query as { q?: unknown };
    allowFormsToNetworks(reply);
    return sendPage(context, request, reply, {
      title: t.title, current: '/channels', status: problems.length > 0 || typed ? 422 : 200,
      body: (page) => (
        <ChannelList channels={channels} lives={lives} groups={groups} words={typeof q === 'string' ? q.slice(0, 100).trim() : ''} unused={unused} providers={providers}
          ready={ready} toSetUp={toSetUp} page={page} problems={problems} typed={typed} />
      ),
    });
  };
}
