import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { codePatience, logInByCode } from '../../actions/sessions/log-in.ts';
import type { Problem } from '../../domain/limits.ts';
import { authTexts as t } from '../../domain/texts/people/auth.ts';
import type { WebContext } from '../context.ts';
import { formOf, localPath } from '../forms.ts';
import { sendSheet } from '../page.tsx';
import { Button } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';

/** The second step of a log-in, for people who switched it on. */
export function codeRoutes(server: FastifyInstance, context: WebContext) {
  const { sessionCookie, config } = context;
  const secure = config.publicUrl.startsWith('https:');
  const cookie = stepCookie(secure);

  const page = (request: FastifyRequest, reply: FastifyReply, next: string, problems: readonly Problem[], status: number) => sendSheet(context, request, reply, {
    title: t.code.title, lead: t.code.lead, status,
    body: (csrf) => (
      <Form action="/login/code" csrf={csrf}>
        <ProblemList problems={problems.filter(({ field }) => field === '')} />
        <input type="hidden" name="next" value={next} />
        <TextField name="code" label={t.code.label} problems={problems} autocomplete="one-time-code" required autofocus />
        <Button kind="primary">{t.logIn}</Button>
        <p class="help"><a href="/login">{t.code.anew}</a></p>
      </Form>
    ),
  });

  server.get('/login/code', { config: { policy: 'public' } }, (request, reply) => {
    const next = localPath((request.query as { next?: unknown }).next);
    if (request.actor) return reply.redirect(next, 303);
    return request.cookies[cookie.name] ? page(request, reply, next, [], 200) : reply.redirect('/login', 303);
  });

  server.post('/login/code', { config: { policy: 'public' } }, async (request, reply) => {
    const form = formOf(request.body);
    const next = localPath(form.one('next'));
    const came = await logInByCode(context, { step: (request.cookies[cookie.name] ?? '').slice(0, 100), code: form.one('code'), device: sessionCookie.device(request, reply) });
    if (!came.ok) {
      if ('gone' in came) return reply.redirect(`/login?over=code&next=${encodeURIComponent(next)}`, 303);
      if (came.waitSeconds !== undefined) void reply.header('retry-after', came.waitSeconds);
      return page(request, reply, next, came.problems, came.waitSeconds === undefined ? 422 : 429);
    }
    void reply.clearCookie(cookie.name, cookie.options);
    await sessionCookie.end(request, reply);
    sessionCookie.set(reply, came);
    return reply.redirect(next, 303);
  });
}

/** Carries the token of a log-in whose code is awaited. */
export function stepCookie(secure: boolean) {
  return {
    name: secure ? '__Host-step' : 'step',
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure } as const,
    maxAge: codePatience / 1000,
  };
}
