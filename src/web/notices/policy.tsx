import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { changePolicy, withdrawPolicy } from '../../actions/policy/versions.ts';
import type { Problem } from '../../domain/limits.ts';
import { dateText, earliestDay, noTexts, noticeDays, pageTitles, policyPages, type PolicyTexts } from '../../domain/policy.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton } from '../ui/button.tsx';
import { FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { policyDrawer } from '../public/policy.tsx';
import { TextArea } from '../support/conversation.tsx';
import { NoticeList } from './notices.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';

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
      title: 'Policy', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <div class="page-head"><h1>Policy</h1></div>
          <SettingsTabs current="/settings/policy" operator />
          <p class="lead">The pages <a href="/privacy">Privacy</a>, <a href="/terms">Terms</a> and <a href="/processors">Processors</a> are written from what the program does and how it is set up. Here you add what is yours. <a href="/policy">All versions</a></p>
          {upcoming ? (
            <section>
              <h2>Announced</h2>
              <p>Takes effect on <strong>{dateText(upcoming.effectiveAt)}</strong>. <a href={`/policy/${upcoming.id}`}>Read it</a></p>
              <blockquote class="message-text">{upcoming.summary}</blockquote>
              <p class="help">Nothing else can be changed until then. Taking it back stops the mails that have not gone out; whoever has read it is not told.</p>
              <ActionButton action={`/settings/policy/${upcoming.id}/withdraw`} csrf={csrf}>Take it back</ActionButton>
            </section>
          ) : (
            <section class="policy-form">
              <h2>Change it</h2>
              <Form action="/settings/policy" csrf={csrf}>
                <ProblemList problems={problems.filter(({ field }) => field === '')} />
                {policyPages.map((name) => (
                  <TextArea name={name} label={`Added to ${pageTitles[name]}`} value={typed.additions[name]} problems={problems} rows={5} required={false} {...(name === 'privacy' && { help: 'Plain text. An empty line begins a paragraph, ## a heading.' })} />
                ))}
                <fieldset class="field">
                  <legend>What kind of change is it?</legend>
                  <label class="check"><input type="radio" name="kind" value="minor" checked={typed.kind !== 'material'} /> Minor: wording, a new address. It holds at once and nobody is mailed.</label>
                  <label class="check"><input type="radio" name="kind" value="material" checked={typed.kind === 'material'} /> It matters: every account is mailed, and the dashboard says so, at least {noticeDays} days ahead.</label>
                </fieldset>
                <TextArea name="summary" label="What changes" value={typed.summary} problems={problems} rows={4} required={false} help="For the mail and the list of versions. Needed when it matters." />
                <div class="field">
                  <label for={fieldId('effective')}>Takes effect on</label>
                  <p class="help">When it matters; at 00:00 UTC, {earliestDay(now())} at the earliest.</p>
                  <input type="date" name="effective" value={typed.effective} min={earliestDay(now())} {...inputProps('effective', problems)} />
                  <FieldProblems field="effective" problems={problems} />
                </div>
                <button class="button primary">Publish</button>
              </Form>
            </section>
          )}
          <section>
            <h2>Told to people</h2>
            <p><a class="button" href="/settings/breach">Tell people of a breach</a></p>
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
    flash(reply, material ? 'Announced. The mails are on their way; below you see how far they have come.' : 'It holds from now on.');
    return reply.redirect('/settings/policy', 303);
  });

  server.post('/settings/policy/:id/withdraw', { config: operator }, async (request, reply) => {
    flash(reply, (await withdrawPolicy(context, idOf(request))) ? 'Taken back.' : 'This change has taken effect already, or was taken back.');
    return reply.redirect('/settings/policy', 303);
  });
}
