import type { FastifyInstance } from 'fastify';
import { dropMail, retryMail } from '../../actions/mails/outbox.ts';
import { mailStates, type MailState } from '../../domain/people/mail.ts';
import { mailPageTexts as t } from '../../domain/texts/people/team.ts';
import type { OutboxMail } from '../../store/people/mails.ts';
import type { WebContext } from '../context.ts';
import { flash, sendPage } from '../page.tsx';
import { Badge } from '../ui/badge.tsx';
import { ActionButton } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { rich } from '../words/rich.tsx';
import { Time } from '../words/time.tsx';
import type { Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';

const operator: { policy: Policy } = { policy: 'operator' };

const words: Record<MailState, string> = t.states;

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
      title: t.outbox, current: '/settings',
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={t.outbox} />
          <SettingsTabs current="/settings/outbox" operator />
          {settings.get('SMTP_URL') === undefined && <p class="needs-you">{rich(t.noServer, { set: (said) => <a href="/settings/instance#mail">{said}</a> })}</p>}
          <Tabs
            label={t.state} current={state === undefined ? '/settings/outbox' : `/settings/outbox?show=${state}`}
            tabs={[{ href: '/settings/outbox', label: t.all }, ...mailStates.filter((one) => counts[one] > 0).map((one) => ({ href: `/settings/outbox?show=${one}`, label: t.counted(words[one], counts[one]) }))]}
          />
          {list.length === 0
            ? <p class="help">{t.none}</p>
            : <ul class="rows outbox">{list.map((mail) => <MailRow mail={mail} zone={zone} csrf={csrf} />)}</ul>}
        </>
      ),
    });
  });

  server.post('/settings/outbox/:id/retry', { config: operator }, async (request, reply) => {
    flash(reply, (await retryMail(context, idOf(request))) ? t.again : t.notAgain);
    return reply.redirect('/settings/outbox', 303);
  });

  server.post('/settings/outbox/:id/drop', { config: operator }, async (request, reply) => {
    flash(reply, (await dropMail(context, idOf(request))) ? t.dropped : t.notDropped);
    return reply.redirect('/settings/outbox', 303);
  });
}

function MailRow({ mail: { id, email, subject, state, error, kept, createdAt, sentAt, dueAt, attempts }, zone, csrf }: { mail: OutboxMail; zone: string; csrf: string }) {
  const open = kept && state !== 'sending';
  return (
    <li class="row">
      <span class="row-text"><strong>{subject}</strong> <span class="handle">{email}</span></span>
      <Badge tone={state === 'sent' ? 'good' : state === 'failed' || state === 'unsure' ? 'bad' : 'plain'}>{words[state]}</Badge>
      <span class="row-time"><Time at={sentAt ?? createdAt} zone={zone} /></span>
      {error && <p class="row-note help">{state === 'waiting' && attempts > 0 ? rich(t.nextTry, { error, at: <Time at={dueAt} zone={zone} /> }) : error}</p>}
      {open && (
        <span class="row-actions">
          <ActionButton action={`/settings/outbox/${id}/retry`} csrf={csrf}>{state === 'waiting' ? t.tryNow : t.sendAgain}</ActionButton>
          <ActionButton action={`/settings/outbox/${id}/drop`} csrf={csrf}>{t.drop}</ActionButton>
        </span>
      )}
    </li>
  );
}
