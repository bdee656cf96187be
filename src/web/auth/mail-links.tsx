import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askForReset, canReset, resetByLink } from '../../actions/people/reset-password.ts';
import { verifyAgain, verifyEmail } from '../../actions/people/verify-email.ts';
import type { Problem } from '../../domain/limits.ts';
import { authTexts as t } from '../../domain/texts/people/auth.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { flash, sendSheet } from '../page.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { rich } from '../words/rich.tsx';
import { actorOf } from '../policy.ts';

const open = { config: { policy: 'public' } } as const;
const link = (href: string) => (words: string) => <a href={href}>{words}</a>;

/** What people do by links that were mailed to them: choose a new password, confirm an address. A look changes nothing. */
export function mailLinkRoutes(server: FastifyInstance, context: WebContext) {
  const { settings } = context;

  const forgotPage = (request: FastifyRequest, reply: FastifyReply, email: string, problems: readonly Problem[], status: number) => sendSheet(context, request, reply, {
    title: t.forgot.title, lead: t.forgot.lead, status,
    body: (csrf) => (
      <Form action="/forgot" csrf={csrf}>
        <TextField name="email" label={t.email} type="email" value={email} problems={problems} autocomplete="username" required />
        <Button kind="primary">{t.forgot.button}</Button>
        <p class="help">{rich(t.backToLogIn, { a: link('/login') })}</p>
      </Form>
    ),
  });

  /** Where no mail can go the way leads by a person, or by the machine itself. */
  const withoutMail = (request: FastifyRequest, reply: FastifyReply) => sendSheet(context, request, reply, {
    title: t.forgot.title, lead: t.forgot.noMails,
    body: () => (
      <>
        <p>{rich(t.forgot.runIt, { command: <code>./scripts/postmaster user reset-password</code> })}</p>
        <p><ButtonLink href="/login">{t.toLogIn}</ButtonLink></p>
      </>
    ),
  });

  server.get('/forgot', open, (request, reply) => (settings.get('SMTP_URL') === undefined ? withoutMail(request, reply) : forgotPage(request, reply, '', [], 200)));

  server.post('/forgot', open, async (request, reply) => {
    const email = formOf(request.body).one('email');
    const asked = await askForReset(context, { email, ip: request.ip });
    if (!asked.ok) {
      if (asked.waitSeconds !== undefined) void reply.header('retry-after', asked.waitSeconds);
      return forgotPage(request, reply, email, asked.problems, asked.waitSeconds === undefined ? 422 : 429);
    }
    return reply.redirect('/forgot/sent', 303);
  });

  server.get('/forgot/sent', open, (request, reply) => (settings.get('SMTP_URL') === undefined ? withoutMail(request, reply) : sendSheet(context, request, reply, {
    title: t.forgot.sent, lead: t.forgot.sentLead,
    body: () => (
      <>
        <p class="help">{rich(t.forgot.nothing, { a: link('/forgot') })}</p>
        <p><ButtonLink href="/login">{t.toLogIn}</ButtonLink></p>
      </>
    ),
  })));

  const resetPage = (request: FastifyRequest, reply: FastifyReply, token: string, problems: readonly Problem[]) => sendSheet(context, request, reply, {
    title: t.reset.title, lead: t.reset.lead, status: problems.length > 0 ? 422 : 200,
    body: (csrf) => (
      <Form action="/reset" csrf={csrf}>
        <input type="hidden" name="token" value={token} />
        <TextField name="password" label={t.newPassword} type="password" help={t.passwordHelp} problems={problems} autocomplete="new-password" required />
        <Button kind="primary">{t.reset.button}</Button>
      </Form>
    ),
  });

  const gone = (request: FastifyRequest, reply: FastifyReply) => sendSheet(context, request, reply, {
    title: t.reset.gone, lead: t.reset.goneLead, status: 410,
    body: () => <p><ButtonLink href="/forgot" kind="primary">{t.reset.again}</ButtonLink></p>,
  });

  server.get('/reset', open, async (request, reply) => {
    const token = tokenIn(request);
    return (await canReset(context, token)) ? resetPage(request, reply, token, []) : gone(request, reply);
  });

  server.post('/reset', open, async (request, reply) => {
    const form = formOf(request.body);
    const token = form.one('token').slice(0, 200);
    const done = await resetByLink(context, { token, password: form.one('password') });
    if (!done.ok) return 'gone' in done ? gone(request, reply) : resetPage(request, reply, token, done.problems);
    await context.sessionCookie.end(request, reply);
    return reply.redirect('/login?changed=password', 303);
  });

  server.get('/verify', open, (request, reply) => sendSheet(context, request, reply, {
    title: t.verify.title, lead: t.verify.lead,
    body: (csrf) => (
      <Form action="/verify" csrf={csrf}>
        <input type="hidden" name="token" value={tokenIn(request)} />
        <Button kind="primary">{t.verify.button}</Button>
      </Form>
    ),
  }));

  server.post('/verify', open, async (request, reply) => {
    const done = await verifyEmail(context, formOf(request.body).one('token').slice(0, 200));
    if (!done) {
      return sendSheet(context, request, reply, {
        title: t.verify.gone, lead: t.verify.goneLead, status: 410,
        body: () => <p><ButtonLink href="/" kind="primary">{t.toStart}</ButtonLink></p>,
      });
    }
    return reply.redirect('/verified', 303);
  });

  server.get('/verified', open, (request, reply) => sendSheet(context, request, reply, {
    title: t.verify.done, lead: t.verify.doneLead,
    body: () => <p><ButtonLink href="/" kind="primary">{t.goOn}</ButtonLink></p>,
  }));

  server.post('/verify/again', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const sent = await verifyAgain(context, actorOf(request).userId);
    flash(reply, sent.ok ? t.verify.sent : (sent.problems[0]?.message ?? ''));
    return reply.redirect(localPath(formOf(request.body).one('back')), 303);
  });
}

function tokenIn(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown };
  return typeof token === 'string' ? token.slice(0, 200) : '';
}
