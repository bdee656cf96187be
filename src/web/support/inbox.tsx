import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerThread, deleteThread } from '../../actions/support/write.ts';
import type { Problem } from '../../domain/limits.ts';
import { supportTexts as t } from '../../domain/texts/instance/support.ts';
import type { SupportThread } from '../../store/people/support.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Badge } from '../ui/badge.tsx';
import { ActionButton } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Time } from '../words/time.tsx';
import type { Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { rich } from '../words/rich.tsx';
import { Conversation, MessageForm } from './conversation.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const shown = 200;

/** What came in, for whoever runs the instance. */
export function inboxRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  server.get('/settings/inbox', { config: operator }, async (request, reply) => {
    const threads = await store.support.list(shown);
    return sendPage(context, request, reply, {
      title: t.inbox, current: '/settings',
      body: ({ workspace: { zone } }) => (
        <>
          <PageHead title={t.inbox} />
          <SettingsTabs current="/settings/inbox" operator />
          {threads.length === 0 && <p class="help">{rich(t.inboxEmpty, { contact: (words) => <a href="/contact">{words}</a> })}</p>}
          <ul class="rows">
            {threads.map((thread) => (
              <li class="row">
                <a href={`/settings/inbox/${thread.id}`}>
                  <span class="row-text"><strong>{nameOf(thread)}</strong> {thread.name && <span class="handle">{thread.email}</span>}<span class="row-latest help">{thread.latest}</span></span>
                  <Badge tone={thread.answered ? 'good' : 'bad'}>{thread.answered ? t.answered : t.needsAnswer}</Badge>
                  <span class="row-time"><Time at={thread.lastAt} zone={zone} /></span>
                </a>
              </li>
            ))}
          </ul>
        </>
      ),
    });
  });

  async function page(request: FastifyRequest, reply: FastifyReply, thread: SupportThread, typed: string, problems: readonly Problem[]) {
    const messages = await store.support.messages(thread.id);
    return sendPage(context, request, reply, {
      title: t.inbox, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={nameOf(thread)} />
          <SettingsTabs current="/settings/inbox" operator />
          <p class="help">{thread.email === null ? t.accountDeleted : thread.userId === null ? t.fromOutside(thread.email) : t.fromMember(thread.email)}</p>
          <Conversation messages={messages} zone={zone} person={nameOf(thread)} operator={t.you} />
          {thread.email !== null && <section><MessageForm action={`/settings/inbox/${thread.id}`} csrf={csrf} label={t.answer} button={t.sendAnswer} typed={typed} problems={problems} /></section>}
          <details class="remove">
            <summary>{t.deleteTitle}</summary>
            <p>{t.deleteHelp}</p>
            <ActionButton action={`/settings/inbox/${thread.id}/delete`} csrf={csrf} kind="danger">{t.deleteIt}</ActionButton>
          </details>
        </>
      ),
    });
  }

  server.get('/settings/inbox/:id', { config: operator }, async (request, reply) => {
    const thread = await store.support.get(idOf(request));
    return thread ? page(request, reply, thread, '', []) : reply.callNotFound();
  });

  server.post('/settings/inbox/:id', { config: operator }, async (request, reply) => {
    const thread = await store.support.get(idOf(request));
    if (!thread) return reply.callNotFound();
    const text = formOf(request.body).one('text');
    const answered = await answerThread(context, thread, text);
    if (!answered.ok) return page(request, reply, thread, text, answered.problems);
    flash(reply, t.sent);
    return reply.redirect(`/settings/inbox/${thread.id}`, 303);
  });

  server.post('/settings/inbox/:id/delete', { config: operator }, async (request, reply) => {
    flash(reply, (await deleteThread(context, idOf(request))) ? t.deleted : t.deletedAlready);
    return reply.redirect('/settings/inbox', 303);
  });
}

function nameOf({ name, email }: SupportThread): string {
  return name || email || t.somebodyGone;
}
