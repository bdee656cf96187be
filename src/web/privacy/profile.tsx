import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askEmailChange, changeName, confirmEmail } from '../../actions/people/profile.ts';
import type { Problem } from '../../domain/limits.ts';
import { privacyTexts as t } from '../../domain/texts/instance/privacy.ts';
import { lookTexts as look } from '../../domain/texts/settings/look.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { lookOf, looks } from '../look.ts';
import { flash, sendPage } from '../page.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { TextField } from '../ui/field.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { SettingsTabs } from '../settings/tabs.tsx';
import { rich } from '../words/rich.tsx';

const see: { policy: Policy } = { policy: { member: 'viewer' } };

/** Name and e-mail address, corrected by the person themselves. */
export function profileRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, typed: { name?: string; email?: string } = {}, problems: readonly Problem[] = []) {
    const { userId, operator } = actorOf(request);
    const user = await store.people.user(userId);
    const waiting = await store.people.emailChange(userId, now());
    return sendPage(context, request, reply, {
      title: t.profile, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <PageHead title={t.profile} />
          <SettingsTabs current="/settings/profile" operator={operator} />
          <section>
            <h2>{t.name}</h2>
            <Form action="/settings/profile/name" csrf={csrf}>
              <TextField name="name" label={t.name} value={typed.name ?? user?.name ?? ''} problems={problems} autocomplete="name" required />
              <Button kind="primary">{t.save}</Button>
            </Form>
          </section>
          <section>
            <h2>{t.email}</h2>
            <p>{user?.email}</p>
            {waiting && <p class="flash" role="status">{rich(t.addressWaits, { email: waiting.email, when: <Time at={waiting.expiresAt} zone={workspace.zone} /> })}</p>}
            <Form action="/settings/profile/email" csrf={csrf}>
              <TextField name="email" label={t.newAddress} type="email" value={typed.email ?? ''} help={t.newAddressHelp} problems={problems} autocomplete="email" required />
              <TextField name="password" label={t.password} type="password" problems={problems} autocomplete="current-password" required />
              <Button>{t.changeAddress}</Button>
            </Form>
          </section>
          <section>
            <h2>{look.title}</h2>
            <Form action="/settings/look" csrf={csrf} class="inline looks">
              {looks.map((one) => <Button name="look" value={one} aria-pressed={one === lookOf(request)}>{look[one]}</Button>)}
            </Form>
            <p class="help">{rich(look.help, { key: <kbd>?</kbd> })}</p>
          </section>
        </>
      ),
    });
  }

  server.get('/settings/profile', { config: see }, (request, reply) => page(request, reply));

  server.post('/settings/profile/name', { config: see }, async (request, reply) => {
    const name = formOf(request.body).one('name');
    const done = await changeName(context, actorOf(request), name);
    if (!done.ok) return page(request, reply, { name }, done.problems);
    flash(reply, t.saved);
    return reply.redirect('/settings/profile', 303);
  });

  server.post('/settings/profile/email', { config: see }, async (request, reply) => {
    const form = formOf(request.body);
    const email = form.one('email');
    const asked = await askEmailChange(context, actorOf(request), { email, password: form.one('password'), ip: request.ip });
    if (!asked.ok) return page(request, reply, { email }, asked.problems);
    flash(reply, t.addressMailed);
    return reply.redirect('/settings/profile', 303);
  });

  async function confirmPage(request: FastifyRequest, reply: FastifyReply, token: string, problems: readonly Problem[] = []) {
    return sendPage(context, request, reply, {
      title: t.confirmTitle, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => (
        <>
          <PageHead title={t.confirmHeading} />
          <ProblemList problems={problems} />
          {problems.length === 0 ? (
            <Form action="/settings/new-email" csrf={csrf}>
              <input type="hidden" name="token" value={token} />
              <p>{t.confirmText}</p>
              <Button kind="primary">{t.confirm}</Button>
            </Form>
          ) : <p><ButtonLink href="/settings/profile">{t.profile}</ButtonLink></p>}
        </>
      ),
    });
  }

  const secret = { config: { ...see, secretAddress: true as const } };
  server.get('/settings/new-email', secret, (request, reply) => {
    const { token } = request.query as { token?: unknown };
    return confirmPage(request, reply, typeof token === 'string' ? token.slice(0, 100) : '');
  });

  server.post('/settings/new-email', { config: see }, async (request, reply) => {
    const token = formOf(request.body).one('token');
    const done = await confirmEmail(context, actorOf(request), token);
    if (!done.ok) return confirmPage(request, reply, '', done.problems);
    flash(reply, t.addressChanged);
    return reply.redirect('/settings/profile', 303);
  });
}
