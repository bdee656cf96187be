import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mailTest, saveMailServer, testMailServer } from '../../actions/mails/save-mail-server.ts';
import { saveInstance } from '../../actions/instance/save-instance.ts';
import { billingTermsOf } from '../../domain/billing/billing.ts';
import { instanceSettings, missingOf } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { instanceTexts as t } from '../../domain/texts/settings/instance.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { InstanceForm } from './instance-form.tsx';
import { MailServer } from './mail-server.tsx';
import { SettingsTabs } from './tabs.tsx';

const operator: { policy: Policy } = { policy: 'operator' };

const link = (href: string) => (words: string) => <a href={href}>{words}</a>;

/** What the instance is called and who answers for it: the public pages and the reviewers need to know. */
export function instanceRoutes(server: FastifyInstance, context: WebContext) {
  const { settings, store } = context;

  const page = async (request: FastifyRequest, reply: FastifyReply, typed: Record<string, string> | null, problems: readonly Problem[]) => {
    const missing = missingOf(settings.get);
    const tested = (await store.settings.checks()).get(mailTest);
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace: { zone } }) => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings/instance" operator />
          <p class="lead">{rich(t.lead, { privacy: link('/privacy'), terms: link('/terms'), deletion: link('/data-deletion') })}</p>
          {missing.length > 0 && <p class="needs-you">{t.missing(missing.map(({ label }) => label))}</p>}
          {billingTermsOf(settings.get) === null && <p>{rich(t.selling, { a: link('/settings/subscribers') })}</p>}
          <p>{rich(t.setUp, { a: link('/setup/address') })}</p>
          <section><InstanceForm action="/settings/instance" csrf={csrf} settings={settings} typed={typed} problems={problems} /></section>
          <section id="mail">
            <h2>{t.mail.title}</h2>
            <MailServer base="/settings/instance/mail" csrf={csrf} settings={settings} typed={typed} problems={problems} tested={tested} zone={zone} />
          </section>
        </>
      ),
    });
  };

  server.get('/settings/instance', { config: operator }, (request, reply) => page(request, reply, null, []));

  server.post('/settings/instance', { config: operator }, async (request, reply) => {
    const typed = instanceTyped(request);
    const saved = await saveInstance(context, actorOf(request).userId, typed);
    if (!saved.ok) return page(request, reply, typed, saved.problems);
    flash(reply, t.saved);
    return reply.redirect('/settings/instance', 303);
  });

  server.post('/settings/instance/mail', { config: operator }, async (request, reply) => {
    const typed = mailTyped(request);
    const saved = await saveMailServer(context, actorOf(request).userId, { ...typed, forget: formOf(request.body).has('forget') });
    if (!saved.ok) return page(request, reply, typed, saved.problems);
    flash(reply, t.saved);
    return reply.redirect('/settings/instance#mail', 303);
  });

  server.post('/settings/instance/mail/test', { config: operator }, async (request, reply) => {
    const tried = await testMailServer(context, actorOf(request).userId);
    if (!tried.ok) flash(reply, tried.problems[0]?.message ?? '');
    return reply.redirect('/settings/instance#mail', 303);
  });
}

/** What the form of who runs the instance sent. */
export function instanceTyped(request: FastifyRequest): Record<string, string> {
  const sent = formOf(request.body);
  return Object.fromEntries(instanceSettings.map(({ field }) => [field, sent.one(field)]));
}

/** What the form of the mail server sent. */
export function mailTyped(request: FastifyRequest): { smtp: string; user: string; password: string; from: string } {
  const sent = formOf(request.body);
  return { smtp: sent.one('smtp'), user: sent.one('user'), password: sent.one('password'), from: sent.one('from') };
}
