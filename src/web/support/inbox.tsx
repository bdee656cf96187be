import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerThread, deleteThread } from '../../actions/support/write.ts';
import type { Problem } from '../../domain/limits.ts';
import type { SupportThread } from '../../store/support.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Time } from '../words/time.tsx';
import type { Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { Conversation, MessageForm } from './conversation.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const shown = 200;

/** What came in, for whoever runs the instance. */
export function inboxRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  server.get('/settings/inbox', { config: operator }, async (request, reply) => {
    const threads = await store.support.list(shown);
    return sendPage(context, request, reply, {
      title: 'Inbox', current: '/settings',
      body: ({ workspace: { zone } }) => (
        <>
          <div class="page-head"><h1>Inbox</h1></div>
          <SettingsTabs current="/settings/inbox" operator />
          {threads.length === 0 && <p class="help">Nobody has written. Messages come from <a href="/contact">the public form</a> and from the members’ support page.</p>}
          <ul class="rows">
            {threads.map((thread) => (
              <li class="row">
                <a href={`/settings/inbox/${thread.id}`}>
                  <span class="row-text"><strong>{nameOf(thread)}</strong> {thread.name && <span class="handle">{thread.email}</span>}</span>
                  <span class={`setup-state ${thread.answered ? 'is-ready' : 'is-bad'}`}>{thread.answered ? 'Answered' : 'Needs an answer'}</span>
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
      title: 'Inbox', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <div class="page-head"><h1>{nameOf(thread)}</h1></div>
          <SettingsTabs current="/settings/inbox" operator />
          <p class="help">{thread.email === null ? 'The account is deleted: an answer reaches nobody.' : `${thread.email}, ${thread.userId === null ? 'by the public form; nobody has shown that the address is theirs' : 'a member'}`}</p>
          <Conversation messages={messages} zone={zone} person={nameOf(thread)} operator="You" />
          {thread.email !== null && <section><MessageForm action={`/settings/inbox/${thread.id}`} csrf={csrf} label="Answer" button="Send the answer" typed={typed} problems={problems} /></section>}
          <details class="remove">
            <summary>Delete this conversation</summary>
            <p>For good, with everything in it. Do it when the sender asks for it, or when it turns out to be a child’s.</p>
            <ActionButton action={`/settings/inbox/${thread.id}/delete`} csrf={csrf} kind="danger">Delete it</ActionButton>
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
    flash(reply, 'Sent.');
    return reply.redirect(`/settings/inbox/${thread.id}`, 303);
  });

  server.post('/settings/inbox/:id/delete', { config: operator }, async (request, reply) => {
    flash(reply, (await deleteThread(context, idOf(request))) ? 'Deleted.' : 'It was deleted already.');
    return reply.redirect('/settings/inbox', 303);
  });
}

function nameOf({ name, email }: SupportThread): string {
  return name || email || 'Deleted account';
}
