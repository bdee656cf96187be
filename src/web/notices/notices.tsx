import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { breachFields, breachPreview, breachProblems, tellBreach, type Breach } from '../../actions/policy/notices.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { noticesTexts as t } from '../../domain/texts/people/notices.ts';
import { isId, newId } from '../../lib/ids.ts';
import type { NoticeState } from '../../store/instance/policy.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { TextAreaField } from '../ui/field.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { SelectField } from '../ui/select.tsx';
import { Form } from '../ui/form.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { rich } from '../words/rich.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const shown = 500;

const titles = { policy: t.policyChange, breach: t.breachNotice } as const;

/** What was told to people, and how far each notice has come. */
export function NoticeList({ notices, zone }: { notices: readonly NoticeState[]; zone: string }) {
  if (notices.length === 0) return <p class="help">{t.nothingTold}</p>;
  return (
    <ul class="rows">
      {notices.map(({ id, kind, createdAt, queued, mailed }) => (
        <li class="row">
          <a href={`/settings/notices/${id}`}>
            <span class="row-text">{titles[kind]}</span>
            <Badge tone={mailed === queued && queued > 0 ? 'good' : 'plain'}>{t.mailed(mailed, queued)}</Badge>
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
    const whom = workspaces.find(({ id }) => id === typed.whom)?.name ?? t.allAccounts;
    const mail = preview ? breachPreview(typed.breach, instance.name) : null;
    return sendPage(context, request, reply, {
      title: t.breachTitle, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => (
        <>
          <PageHead title={t.breachTitle} />
          <SettingsTabs current="/settings/policy" operator />
          <p class="lead">{t.breachLead}</p>
          {mail && (
            <section class="preview-mail">
              <h2>{t.lookAgain}</h2>
              <p>{rich(t.mailTo, { whom: <strong>{whom}</strong>, subject: mail.subject })}</p>
              <blockquote>{mail.body.map((block) => typeof block === 'string' && <p class="message-text">{block}</p>)}</blockquote>
              <Form action="/settings/breach" csrf={csrf}>
                <input type="hidden" name="id" value={typed.id} />
                <input type="hidden" name="whom" value={typed.whom} />
                {breachFields.map(({ name }) => <input type="hidden" name={name} value={typed.breach[name]} />)}
                <Button kind="danger" name="step" value="send">{rich(t.sendTo, { whom })}</Button>
              </Form>
            </section>
          )}
          <section class="policy-form">
            {mail && <h2>{t.changeIt}</h2>}
            <Form action="/settings/breach" csrf={csrf}>
              <input type="hidden" name="id" value={typed.id} />
              <SelectField
                name="whom" label={t.whom} value={typed.whom} problems={problems}
                options={[{ value: '', label: t.everybody }, ...workspaces.map(({ id, name, owners }) => ({ value: id, label: `${name} (${owners})` }))]}
              />
              {breachFields.map(({ name, label, help }) => <TextAreaField name={name} label={label} help={help} value={typed.breach[name]} problems={problems} rows={4} required />)}
              <Button kind="primary" name="step" value="look">{t.lookAtMail}</Button>
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
    flash(reply, t.mailsOnTheirWay);
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
          <PageHead title={titles[notice.kind]} />
          <SettingsTabs current="/settings/policy" operator />
          <p>{rich(notice.kind === 'breach' && notice.closedAt === null ? t.progressAdding : t.progress, { when: <Time at={notice.createdAt} zone={zone} />, count: <strong>{t.mailed(notice.mailed, notice.queued)}</strong>, outbox: (words) => <a href="/settings/outbox">{words}</a> })}</p>
          {notice.versionId !== null && <p><a href={`/policy/${notice.versionId}`}>{t.readVersion}</a></p>}
          <dl class="keeping">{Object.entries(notice.data).filter(([name]) => name !== 'versionId').map(([name, text]) => <div><dt>{breachFields.find((field) => field.name === name)?.label ?? (name === 'summary' ? t.whatChanges : t.takesEffect)}</dt><dd class="message-text">{text}</dd></div>)}</dl>
          <h2>{t.whoWasTold}</h2>
          <ul class="rows">
            {people.map(({ email, queuedAt, mailedAt }) => (
              <li class="row session"><span class="row-text">{email}</span><span class="row-time">{mailedAt === null ? <>{rich(t.queuedSince, { when: <Time at={queuedAt} zone={zone} /> })}</> : <>{rich(t.mailedAt, { when: <Time at={mailedAt} zone={zone} /> })}</>}</span></li>
            ))}
          </ul>
          {notice.queued > people.length && <p class="help">{t.notNamed(notice.queued - people.length, shown)}</p>}
        </>
      ),
    });
  });
}
