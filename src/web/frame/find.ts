import type { FastifyInstance } from 'fastify';
import { billingTermsOf } from '../../domain/billing/billing.ts';
import { atLeast } from '../../domain/role.ts';
import { frameTexts as f, keyTexts as t } from '../../domain/texts/pages/frame.ts';
import { noFilter } from '../../store/calendar/filter.ts';
import type { WebContext } from '../context.ts';
import { actorOf } from '../policy.ts';
import { cardHref } from '../posts/cards.ts';
import { lineOf } from '../posts/view.ts';
import { settingsPages } from '../settings/tabs.tsx';
import { timeText } from '../words/time.tsx';
import { workspaceOf } from '../posts/routes.tsx';

/** Something the palette leads to. */
export interface Place {
  kind: 'do' | 'page' | 'channel' | 'post';
  label: string;
  /** Other words that find it. */
  also: string;
  href: string;
}

const mostPosts = 6;
const longest = 200;

/** What the palette finds beside what the page itself can do: pages and channels whole, posts by what they say. */
export function findRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings, providers } = context;

  server.get('/find', { config: { policy: { member: 'viewer' } } }, async (request, reply) => {
    const { workspaceId, role, operator } = actorOf(request);
    const { q } = request.query as { q?: unknown };
    const text = typeof q === 'string' ? q.trim().slice(0, longest) : '';
    if (text !== '') {
      const { zone } = await workspaceOf(context, workspaceId);
      const cards = await store.calendar.find(workspaceId, { text, filter: noFilter, deleted: false, before: null, limit: mostPosts });
      return reply.send({ places: cards.map((card): Place => ({ kind: 'post', label: lineOf(card).slice(0, 160), also: card.at === null ? '' : timeText(card.at, zone, context.now()), href: cardHref(card, atLeast(role, 'editor')) })) });
    }
    const page = (label: string, href: string, also = ''): Place => ({ kind: 'page', label, also, href });
    const tabs = settingsPages(role, operator, billingTermsOf(settings.get) !== null).map(({ label, href }) => page(t.inSettings(label), href));
    const channels = (await store.channels.list(workspaceId)).map(({ id, name, handle, provider }): Place => (
      { kind: 'channel', label: name, also: `${providers.get(provider)?.name ?? provider} ${handle}`, href: `/channels#channel-${id}` }));
    return reply.send({
      places: [
        page(f.home, '/'), page(f.calendar, '/calendar', 'month week'), page(f.posts, '/posts'), page(f.media, '/media', t.uploadAlso), page(f.channels, '/channels'), page(f.settings, '/settings'),
        page(t.scheduled, '/posts?show=scheduled', t.scheduledAlso), page(t.drafts, '/posts?show=draft', t.draftsAlso), page(t.failed, '/posts?show=failed', t.failedAlso),
        page(t.unconfirmed, '/unconfirmed', t.unconfirmedAlso), page(t.bin, '/posts?show=deleted', t.binAlso), page(t.labels, '/labels'),
        page(t.newWorkspace, '/workspaces/new'), ...tabs, ...channels,
        ...(atLeast(role, 'admin') ? [{ kind: 'do', label: t.connect, also: t.connectAlso, href: '/channels' } satisfies Place] : []),
      ],
    });
  });
}
