import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addressCheck, checkAddress, checkMedia, echoPath, mediaCheck, seenFrom } from '../../actions/instance/check-address.ts';
import { createEcho } from '../../actions/instance/echo.ts';
import { saveInstance } from '../../actions/instance/save-instance.ts';
import { mailTest, saveMailServer, testMailServer } from '../../actions/mails/save-mail-server.ts';
import type { SetupStep } from '../../domain/instance/first-run.ts';
import type { Problem } from '../../domain/limits.ts';
import { dateText } from '../../domain/instance/policy.ts';
import { setupTexts as t } from '../../domain/texts/instance/setup.ts';
import { backupMade } from '../../store/instance/copy.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash } from '../page.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { Findings } from '../settings/findings.tsx';
import { InstanceForm } from '../settings/instance-form.tsx';
import { instanceTyped, mailTyped } from '../settings/instance.tsx';
import { MailServer } from '../settings/mail-server.tsx';
import { rich } from '../words/rich.tsx';
import { listText } from '../words/words.ts';
import { arrivalOf, cameBy } from './arrival.ts';
import { pathOf } from './frame.tsx';
import { BackupStep, Looked, WithoutMail } from './instance-parts.tsx';
import type { ShowStep } from './routes.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const link = (href: string) => (words: string) => <a href={href}>{words}</a>;

type Pass = (request: FastifyRequest, reply: FastifyReply, from: SetupStep, skipped: boolean) => Promise<FastifyReply>;

/** The steps of whoever runs the instance. */
export function instanceSteps(server: FastifyInstance, context: WebContext, show: ShowStep, pass: Pass) {
  const { store, settings, config, now, providers } = context;
  const echo = createEcho(now);
  const deps = { ...context, echo };

  server.get(pathOf('address'), { config: operator }, async (request, reply) => {
    const check = (await store.settings.checks()).get(addressCheck(config.publicUrl));
    const seen = seenFrom(context, arrivalOf(request));
    return show(request, reply, 'address', ({ csrf, workspace: { zone } }) => ({
      title: t.address.title, lead: t.address.lead,
      children: (
        <>
          {check === undefined && <><h2>{t.address.seen}</h2><Findings findings={seen} id="seen" /><h2>{t.address.outside}</h2></>}
          <Looked check={check} action="/setup/address/check" csrf={csrf} zone={zone} help={t.address.outsideHelp} />
        </>
      ),
    }), { islands: ['copy'] });
  });

  server.post('/setup/address/check', { config: operator }, async (request, reply) => {
    await checkAddress(deps, arrivalOf(request));
    return reply.redirect(`${pathOf('address')}#looked`, 303);
  });

  /** Answers the calls of this very process, each once; to everybody else there is nothing here. */
  server.get(`${echoPath}:nonce`, { config: { policy: 'public', secretAddress: true } }, async (request, reply) => {
    const answer = echo.answer((request.params as { nonce: string }).nonce, cameBy(request));
    if (answer === null) throw new NowhereError();
    return reply.type('text/plain').send(answer);
  });

  const operatorStep = async (request: FastifyRequest, reply: FastifyReply, typed: Record<string, string> | null, problems: readonly Problem[]) => {
    const current = await store.policy.current(now());
    return show(request, reply, 'operator', ({ csrf }) => ({
      title: t.operator.title, leadsOn: true, lead: rich(t.operator.lead, { privacy: link('/privacy'), terms: link('/terms') }),
      children: (
        <>
          <InstanceForm action={pathOf('operator')} csrf={csrf} settings={settings} typed={typed} problems={problems} save={t.operator.save} />
          {current && <p class="help">{rich(t.operator.inEffect, { day: dateText(current.effectiveAt), policy: link('/settings/policy') })}</p>}
        </>
      ),
    }), { status: problems.length > 0 ? 422 : 200 });
  };
  server.get(pathOf('operator'), { config: operator }, (request, reply) => operatorStep(request, reply, null, []));
  server.post(pathOf('operator'), { config: operator }, async (request, reply) => {
    const typed = instanceTyped(request);
    const saved = await saveInstance(context, actorOf(request).userId, typed);
    return saved.ok ? pass(request, reply, 'operator', false) : operatorStep(request, reply, typed, saved.problems);
  });

  const mailStep = async (request: FastifyRequest, reply: FastifyReply, typed: Record<string, string> | null, problems: readonly Problem[]) => {
    const tested = (await store.settings.checks()).get(mailTest);
    return show(request, reply, 'mail', ({ csrf, workspace: { zone } }) => ({
      title: t.mail.title, lead: t.mail.lead,
      children: (
        <>
          <section><MailServer base={pathOf('mail')} csrf={csrf} settings={settings} typed={typed} problems={problems} tested={tested} zone={zone} /></section>
          {settings.get('SMTP_URL') === undefined && <WithoutMail />}
        </>
      ),
    }), { status: problems.length > 0 ? 422 : 200 });
  };
  server.get(pathOf('mail'), { config: operator }, (request, reply) => mailStep(request, reply, null, []));
  server.post(pathOf('mail'), { config: operator }, async (request, reply) => {
    const typed = mailTyped(request);
    const saved = await saveMailServer(context, actorOf(request).userId, { ...typed, forget: formOf(request.body).has('forget') });
    return saved.ok ? reply.redirect(pathOf('mail'), 303) : mailStep(request, reply, typed, saved.problems);
  });
  server.post('/setup/mail/test', { config: operator }, async (request, reply) => {
    const tried = await testMailServer(context, actorOf(request).userId);
    if (!tried.ok) flash(reply, tried.problems[0]?.message ?? '');
    return reply.redirect(pathOf('mail'), 303);
  });

  server.get(pathOf('media'), { config: operator }, async (request, reply) => {
    const check = (await store.settings.checks()).get(mediaCheck(config.publicUrl));
    const pulling = providers.all.filter(({ setup }) => setup?.pulls).map(({ name }) => name);
    return show(request, reply, 'media', ({ csrf, workspace: { zone } }) => ({
      title: t.media.title, lead: t.media.lead(listText(pulling)),
      children: <><Looked check={check} action="/setup/media/check" csrf={csrf} zone={zone} help={t.media.lookHelp} /><p class="setup-limits help">{t.media.limits}</p></>,
    }), { islands: ['copy'] });
  });
  server.post('/setup/media/check', { config: operator }, async (_request, reply) => {
    await checkMedia(deps);
    return reply.redirect(`${pathOf('media')}#looked`, 303);
  });

  server.get(pathOf('backup'), { config: operator }, async (request, reply) => {
    const made = (await store.settings.checks()).get(backupMade)?.at;
    return show(request, reply, 'backup', ({ workspace: { zone } }) => ({
      title: t.backup.title, lead: t.backup.lead,
      children: <BackupStep script={context.script} dataDir={config.dataDir} keyFile={config.secretKey === undefined ? join(config.dataDir, 'secret.key') : null} made={made} zone={zone} />,
    }), { islands: ['copy'] });
  });
}

/** Not `callNotFound`, after which the route is forgotten, and with it that its address stays out of the log. */
class NowhereError extends Error {
  readonly statusCode = 404;
}
