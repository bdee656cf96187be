import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAuditArea, kindsOf, type AuditArea } from '../../domain/people/audit.ts';
import { logPageTexts as t } from '../../domain/texts/people/team.ts';
import { isId } from '../../lib/ids.ts';
import type { WebContext } from '../context.ts';
import { sendPage } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { LogPage } from './page.tsx';

const pageSize = 50;

export interface Asked {
  who: string;
  area: AuditArea | '';
  before: number | null;
}

/** Who did what: in the workspace, for its admins, and on the instance, for whoever runs it. */
export function logRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function log(request: FastifyRequest, reply: FastifyReply, of: 'workspace' | 'instance') {
    const { workspaceId, operator } = actorOf(request);
    const about = of === 'workspace' ? workspaceId : null;
    const asked = askedOf(request.query);
    const entries = await store.audit.page(about, {
      limit: pageSize + 1,
      ...(asked.who !== '' && { who: asked.who }), ...(asked.area !== '' && { kinds: kindsOf(asked.area) }), ...(asked.before !== null && { before: asked.before }),
    });
    const people = await store.audit.people(about);
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings',
      body: ({ workspace }) => (
        <LogPage of={of} entries={entries.slice(0, pageSize)} more={entries.length > pageSize} people={people} asked={asked} workspace={workspace} operator={operator} />
      ),
    });
  }

  server.get('/settings/log', { config: { policy: { member: 'admin' } } }, (request, reply) => log(request, reply, 'workspace'));
  server.get('/settings/log/instance', { config: { policy: 'operator' } }, (request, reply) => log(request, reply, 'instance'));
}

function askedOf(query: unknown): Asked {
  const { who, area, before } = query as Record<string, unknown>;
  return {
    who: isId(who) ? who : '', area: isAuditArea(area) ? area : '',
    before: typeof before === 'string' && /^\d{1,15}$/u.test(before) ? Number(before) : null,
  };
}
