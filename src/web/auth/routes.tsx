import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { beginTrial } from '../../actions/billing/settle.ts';
import { logIn } from '../../actions/sessions/log-in.ts';
import { noteDevice } from '../../actions/sessions/note-device.ts';
import { registrationOpen, signUpByForm } from '../../actions/people/sign-up.ts';
import type { Problem } from '../../domain/limits.ts';
import { authTexts as t } from '../../domain/texts/people/auth.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { sendSheet } from '../page.tsx';
import { stepCookie } from './code.tsx';
import { LogInForm, RegistrationClosed, SignUpForm } from './pages.tsx';

export function authRoutes(server: FastifyInstance, context: WebContext) {
  const { sessionCookie, store, config } = context;

  const signUpPage = (request: FastifyRequest, reply: FastifyReply, typed: { name: string; email: string }, problems: Problem[]) =>
    sendSheet(context, request, reply, {
      title: t.signUp.title, lead: t.signUp.lead, status: problems.length > 0 ? 422 : 200, islands: ['zone'],
      body: (csrf) => <SignUpForm csrf={csrf} typed={typed} problems={problems} />,
    });

  server.get('/signup', { config: { policy: 'public' } }, async (request, reply) => {
    if (request.actor) return reply.redirect('/', 303);
    if (!(await registrationOpen(context))) {
      return sendSheet(context, request, reply, { title: t.signUp.closed, status: 403, body: () => <RegistrationClosed /> });
    }
    return signUpPage(request, reply, { name: '', email: '' }, []);
  });

  server.post('/signup', { config: { policy: 'public' } }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { name: form.one('name'), email: form.one('email') };
    const made = await signUpByForm(context, { ...typed, password: form.one('password'), zone: form.one('zone') });
    if (!made.ok) return signUpPage(request, reply, typed, made.problems);
    await beginTrial(context, made.workspaceId);
    await startSession(context, request, reply, made);
    return reply.redirect('/setup', 303);
  });

  const logInPage = async (request: FastifyRequest, reply: FastifyReply, typed: { email: string; next: string }, problems: Problem[], status = 200) => {
    const open = await registrationOpen(context);
    return sendSheet(context, request, reply, {
      title: t.logIn, status,
      body: (csrf) => <LogInForm csrf={csrf} typed={typed} problems={problems} open={open} said={saidBy(request.query)} />,
    });
  };

  server.get('/login', { config: { policy: 'public' } }, async (request, reply) => {
    const next = localPath((request.query as { next?: unknown }).next);
    if (request.actor) return reply.redirect(next, 303);
    if ((await store.people.countUsers()) === 0) return reply.redirect('/signup', 303);
    return logInPage(request, reply, { email: '', next }, []);
  });

  server.post('/login', { config: { policy: 'public' } }, async (request, reply) => {
    const form = formOf(request.body);
    const typed = { email: form.one('email'), next: localPath(form.one('next')) };
    const came = await logIn(context, { email: typed.email, password: form.one('password'), ip: request.ip, device: sessionCookie.device(request, reply) });
    if (!came.ok) {
      if (came.waitSeconds !== undefined) void reply.header('retry-after', came.waitSeconds);
      return logInPage(request, reply, typed, came.problems, came.waitSeconds === undefined ? 422 : 429);
    }
    if (came.next === 'code') {
      const { name, options, maxAge } = stepCookie(config.publicUrl.startsWith('https:'));
      void reply.setCookie(name, came.step, { ...options, maxAge });
      return reply.redirect(`/login/code?next=${encodeURIComponent(typed.next)}`, 303);
    }
    // A session that was there before is not taken along: a new token at each log-in.
    await sessionCookie.end(request, reply);
    sessionCookie.set(reply, came);
    return reply.redirect(typed.next, 303);
  });

  server.post('/logout', { config: { policy: 'signed_in' } }, async (request, reply) => {
    await sessionCookie.end(request, reply);
    return reply.redirect('/login', 303);
  });
}

/** The first session of a new account, in the browser it was made with. */
export async function startSession(
  context: WebContext, request: FastifyRequest, reply: FastifyReply, { userId, workspaceId }: { userId: string; workspaceId: string },
): Promise<void> {
  const { sessionCookie, sessions } = context;
  const device = sessionCookie.device(request, reply);
  const user = await context.store.people.user(userId);
  if (user) await noteDevice(context, user, device);
  sessionCookie.set(reply, await sessions.create(userId, workspaceId, device.agent));
}

/** Why somebody is sent here. */
function saidBy(query: unknown): string | null {
  const { changed, over } = query as { changed?: unknown; over?: unknown };
  if (changed === 'password') return t.login.changed;
  return over === 'code' ? t.login.codeOver : null;
}
