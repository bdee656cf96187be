import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changePolicy, withdrawPolicy } from '../../actions/policy/versions.ts';
import type { Problem } from '../../domain/limits.ts';
import { dateText, earliestDay, noTexts, noticeDays, pageTitles, policyPages, type PolicyTexts } from '../../domain/instance/policy.ts';
import { noticesTexts as t } from '../../domain/texts/people/notices.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton, Button, ButtonLink } from '../ui/button.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { policyDrawer } from '../public/policy.tsx';
import { NoticeList } from './notices.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { rich } from '../words/rich.tsx';

const operator: { policy: Policy } = { policy: 'operator' };

interface Typed {
  additions: PolicyTexts;
  kind: string;
  summary: string;
  effective: string;
}

/** Where whoever runs the instance changes what the public pages promise, and announces it where it matters. */
export function policySettingsRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;
  const draw = policyDrawer(context);

  async function page(request: FastifyRequest, reply: FastifyReply, sent: Typed | null, problems: readonly Problem[]) {
    const current = await store.policy.current(now());
    const upcoming = await store.policy.upcoming(now());
    const notices = await store.policy.notices();
    const typed = sent ?? { additions: current?.additions ?? noTexts, kind: 'minor', summary: '', effective: '' };
    return sendPage(context, request, reply, {
      title: t.policy, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={t.policy} />
          <SettingsTabs current="/settings/policy" operator />
          <p class="lead">{rich(t.lead, { privacy: (words) => <a href="/privacy">{words}</a>, terms: (words) => <a href="/terms">{words}</a>, processors: (words) => <a href="/processors">{words}</a>, policy: (words) => <a href="/policy">{words}</a> })}</p>
          {upcoming ? (
            <section>
              <h2>{t.announced}</h2>
              <p>{rich(t.effectiveOn, { day: <strong>{dateText(upcoming.effectiveAt)}</strong>, link: (words) => <a href={`/policy/${upcoming.id}`}>{words}</a> })}</p>
              <blockquote class="message-text">{upcoming.summary}</blockquote>
              <p class="help">{t.nothingUntilThen}</p>
              <ActionButton action={`/settings/policy/${upcoming.id}/withdraw`} csrf={csrf}>{t.takeBack}</ActionButton>
            </section>
          ) : (
            <section class="policy-form">
              <h2>{t.changeIt}</h2>
              <Form action="/settings/policy" csrf={csrf}>
                <ProblemList problems={problems.filter(({ field }) => field === '')} />
                {policyPages.map((name) => (
                  <TextAreaField name={name} label={t.addedTo(pageTitles[name])} value={typed.additions[name]} problems={problems} rows={5} {...(name === 'privacy' && { help: t.additionHelp })} />
                ))}
                <fieldset class="field">
                  <legend>{t.kindAsked}</legend>
                  <label class="check">{rich(t.minor, { input: <input type="radio" name="kind" value="minor" checked={typed.kind !== 'material'} /> })}</label>
                  <label class="check">{rich(t.material, { input: <input type="radio" name="kind" value="material" checked={typed.kind === 'material'} />, noticeDays })}</label>
                </fieldset>
                <TextAreaField name="summary" label={t.whatChanges} value={typed.summary} problems={problems} rows={4} help={t.summaryHelp} />
                <TextField name="effective" label={t.takesEffectOn} type="date" value={typed.effective} min={earliestDay(now())} help={t.effectiveHelp(earliestDay(now()))} problems={problems} />
                <Button kind="primary">{t.publish}</Button>
              </Form>
            </section>
          )}
          <section>
            <h2>{t.told}</h2>
            <p><ButtonLink href="/settings/breach">{t.breachTitle}</ButtonLink></p>
            <NoticeList notices={notices} zone={zone} />
          </section>
        </>
      ),
    });
  }

  server.get('/settings/policy', { config: operator }, (request, reply) => page(request, reply, null, []));

  server.post('/settings/policy', { config: operator }, async (request, reply) => {
    const form = formOf(request.body);
    const typed: Typed = {
      additions: { privacy: form.one('privacy'), terms: form.one('terms'), processors: form.one('processors') },
      kind: form.one('kind'), summary: form.one('summary'), effective: form.one('effective'),
    };
    const material = typed.kind === 'material';
    const changed = await changePolicy(context, draw, { ...typed, material });
    if (!changed.ok) return page(request, reply, typed, changed.problems);
    request.log.info({ by: actorOf(request).userId, material }, 'the policy was changed');
    flash(reply, material ? t.announcedNow : t.holdsNow);
    return reply.redirect('/settings/policy', 303);
  });

  server.post('/settings/policy/:id/withdraw', { config: operator }, async (request, reply) => {
    flash(reply, (await withdrawPolicy(context, idOf(request))) ? t.takenBack : t.withdrawnAlready);
    return reply.redirect('/settings/policy', 303);
  });
}
