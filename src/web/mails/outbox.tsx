import type { FastifyInstance } from 'fastify';
import { dropMail, retryMail } from '../../actions/mails/outbox.ts';
import { mailStates, type MailState } from '../../domain/mail.ts';
import type { OutboxMail } from '../../store/mails.ts';
import type { WebContext } from '../context.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { Time } from '../words/time.tsx';
import type { Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';

const operator: { policy: Policy } = { policy: 'operator' };

const words: Record<MailState, string> = { waiting: 'Waits', sending: 'Being sent', sent: 'Sent', failed: 'Not sent', unsure: 'May have been sent', dropped: 'Dropped' };

/** Most mails on one page. */
const shown = 200;

/** What goes out, for whoever runs the instance: to whom and how it went, never what stands in it. */
export function outboxRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings } = context;

  server.get('/settings/outbox', { config: operator }, async (request, reply) => {
    const { show } = request.query as { show?: unknown };
    const state = mailStates.find((one) => one === show);
    const counts = await store.mails.counts();
    const list = await store.mails.list(state ? [state] : [], shown);
    return sendPage(context, request, reply, {
      title: 'Outbox', current: '/settings',
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <div class="page-head"><h1>Outbox</h1></div>
          <SettingsTabs current="/settings/outbox" operator />
          {settings.get('SMTP_URL') === undefined && <p class="needs-you">No mail server is set, so mails wait here. <a href="/settings/instance#mail">Set one</a></p>}
          <nav class="tabs" aria-label="State">
            <a href="/settings/outbox" aria-current={state === undefined ? 'page' : undefined}>All</a>
            {mailStates.filter((one) => counts[one] > 0).map((one) => (
              <a href={`/settings/outbox?show=${one}`} aria-current={state === one ? 'page' : undefined}>{words[one]} {counts[one]}</a>
            ))}
          </nav>
          {list.length === 0
            ? <p class="help">No mails here. What stood in a mail is deleted as soon as it is sent; this list forgets it after 90 days.</p>
            : <ul class="rows outbox">{list.map((mail) => <MailRow mail={mail} zone={zone} csrf={csrf} />)}</ul>}
        </>
      ),
    });
  });

  server.post('/settings/outbox/:id/retry', { config: operator }, async (request, reply) => {
    flash(reply, (await retryMail(context, idOf(request))) ? 'It is tried again now.' : 'This mail cannot be sent any more.');
    return reply.redirect('/settings/outbox', 303);
  });

  server.post('/settings/outbox/:id/drop', { config: operator }, async (request, reply) => {
    flash(reply, (await dropMail(context, idOf(request))) ? 'Dropped.' : 'This mail is no longer waiting.');
    return reply.redirect('/settings/outbox', 303);
  });
}

function MailRow({ mail: { id, email, subject, state, error, kept, createdAt, sentAt, dueAt, attempts }, zone, csrf }: { mail: OutboxMail; zone: string; csrf: string }) {
  const open = kept && state !== 'sending';
  return (
    <li class="row">
      <span class="row-text"><strong>{subject}</strong> <span class="handle">{email}</span></span>
      <span class={`setup-state ${state === 'sent' ? 'is-ready' : ''} ${state === 'failed' || state === 'unsure' ? 'is-bad' : ''}`}>{words[state]}</span>
      <span class="row-time"><Time at={sentAt ?? createdAt} zone={zone} /></span>
      {error && <p class="row-note help">{error}{state === 'waiting' && attempts > 0 && <> Next try <Time at={dueAt} zone={zone} />.</>}</p>}
      {open && (
        <span class="row-actions">
          <ActionButton action={`/settings/outbox/${id}/retry`} csrf={csrf}>{state === 'waiting' ? 'Try now' : 'Send again'}</ActionButton>
          <ActionButton action={`/settings/outbox/${id}/drop`} csrf={csrf}>Drop</ActionButton>
        </span>
      )}
    </li>
  );
}
