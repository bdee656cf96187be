import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mailTest, saveMailServer, testMailServer } from '../../actions/mails/save-mail-server.ts';
import { saveInstance } from '../../actions/instance/save-instance.ts';
import { billingTermsOf } from '../../domain/billing.ts';
import { instanceOf, instanceSettings, missingOf } from '../../domain/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { FieldProblems, fieldId, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { MailServerSection } from './mail-server.tsx';
import { SettingsTabs } from './tabs.tsx';

const operator: { policy: Policy } = { policy: 'operator' };

/** What the instance is called and who answers for it: the public pages and the reviewers need to know. */
export function instanceRoutes(server: FastifyInstance, context: WebContext) {
  const { settings, store } = context;

  const form = async (request: FastifyRequest, reply: FastifyReply, typed: Record<string, string> | null, problems: readonly Problem[]) => {
    const missing = missingOf(settings.get);
    const tested = (await store.settings.checks()).get(mailTest);
    return sendPage(context, request, reply, {
      title: 'Instance', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => (
        <>
          <div class="page-head"><h1>Instance</h1></div>
          <SettingsTabs current="/settings/instance" operator />
          <p class="lead">Everybody reads this on the pages <a href="/privacy">Privacy</a>, <a href="/terms">Terms</a> and <a href="/data-deletion">Deleting your data</a>, and so do the reviewers of networks.</p>
          {missing.length > 0 && <p class="needs-you">Still missing: {missing.map(({ label }) => label.toLowerCase()).join(', ')}.</p>}
          {billingTermsOf(settings.get) === null && <p>Subscriptions: nothing is sold here, and everything is allowed. <a href="/settings/subscribers">Sell subscriptions with Stripe</a></p>}
          <section class="instance-form">
            <Form action="/settings/instance" csrf={csrf}>
              {instanceSettings.map(({ env, field, label, help }) => {
                const locked = settings.origin(env) === 'environment';
                const input = { name: field, readOnly: locked, ...inputProps(field, problems) };
                const value = locked ? settings.get(env) : (typed?.[field] ?? settings.get(env));
                return (
                  <div class="field">
                    <label for={fieldId(field)}>{label}</label>
                    <p class="help">{help}{locked && <> Set by the environment as <code>{env}</code>.</>}</p>
                    {field === 'address' ? <textarea rows={4} {...input}>{value ?? ''}</textarea> : <input value={value ?? ''} {...(field === 'name' && { placeholder: instanceOf(() => undefined).name })} {...input} />}
                    <FieldProblems field={field} problems={problems} />
                  </div>
                );
              })}
              <button class="button primary">Save</button>
            </Form>
          </section>
          <MailServerSection csrf={csrf} settings={settings} typed={typed} problems={problems} tested={tested} />
        </>
      ),
    });
  };

  server.get('/settings/instance', { config: operator }, (request, reply) => form(request, reply, null, []));

  server.post('/settings/instance', { config: operator }, async (request, reply) => {
    const sent = formOf(request.body);
    const typed = Object.fromEntries(instanceSettings.map(({ field }) => [field, sent.one(field)]));
    const saved = await saveInstance(context, actorOf(request).userId, typed);
    if (!saved.ok) return form(request, reply, typed, saved.problems);
    flash(reply, 'Saved.');
    return reply.redirect('/settings/instance', 303);
  });

  server.post('/settings/instance/mail', { config: operator }, async (request, reply) => {
    const sent = formOf(request.body);
    const typed = { smtp: sent.one('smtp'), from: sent.one('from') };
    const saved = await saveMailServer(context, actorOf(request).userId, { ...typed, forget: sent.has('forget') });
    if (!saved.ok) return form(request, reply, typed, saved.problems);
    flash(reply, 'Saved.');
    return reply.redirect('/settings/instance#mail', 303);
  });

  server.post('/settings/instance/mail/test', { config: operator }, async (request, reply) => {
    const tried = await testMailServer(context, actorOf(request).userId);
    if (!tried.ok) flash(reply, tried.problems[0]?.message ?? '');
    return reply.redirect('/settings/instance#mail', 303);
  });
}
