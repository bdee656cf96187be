import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dayPiece, datesOf, isDate, type Piece } from '../../domain/time/days.ts';
import { wallOf } from '../../domain/time/schedule.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import type { MiniMonthProps } from './month.tsx';

const cookie = 'rail';
const year = 365 * 24 * 60 * 60;

/** Whether the rail is folded to icons in this browser. */
export function isFolded(request: FastifyRequest): boolean {
  return request.cookies[cookie] === 'folded';
}

function keepFolded(reply: FastifyReply, folded: boolean): void {
  if (folded) void reply.setCookie(cookie, 'folded', { path: '/', httpOnly: true, sameSite: 'lax', maxAge: year });
  else void reply.clearCookie(cookie, { path: '/' });
}

export function railRoutes(server: FastifyInstance) {
  server.post('/frame/rail', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const form = formOf(request.body);
    keepFolded(reply, form.one('rail') === 'folded');
    return reply.redirect(localPath(form.one('back')), 303);
  });
}

/** The month of the rail: the calendar's own where one looks at it, the present one elsewhere. */
export async function miniMonthOf({ store }: Pick<WebContext, 'store'>, request: FastifyRequest, workspaceId: string, zone: string, now: number): Promise<MiniMonthProps> {
  const today = wallOf(now, zone).slice(0, 10);
  const asked = request.url.startsWith('/calendar') ? (request.query as { on?: unknown }).on : undefined;
  const on = isDate(asked) ? asked : today;
  const days = datesOf('month', on);
  const filled = await store.calendar.filled(workspaceId, piecesOf(days, on.slice(0, 7), zone));
  return { on, today, days: days.map((date, n) => ({ date, filled: filled[n] ?? false })) };
}

/** When days begin in a zone takes longer to reckon than all else on the page; the months that people look at are few. */
const known = new Map<string, Piece[]>();
const mostKnown = 200;

function piecesOf(days: readonly string[], month: string, zone: string): Piece[] {
  const key = `${month} ${zone}`;
  const pieces = known.get(key) ?? days.map((day) => dayPiece(day, zone));
  if (!known.has(key) && known.size >= mostKnown) known.clear();
  known.set(key, pieces);
  return pieces;
}
