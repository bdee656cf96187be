import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { instanceOf } from '../domain/instance.ts';
import type { Workspace } from '../store/people.ts';
import type { WebContext } from './context.ts';
import { lookOf } from './look.ts';
import { Document, Frame, Paper, Sheet, type Strip } from './parts/layout.tsx';
import { actorOf } from './policy.ts';

const flashCookie = 'flash';

/** How long before an access ends every page says so (ms). */
const announcedAhead = 7 * 24 * 60 * 60 * 1000;

export interface PageContent {
  title: string;
  /** The place in the rail that this page belongs to. */
  current: string;
  islands?: readonly string[];
  status?: number;
  /** What `store.pulse.of` said before anything of the page was read: the page keeps itself up to date from there. */
  pulse?: string;
  body: (view: View) => ComponentChildren;
}

/** What every page inside the frame has at hand. */
export interface View {
  csrf: string;
  workspace: Workspace;
  now: number;
  strip: Strip;
}

/** Renders a page inside the frame, for somebody who is logged in. */
export async function sendPage(context: WebContext, request: FastifyRequest, reply: FastifyReply, content: PageContent): Promise<FastifyReply> {
  const { store, engine, now, manifest } = context;
  const { workspaceId, sessionId } = actorOf(request);
  const workspace = await store.people.workspace(workspaceId);
  if (!workspace) throw new Error(`workspace ${workspaceId} of a session is gone`);
  const at = now();
  const queue = await store.publications.queueState(workspaceId, at);
  const last = engine.lastTickAt();
  const strip: Strip = {
    ranAgo: last === null ? null : at - last, waiting: queue.waiting, nextAt: queue.nextDueAt, unconfirmed: queue.unconfirmed,
    failed: queue.failed, held: queue.held, oldestLate: queue.oldestDueAt === null ? null : at - queue.oldestDueAt,
  };
  const endings = await store.channels.ending(workspaceId, at + announcedAhead);
  const csrf = reply.generateCsrf({ userInfo: sessionId });
  const said = takeFlash(request, reply);
  const islands = ['keys', ...content.islands ?? [], ...(said?.undo ? ['toast'] : []), ...(content.pulse === undefined ? [] : ['live'])];
  return html(reply, content.status ?? 200, (
    <Document title={content.title} manifest={manifest} islands={islands} bodyClass="framed" look={lookOf(request)}>
      <Frame current={content.current} workspace={workspace} csrf={csrf} strip={strip} now={at} said={said} endings={endings} here={request.method === 'GET' ? request.url : '/'} pulse={content.pulse}>
        {content.body({ csrf, workspace, now: at, strip })}
      </Frame>
    </Document>
  ));
}

/** Renders a page for anybody. */
export function sendSheet(
  { manifest }: Pick<WebContext, 'manifest'>, request: FastifyRequest, reply: FastifyReply,
  { title, lead, status = 200, islands = [], body }: { title: string; lead?: string; status?: number; islands?: readonly string[]; body: (csrf: string) => ComponentChildren },
): FastifyReply {
  const csrf = reply.generateCsrf({ userInfo: request.actor?.sessionId ?? 'nobody' });
  return html(reply, status, (
    <Document title={title} manifest={manifest} islands={islands} bodyClass="plain" look={lookOf(request)}>
      <Sheet title={title} {...(lead && { lead })}>{body(csrf)}</Sheet>
    </Document>
  ));
}

/** Renders a page that anybody may read, reviewers and crawlers included: no cookie, no form of ours. */
export function sendPaper(
  { manifest, settings }: Pick<WebContext, 'manifest' | 'settings'>, reply: FastifyReply,
  { title, lead, status = 200, children }: { title: string; lead?: string; status?: number; children: ComponentChildren },
): FastifyReply {
  return html(reply, status, (
    <Document title={title} manifest={manifest} bodyClass="plain">
      <Paper title={title} instance={instanceOf(settings.get).name} {...(lead && { lead })}>{children}</Paper>
    </Document>
  ));
}

export function sendErrorPage(request: FastifyRequest, reply: FastifyReply, { status, sentence, fix }: { status: number; sentence: string; fix: string }): FastifyReply {
  return html(reply, status, (
    <Document title={sentence} manifest={request.server.web.manifest} bodyClass="plain">
      <Sheet title={sentence} lead={fix}>
        <p><a class="button" href="/">To the start page</a></p>
        <p class="help">Error {status}, request {request.id}</p>
      </Sheet>
    </Document>
  ));
}

/** A way to take back what was just said to be done: a form of ours. */
export interface Undo {
  /** A path that ends in `/undo`. */
  action: string;
  fields: Record<string, string>;
}

/** What the next page says, and how it can be taken back. */
export interface Said {
  text: string;
  undo?: Undo | undefined;
}

/** Says something on the next page, once. The words are ours, never what somebody typed. */
export function flash(reply: FastifyReply, text: string, undo?: Undo): FastifyReply {
  return reply.setCookie(flashCookie, JSON.stringify({ text, undo } satisfies Said), { path: '/', httpOnly: true, sameSite: 'lax', maxAge: 60 });
}

function takeFlash(request: FastifyRequest, reply: FastifyReply): Said | null {
  const cookie = request.cookies[flashCookie];
  // A page that keeps itself up to date must not take what was meant for the page that is on its way.
  if (cookie === undefined || request.headers['x-live'] !== undefined) return null;
  void reply.clearCookie(flashCookie, { path: '/' });
  return saidIn(cookie);
}

/** A cookie may have been planted: of what it names, only ways back are taken. */
function saidIn(cookie: string): Said | null {
  const said = flashShape.safeParse(jsonIn(cookie));
  return said.success ? said.data : null;
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const flashShape = z.object({
  text: z.string().transform((text) => text.slice(0, 500)),
  undo: z.object({ action: z.string().regex(/^(?:\/[a-z-]+)*\/undo$/u), fields: z.record(z.string().max(40), z.string().max(200)) }).optional(),
});

function html(reply: FastifyReply, status: number, page: VNode): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(`<!doctype html>${renderToString(page)}`);
}
