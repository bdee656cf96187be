import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addGroup, deleteGroup, moveGroup, putInGroups, renameGroup } from '../../actions/channels/groups.ts';
import { channelTexts as t } from '../../domain/texts/pages/channels.ts';
import { isId } from '../../lib/ids.ts';
import type { Placed } from '../../store/channels/groups.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, type Undo } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { GroupsPage, type GroupTyped } from './groups-page.tsx';

const admin: { policy: Policy } = { policy: { member: 'admin' } };
const place = '/channels/groups';

/** The way back stands in a cookie, and a cookie takes so much. */
const mostToUndo = 20;

function placesIn(request: FastifyRequest): Placed[] {
  const form = formOf(request.body);
  return form.under('in.').filter(isId).map((channelId) => ({ channelId, groupId: form.one(`in.${channelId}`) || null }));
}

function undoOf(moved: readonly Placed[]): Undo | undefined {
  if (moved.length === 0 || moved.length > mostToUndo) return undefined;
  return { action: `${place}/undo`, fields: Object.fromEntries(moved.map(({ channelId, groupId }) => [`in.${channelId}`, groupId ?? ''])) };
}

/** Groups of channels: made, renamed, ordered, filled and deleted. */
export function groupRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, typed: GroupTyped | null) {
    const { workspaceId } = actorOf(request);
    const groups = await store.groups.list(workspaceId);
    const channels = await store.channels.list(workspaceId);
    return sendPage(context, request, reply, {
      title: t.groupsTitle, current: '/channels', islands: ['groups'], status: typed ? 422 : 200,
      body: ({ csrf }) => <GroupsPage groups={groups} channels={channels} providers={providers} csrf={csrf} typed={typed} />,
    });
  }

  const isThere = async (request: FastifyRequest) => (await store.groups.list(actorOf(request).workspaceId)).some(({ id }) => id === idOf(request));

  server.get(place, { config: admin }, (request, reply) => page(request, reply, null));

  server.post(place, { config: admin }, async (request, reply) => {
    const name = formOf(request.body).one('name').slice(0, 200);
    const done = await addGroup(context, actorOf(request), name);
    if (!done.ok) return page(request, reply, { id: null, name, problems: done.problems });
    flash(reply, t.groupMade);
    return reply.redirect(place, 303);
  });

  server.post(`${place}/:id`, { config: admin }, async (request, reply) => {
    if (!(await isThere(request))) return reply.callNotFound();
    const name = formOf(request.body).one('name').slice(0, 200);
    const done = await renameGroup(context, actorOf(request), idOf(request), name);
    if (!done.ok) return page(request, reply, { id: idOf(request), name, problems: done.problems });
    flash(reply, t.renamed);
    return reply.redirect(place, 303);
  });

  server.post(`${place}/:id/move`, { config: admin }, async (request, reply) => {
    const done = await moveGroup(context, actorOf(request), idOf(request), formOf(request.body).one('to') === 'up' ? -1 : 1);
    return done.ok ? reply.redirect(place, 303) : reply.callNotFound();
  });

  server.post(`${place}/:id/delete`, { config: admin }, async (request, reply) => {
    const done = await deleteGroup(context, actorOf(request), idOf(request));
    if (!done.ok) return reply.callNotFound();
    flash(reply, t.groupDeleted);
    return reply.redirect(place, 303);
  });

  /** Where each channel goes, all at once: `in.CHANNEL` is a group, or empty. */
  server.post(`${place}/sort`, { config: admin }, async (request, reply) => {
    const moved = await putInGroups(context, actorOf(request), placesIn(request));
    flash(reply, t.moved(moved.length), undoOf(moved));
    return reply.redirect(place, 303);
  });

  server.post(`${place}/undo`, { config: admin }, async (request, reply) => {
    const back = await putInGroups(context, actorOf(request), placesIn(request));
    flash(reply, t.movedBack(back.length));
    return reply.redirect(place, 303);
  });
}
