import type { FastifyInstance } from 'fastify';
import { createLinkPreviews } from '../../actions/writing/link-preview.ts';
import { findMentions } from '../../actions/writing/mentions.ts';
import { momentOf, monthRange, shiftNote } from '../../domain/time/schedule.ts';
import { dateAfter, monthGrid } from '../../domain/time/when.ts';
import { isId } from '../../lib/ids.ts';
import { noFilter } from '../../store/calendar/filter.ts';
import type { WebContext } from '../context.ts';
import { actorOf, type Policy } from '../policy.ts';
import { workspaceOf } from '../posts/routes.tsx';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** What the composer's script asks for while somebody writes. Nothing of it changes anything, and nobody is held up by it. */
export function writingRoutes(server: FastifyInstance, context: WebContext) {
  const { store, allowance } = context;
  const previews = createLinkPreviews(context);

  server.get('/posts/mentions/:channel', { config: edit }, async (request, reply) => {
    const actor = actorOf(request);
    const { channel } = request.params as { channel: string };
    const { q } = request.query as { q?: unknown };
    if (!isId(channel) || !(await context.store.channels.get(actor.workspaceId, channel))) return reply.code(404).send({ people: [] });
    if ((await allowance.take('mentions', actor.userId)) > 0) return reply.code(429).send({ people: [] });
    return reply.send({ people: typeof q === 'string' ? await findMentions(context, actor, channel, q) : [] });
  });

  server.get('/posts/links', { config: edit }, async (request, reply) => {
    const { workspaceId, userId } = actorOf(request);
    const { url } = request.query as { url?: unknown };
    if ((await allowance.take('link_previews', userId)) > 0) return reply.code(429).send({ card: null });
    return reply.send({ card: typeof url === 'string' && url.length <= 2_000 ? await previews.of(workspaceId, url) : null });
  });

  server.get('/posts/links/:key/picture', { config: edit }, async (request, reply) => {
    const bytes = await previews.picture(actorOf(request).workspaceId, (request.params as { key: string }).key);
    if (!bytes) return reply.callNotFound();
    return reply.type('image/jpeg').headers({ 'cache-control': 'private, max-age=3600', 'content-security-policy': "default-src 'none'; sandbox" }).send(bytes);
  });

  /** How many posts each day of a month has, those around it that its weeks show included. */
  server.get('/posts/days', { config: edit }, async (request, reply) => {
    const { workspaceId } = actorOf(request);
    const { month } = request.query as { month?: unknown };
    const { zone } = await workspaceOf(context, workspaceId);
    if (typeof month !== 'string' || !monthRange(month, zone)) return reply.code(422).send({ days: {} });
    const days = monthGrid(month).flat();
    const starts = [...days, dateAfter(days.at(-1) ?? '', 1)].map((day) => momentOf(`${day}T00:00`, zone)?.at ?? 0);
    const spans = await store.calendar.spans(workspaceId, days.map((_, n) => ({ from: starts[n] ?? 0, to: starts[n + 1] ?? 0 })), { each: 0, together: 0 }, noFilter);
    return reply.send({ days: Object.fromEntries(days.flatMap((day, n) => (spans[n]?.count ? [[day, spans[n].count]] : []))) });
  });

  /** What the clocks do to a time. */
  server.get('/posts/moment', { config: edit }, async (request, reply) => {
    const { zone } = await workspaceOf(context, actorOf(request).workspaceId);
    const { at } = request.query as { at?: unknown };
    const moment = typeof at === 'string' ? momentOf(at, zone) : null;
    return reply.send({ note: moment && shiftNote(moment) });
  });
}
