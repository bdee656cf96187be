import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askForReset, canReset, resetByLink } from '../../actions/people/reset-password.ts';
import { verifyAgain, verifyEmail } from '../../actions/people/verify-email.ts';
import type { Problem } from '../../domain/limits.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendSheet } from '../page.tsx';
import { Form } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { actorOf } from '../policy.ts';

const open = { config: { policy: 'public' } } as const;

/** What people do by links that were mailed to them: choose a new password, confirm an address. A look changes nothing. */
export function mailLinkRoutes(server: FastifyInstance, context: WebContext) {
  const { settings } = context;

  const forgotPage = (request: FastifyRequest, reply: FastifyReply, email: string, problems: readonly Problem[], status: number) => sendSheet(context, request, reply, {
    title: 'Choose a new password', lead: 'Tell us the e-mail address of your account. A link comes by mail.', status,
    body: (csrf) => (
      <Form action="/forgot" csrf={csrf}>
        <TextField name="email" label="E-mail" type="email" value={email} problems={problems} autocomplete="username" required />
        <button class="button primary">Send the link</button>
        <p class="help"><a href="/login">Back to log-in</a></p>
      </Form>
    ),
  });

  server.get('/forgot', open, (request, reply) => forgotPage(request, reply, '', [], 200));

  server.post('/forgot', open, async (request, reply) => {
    const email = formOf(request.body).one('email');
    const asked = await askForReset(context, { email, ip: request.ip });
    if (!asked.ok) {
      if (asked.waitSeconds !== undefined) void reply.header('retry-after', asked.waitSeconds);
      return forgotPage(request, reply, email, asked.problems, asked.waitSeconds === undefined ? 422 : 429);
    }
    return reply.redirect('/forgot/sent', 303);
  });

  server.get('/forgot/sent', open, (request, reply) => sendSheet(context, request, reply, {
    title: 'Look into your mailbox',
    lead: 'If there is an account with this address, a mail with a link is on its way. The link works once, for one hour.',
    body: () => (
      <>
        {settings.get('SMTP_URL') === undefined && <p>This instance sends no mails at present. Ask whoever runs it for a new password.</p>}
        <p class="help">Nothing there after some minutes? Look among unwanted mails, then <a href="/forgot">ask again</a>.</p>
        <p><a class="button" href="/login">To log-in</a></p>
      </>
    ),
  }));

  const resetPage = (request: FastifyRequest, reply: FastifyReply, token: string, problems: readonly Problem[]) => sendSheet(context, request, reply, {
    title: 'Choose a new password', lead: 'Every session of yours ends with it.', status: problems.length > 0 ? 422 : 200,
    body: (csrf) => (
      <Form action="/reset" csrf={csrf}>
        <input type="hidden" name="token" value={token} />
        <TextField name="password" label="New password" type="password" help="8 characters or more." problems={problems} autocomplete="new-password" required />
        <button class="button primary">Set the password</button>
      </Form>
    ),
  });

  const gone = (request: FastifyRequest, reply: FastifyReply) => sendSheet(context, request, reply, {
    title: 'This link no longer works', lead: 'It works once, for one hour, and the newest mail counts.', status: 410,
    body: () => <p><a class="button primary" href="/forgot">Ask for a new link</a></p>,
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
    title: 'Confirm your e-mail address', lead: 'One press, and mails about your posts reach you.',
    body: (csrf) => (
      <Form action="/verify" csrf={csrf}>
        <input type="hidden" name="token" value={tokenIn(request)} />
        <button class="button primary">Confirm this address</button>
      </Form>
    ),
  }));

  server.post('/verify', open, async (request, reply) => {
    const done = await verifyEmail(context, formOf(request.body).one('token').slice(0, 200));
    if (!done) {
      return sendSheet(context, request, reply, {
        title: 'This link no longer works', lead: 'It works once, for 24 hours. Log in, and the banner on top sends a new one.', status: 410,
        body: () => <p><a class="button primary" href="/">To the start page</a></p>,
      });
    }
    return reply.redirect('/verified', 303);
  });

  server.get('/verified', open, (request, reply) => sendSheet(context, request, reply, {
    title: 'Your address is confirmed', lead: 'Mails about your posts reach you from now on.',
    body: () => <p><a class="button primary" href="/">Go on</a></p>,
  }));

  server.post('/verify/again', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const sent = await verifyAgain(context, actorOf(request).userId);
    flash(reply, sent.ok ? 'A fresh link is on its way to you.' : (sent.problems[0]?.message ?? ''));
    return reply.redirect('/', 303);
  });
}

function tokenIn(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown };
  return typeof token === 'string' ? token.slice(0, 200) : '';
}
