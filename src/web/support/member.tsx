import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addToThread, askSupport } from '../../actions/support/write.ts';
import type { Problem } from '../../domain/limits.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import { supportTexts as t } from '../../domain/texts/instance/support.ts';
import type { SupportThread } from '../../store/people/support.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { operatorName } from '../public/operator.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { Badge } from '../ui/badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { Conversation, MessageForm } from './conversation.tsx';

const signedIn: { policy: Policy } = { policy: 'signed_in' };

/** What members ask whoever runs the instance. */
export function supportRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings } = context;

  async function list(request: FastifyRequest, reply: FastifyReply, typed: string, problems: readonly Problem[]) {
    const { userId, operator } = actorOf(request);
    const threads = await store.support.ofUser(userId);
    return sendPage(context, request, reply, {
      title: t.support, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={t.support} />
          <SettingsTabs current="/settings/support" operator={operator} />
          <section>
            <p class="lead">{t.lead(operatorName(instanceOf(settings.get)))}</p>
            <MessageForm action="/settings/support" csrf={csrf} label={t.about} button={t.send} typed={typed} problems={problems} />
          </section>
          {threads.length > 0 && (
            <section>
              <h2>{t.earlier}</h2>
              <ul class="rows">
                {threads.map(({ id, answered, lastAt, createdAt, latest }) => (
                  <li class="row">
                    <a href={`/settings/support/${id}`}>
                      <span class="row-text"><span class="row-latest">{latest}</span><span class="help">{rich(t.begun, { when: <Time at={createdAt} zone={zone} /> })}</span></span>
                      <Badge tone={answered ? 'good' : 'plain'}>{answered ? t.answered : t.waits}</Badge>
                      <span class="row-time"><Time at={lastAt} zone={zone} /></span>
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </>
      ),
    });
  }

  /** The conversation of a request, if it is this person's own. */
  async function mine(request: FastifyRequest): Promise<SupportThread | undefined> {
    const thread = await store.support.get(idOf(request));
    return thread?.userId === actorOf(request).userId ? thread : undefined;
  }

  async function page(request: FastifyRequest, reply: FastifyReply, thread: SupportThread, typed: string, problems: readonly Problem[]) {
    const messages = await store.support.messages(thread.id);
    const { operator } = actorOf(request);
    return sendPage(context, request, reply, {
      title: t.support, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={t.support} />
          <SettingsTabs current="/settings/support" operator={operator} />
          <Conversation messages={messages} zone={zone} person={t.you} operator={instanceOf(settings.get).operator ?? instanceOf(settings.get).name} />
          <section><MessageForm action={`/settings/support/${thread.id}`} csrf={csrf} label={t.addToIt} button={t.send} typed={typed} problems={problems} /></section>
        </>
      ),
    });
  }

  server.get('/settings/support', { config: signedIn }, (request, reply) => list(request, reply, '', []));

  server.post('/settings/support', { config: signedIn }, async (request, reply) => {
    const text = formOf(request.body).one('text');
    const asked = await askSupport(context, actorOf(request).userId, text);
    if (!asked.ok) return list(request, reply, text, asked.problems);
    flash(reply, t.sentMail);
    return reply.redirect(`/settings/support/${asked.threadId}`, 303);
  });

  server.get('/settings/support/:id', { config: signedIn }, async (request, reply) => {
    const thread = await mine(request);
    return thread ? page(request, reply, thread, '', []) : reply.callNotFound();
  });

  server.post('/settings/support/:id', { config: signedIn }, async (request, reply) => {
    const thread = await mine(request);
    if (!thread) return reply.callNotFound();
    const text = formOf(request.body).one('text');
    const added = await addToThread(context, thread, text);
    if (!added.ok) return page(request, reply, thread, text, added.problems);
    flash(reply, t.sent);
    return reply.redirect(`/settings/support/${thread.id}`, 303);
  });
}
