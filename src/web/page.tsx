import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { z } from 'zod';
import { announcedAhead } from '../domain/connection.ts';
import { billingTermsOf } from '../domain/billing/billing.ts';
import { instanceOf } from '../domain/instance/instance.ts';
import { errorTexts as t } from '../domain/texts/pages/frame.ts';
import { billingStateOf } from '../billing/entitlements.ts';
import type { Workspace } from '../store/people.ts';
import { bannersOf } from './banners.tsx';
import type { WebContext } from './context.ts';
import { lookOf } from './look.ts';
import { bannerOf } from './billing/banner.tsx';
import { Document, Paper, Sheet } from './frame/document.tsx';
import { Frame } from './frame/frame.tsx';
import { isFolded, miniMonthOf } from './frame/rail.ts';
import { RoleHere } from './frame/role.tsx';
import { Sells } from './frame/sells.ts';
import type { Strip } from './frame/strip.tsx';
import { ButtonLink } from './ui/button.tsx';
import { actorOf, formOwner } from './policy.ts';
import { LeavingBanner } from './privacy/page.tsx';
import { setupBanner } from './setup/banner.tsx';

const flashCookie = 'flash';

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
  const { store, settings, engine, now, manifest } = context;
  const actor = actorOf(request);
  const { userId, workspaceId, role } = actor;
  const workspaces = await store.people.workspacesOf(userId);
  const workspace = workspaces.find(({ id }) => id === workspaceId);
  if (!workspace) throw new Error(`workspace ${workspaceId} of a session is gone`);
  const person = await store.people.user(userId);
  const at = now();
  const queue = await store.publications.queueState(workspaceId, at);
  const last = engine.lastTickAt();
  const strip: Strip = {
    ranAgo: last === null ? null : at - last, waiting: queue.waiting, nextAt: queue.nextDueAt, unconfirmed: queue.unconfirmed,
    failed: queue.failed, held: queue.held, oldestLate: queue.oldestDueAt === null ? null : at - queue.oldestDueAt,
  };
  const announced = (await store.erasures.announced(userId, workspaceId)).filter(({ kind, parentId }) => kind === 'account' || parentId === null || role !== 'owner');
  const billing = await billingStateOf(context, workspaceId);
  const endings = await store.channels.ending(workspaceId, at + announcedAhead);
  const csrf = reply.generateCsrf({ userInfo: formOwner(actor) });
  const banners = await bannersOf(context, person, { csrf, here: request.method === 'GET' ? request.url : '/' });
  const settingUp = await setupBanner(context, actor, request.url);
  const said = takeFlash(request, reply);
  const month = await miniMonthOf(context, request, workspaceId, workspace.zone, at);
  const [look, folded] = [lookOf(request), isFolded(request)];
  const islands = ['keys', 'frame', ...content.islands ?? [], ...(said?.undo ? ['toast'] : []), ...(content.pulse === undefined ? [] : ['live'])];
  return html(reply, content.status ?? 200, settings, (
    <Document title={content.title} manifest={manifest} islands={islands} bodyClass={folded ? 'framed folded' : 'framed'} look={look}>
      <RoleHere.Provider value={role}>
        <Frame current={content.current} workspace={workspace} workspaces={workspaces} csrf={csrf} strip={strip} now={at} said={said} endings={endings}
          person={{ name: person?.name ?? '', email: person?.email ?? '' }} look={look} folded={folded} month={month}
          here={request.method === 'GET' ? request.url : '/'} pulse={content.pulse}
          banners={<>{announced.map((erasure) => <LeavingBanner erasure={erasure} owner={role === 'owner'} workspaceName={workspace.name} zone={workspace.zone} csrf={csrf} />)}{billing && bannerOf(billing.standing, workspace.zone, at)}{banners}{settingUp}</>}>
          {content.body({ csrf, workspace, now: at, strip })}
        </Frame>
      </RoleHere.Provider>
    </Document>
  ));
}

/** Renders a page for anybody. */
export function sendSheet(
  { manifest, settings }: Pick<WebContext, 'manifest' | 'settings'>, request: FastifyRequest, reply: FastifyReply,
  { title, lead, status = 200, islands = [], body }: { title: string; lead?: string; status?: number; islands?: readonly string[]; body: (csrf: string) => ComponentChildren },
): FastifyReply {
  const csrf = reply.generateCsrf({ userInfo: formOwner(request.actor) });
  return html(reply, status, settings, (
    <Document title={title} manifest={manifest} islands={islands} bodyClass="plain" look={lookOf(request)}>
      <Sheet title={title} instance={instanceOf(settings.get).name} {...(lead && { lead })}>{body(csrf)}</Sheet>
    </Document>
  ));
}

/** Renders a short page for whoever followed an address from a mail: no cookie and no token. */
export function sendPlain(
  { manifest, settings }: Pick<WebContext, 'manifest' | 'settings'>, reply: FastifyReply, { title, lead, status = 200, body }: { title: string; lead: string; status?: number; body: ComponentChildren },
): FastifyReply {
  return html(reply, status, settings, (
    <Document title={title} manifest={manifest} bodyClass="plain">
      <Sheet title={title} instance={instanceOf(settings.get).name} lead={lead}>{body}</Sheet>
    </Document>
  ));
}

/** Renders a page that anybody may read, reviewers and crawlers included: no cookie, no form of ours. */
export function sendPaper(
  { manifest, settings }: Pick<WebContext, 'manifest' | 'settings'>, reply: FastifyReply,
  { title, lead, status = 200, front = false, children }: { title: string; lead?: string; status?: number; front?: boolean; children: ComponentChildren },
): FastifyReply {
  return html(reply, status, settings, (
    <Document title={title} manifest={manifest} bodyClass="plain">
      <Paper title={title} front={front} instance={instanceOf(settings.get).name} {...(lead && { lead })}>{children}</Paper>
    </Document>
  ));
}

export function sendErrorPage(request: FastifyRequest, reply: FastifyReply, { status, sentence, fix }: { status: number; sentence: string; fix: string }): FastifyReply {
  return html(reply, status, request.server.web.settings, (
    <Document title={sentence} manifest={request.server.web.manifest} bodyClass="plain">
      <Sheet title={sentence} instance={instanceOf(request.server.web.settings.get).name} lead={fix}>
        <p><ButtonLink href="/">{t.toStart}</ButtonLink></p>
        <p class="help">{t.number(status, request.id)}</p>
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

function html(reply: FastifyReply, status: number, settings: WebContext['settings'], page: VNode): FastifyReply {
  const sells = <Sells.Provider value={billingTermsOf(settings.get) !== null}>{page}</Sells.Provider>;
  // As bytes: a text would be gone through once to be measured and once more to be sent.
  return reply.code(status).type('text/html; charset=utf-8').send(Buffer.from(`<!doctype html>${renderToString(sells)}`));
}
