import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { breachFields, breachPreview, breachProblems, tellBreach, type Breach } from '../../actions/policy/notices.ts';
import { instanceOf } from '../../domain/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { isId, newId } from '../../lib/ids.ts';
import type { NoticeState } from '../../store/policy.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { TextArea } from '../support/conversation.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const shown = 500;

const titles = { policy: 'Change of the policy', breach: 'Breach notice' } as const;

/** What was told to people, and how far each notice has come. */
export function NoticeList({ notices, zone }: { notices: readonly NoticeState[]; zone: string }) {
  if (notices.length === 0) return <p class="help">Nothing was told to people yet.</p>;
  return (
    <ul class="rows">
      {notices.map(({ id, kind, createdAt, queued, mailed }) => (
        <li class="row">
          <a href={`/settings/notices/${id}`}>
            <span class="row-text">{titles[kind]}</span>
            <span class={`setup-state ${mailed === queued && queued > 0 ? 'is-ready' : ''}`}>{mailed} of {queued} mailed</span>
            <span class="row-time"><Time at={createdAt} zone={zone} /></span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** How whoever runs the instance tells people of a breach, and the record of who was told what and when. */
export function noticeRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings, now } = context;

  async function form(request: FastifyRequest, reply: FastifyReply, sent: { id: string; whom: string; breach: Breach } | null, problems: readonly Problem[], preview: boolean) {
    const instance = instanceOf(settings.get);
    const typed = sent ?? { id: newId(now()), whom: '', breach: { happened: '', data: '', done: '', todo: '', contact: [instance.operator, instance.email].filter(Boolean).join(', ') } };
    const workspaces = await store.policy.workspaces();
    const whom = workspaces.find(({ id }) => id === typed.whom)?.name ?? 'all accounts';
    const mail = preview ? breachPreview(typed.breach, instance.name) : null;
    return sendPage(context, request, reply, {
      title: 'Tell people of a breach', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => (
        <>
          <div class="page-head"><h1>Tell people of a breach</h1></div>
          <SettingsTabs current="/settings/policy" operator />
          <p class="lead">When data has got into wrong hands, those concerned must know soon, in plain words. The authority usually must within 72 hours.</p>
          {mail && (
            <section class="preview-mail">
              <h2>Look at it once more</h2>
              <p>To <strong>{whom}</strong>: “{mail.subject}”</p>
              <blockquote>{mail.body.map((block) => typeof block === 'string' && <p class="message-text">{block}</p>)}</blockquote>
              <Form action="/settings/breach" csrf={csrf}>
                <input type="hidden" name="id" value={typed.id} />
                <input type="hidden" name="whom" value={typed.whom} />
                {breachFields.map(({ name }) => <input type="hidden" name={name} value={typed.breach[name]} />)}
                <button class="button danger" name="step" value="send">Send it to {whom}</button>
              </Form>
            </section>
          )}
          <section class="policy-form">
            {mail && <h2>Change it</h2>}
            <Form action="/settings/breach" csrf={csrf}>
              <input type="hidden" name="id" value={typed.id} />
              <div class="field">
                <label for={fieldId('whom')}>Whom it concerns</label>
                <select name="whom" {...inputProps('whom', problems)}>
                  <option value="" selected={typed.whom === ''}>All accounts of this instance</option>
                  {workspaces.map(({ id, name, owners }) => <option value={id} selected={typed.whom === id}>{name} ({owners})</option>)}
                </select>
                <FieldProblems field="whom" problems={problems} />
              </div>
              {breachFields.map(({ name, label, help }) => <TextArea name={name} label={label} help={help} value={typed.breach[name]} problems={problems} rows={4} />)}
              <button class="button primary" name="step" value="look">Look at the mail</button>
            </Form>
          </section>
        </>
      ),
    });
  }

  server.get('/settings/breach', { config: operator }, (request, reply) => form(request, reply, null, [], false));

  server.post('/settings/breach', { config: operator }, async (request, reply) => {
    const sent = formOf(request.body);
    const id = isId(sent.one('id')) ? sent.one('id') : newId(now());
    const breach: Breach = { happened: sent.one('happened'), data: sent.one('data'), done: sent.one('done'), todo: sent.one('todo'), contact: sent.one('contact') };
    const typed = { id, whom: sent.one('whom'), breach };
    if (sent.one('step') !== 'send') {
      const problems = breachProblems(breach);
      return form(request, reply, typed, problems, problems.length === 0);
    }
    const told = await tellBreach(context, { id, workspaceId: typed.whom === '' ? null : typed.whom, breach });
    if (!told.ok) return form(request, reply, typed, told.problems, false);
    request.log.info({ by: actorOf(request).userId, notice: id }, 'a breach notice was sent');
    flash(reply, 'The mails are on their way. This page says how far they have come.');
    return reply.redirect(`/settings/notices/${id}`, 303);
  });

  server.get('/settings/notices/:id', { config: operator }, async (request, reply) => {
    const notice = (await store.policy.notices()).find(({ id }) => id === idOf(request));
    if (!notice) return reply.callNotFound();
    const people = await store.policy.recipients(notice.id, shown);
    return sendPage(context, request, reply, {
      title: titles[notice.kind], current: '/settings',
      body: ({ workspace: { zone } }) => (
        <>
          <div class="page-head"><h1>{titles[notice.kind]}</h1></div>
          <SettingsTabs current="/settings/policy" operator />
          <p>Begun <Time at={notice.createdAt} zone={zone} />. <strong>{notice.mailed} of {notice.queued}</strong> mailed{notice.kind === 'breach' && (notice.closedAt === null ? '; more people are being added' : '')}. What stands in the way of the others says the <a href="/settings/outbox">outbox</a>.</p>
          {notice.versionId !== null && <p><a href={`/policy/${notice.versionId}`}>Read the version</a></p>}
          <dl class="keeping">{Object.entries(notice.data).filter(([name]) => name !== 'versionId').map(([name, text]) => <div><dt>{breachFields.find((field) => field.name === name)?.label ?? (name === 'summary' ? 'What changes' : 'Takes effect')}</dt><dd class="message-text">{text}</dd></div>)}</dl>
          <h2>Who was told</h2>
          <ul class="rows">
            {people.map(({ email, queuedAt, mailedAt }) => (
              <li class="row session"><span class="row-text">{email}</span><span class="row-time">{mailedAt === null ? <>in the queue since <Time at={queuedAt} zone={zone} /></> : <>mailed <Time at={mailedAt} zone={zone} /></>}</span></li>
            ))}
          </ul>
          {notice.queued > people.length && <p class="help">Not named: {notice.queued - people.length}, whose accounts are deleted or who are beyond the first {shown}.</p>}
        </>
      ),
    });
  });
}
