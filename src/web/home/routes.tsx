import type { FastifyInstance } from 'fastify';
import { daysBefore, wallOf } from '../../domain/schedule.ts';
import type { WebContext } from '../context.ts';
import { sendPage } from '../page.tsx';
import { actorOf } from '../policy.ts';
import { For } from '../frame/role.tsx';
import { Checklist } from '../setup/checklist.tsx';
import { checklistOf } from '../setup/state.ts';
import { PostRow } from '../posts/list.tsx';
import { workspaceOf } from '../posts/routes.tsx';
import { sendFront } from '../public/front.tsx';
import { postViews } from '../posts/view.ts';
import { Statistics } from './statistics.tsx';

const day = 24 * 60 * 60 * 1000;
const shownDays = 30;

export function homeRoutes(server: FastifyInstance, context: WebContext) {
  const { store, providers, now } = context;

  server.get('/', { config: { policy: 'public' } }, async (request, reply) => {
    if (!request.actor) return sendFront(context, reply);
    const { workspaceId } = actorOf(request);
    const pulse = await store.pulse.of(workspaceId, now());
    const { zone: here } = await workspaceOf(context, workspaceId);
    const days = daysBefore(now(), here, shownDays);
    const [trouble, before, after, ended] = await Promise.all([
      store.posts.troubled(workspaceId, 20),
      store.posts.between(workspaceId, now() - 7 * day, now(), 200),
      store.posts.between(workspaceId, now(), now() + 60 * day, 8),
      store.statistics.ended(workspaceId, now() - (shownDays + 1) * day),
    ]);
    const past = await postViews(store, workspaceId, before.slice(-20).toReversed());
    const next = (await postViews(store, workspaceId, after)).filter(({ status }) => status !== 'canceled');
    const out = past.filter(({ status }) => status === 'published' || status === 'partly_published').slice(0, 8);
    const list = await checklistOf(context, actorOf(request));
    const troubled = await postViews(store, workspaceId, trouble);
    return sendPage(context, request, reply, {
      title: 'Home', current: '/', pulse,
      body: ({ csrf, workspace: { zone }, strip }) => (
        <>
          <div class="page-head"><h1>Home</h1></div>
          {(strip.unconfirmed > 0 || troubled.length > 0) && (
            <section class="needs">
              <h2>Needs you</h2>
              {strip.unconfirmed > 0 && <p><a class="button" href="/unconfirmed">{strip.unconfirmed} unconfirmed: look and decide</a></p>}
              <ul class="rows">{troubled.map((view) => <PostRow view={view} zone={zone} />)}</ul>
            </section>
          )}
          <Checklist list={list} csrf={csrf} />
          <section>
            <h2>Next</h2>
            {next.length === 0
              ? <div class="empty"><p>Nothing is scheduled.</p><For role="editor"><p><a class="button primary" href="/posts/new">Write a post</a></p></For></div>
              : <ul class="rows">{next.map((view) => <PostRow view={view} zone={zone} />)}</ul>}
          </section>
          <section>
            <h2>Went out</h2>
            {out.length === 0 ? <p class="help">What has been published in the last seven days stands here.</p> : <ul class="rows">{out.map((view) => <PostRow view={view} zone={zone} />)}</ul>}
          </section>
          <section>
            <h2>The last {shownDays} days</h2>
            <Statistics ended={ended} days={days} dayOf={dayIn(here)} providers={providers} />
          </section>
        </>
      ),
    });
  });
}

/** The day of an instant in a zone, reckoned once for each: thousands come in the same few quarters of an hour. */
function dayIn(zone: string): (at: number) => string {
  const known = new Map<number, string>();
  return (at) => {
    const day = known.get(at) ?? wallOf(at, zone).slice(0, 10);
    known.set(at, day);
    return day;
  };
}
