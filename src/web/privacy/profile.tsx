import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { askEmailChange, changeName, confirmEmail } from '../../actions/people/profile.ts';
import type { Problem } from '../../domain/limits.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { Time } from '../words/time.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { SettingsTabs } from '../settings/tabs.tsx';

const see: { policy: Policy } = { policy: { member: 'viewer' } };

/** Name and e-mail address, corrected by the person themselves. */
export function profileRoutes(server: FastifyInstance, context: WebContext) {
  const { store, now } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, typed: { name?: string; email?: string } = {}, problems: readonly Problem[] = []) {
    const { userId, operator } = actorOf(request);
    const user = await store.people.user(userId);
    const waiting = await store.people.emailChange(userId, now());
    return sendPage(context, request, reply, {
      title: 'Your profile', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf, workspace }) => (
        <>
          <div class="page-head"><h1>Your profile</h1></div>
          <SettingsTabs current="/settings" operator={operator} />
          <section>
            <h2>Name</h2>
            <Form action="/settings/profile/name" csrf={csrf}>
              <TextField name="name" label="Name" value={typed.name ?? user?.name ?? ''} problems={problems} autocomplete="name" required />
              <button class="button primary">Save</button>
            </Form>
          </section>
          <section>
            <h2>E-mail address</h2>
            <p>{user?.email}</p>
            {waiting && <p class="flash" role="status">{waiting.email} waits to be confirmed: open the link in the mail to it before <Time at={waiting.expiresAt} zone={workspace.zone} />.</p>}
            <Form action="/settings/profile/email" csrf={csrf}>
              <TextField name="email" label="New address" type="email" value={typed.email ?? ''} help="It gets a mail with a link. Your address changes when you open it." problems={problems} autocomplete="email" required />
              <TextField name="password" label="Your password" type="password" problems={problems} autocomplete="current-password" required />
              <button class="button">Change address</button>
            </Form>
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
    flash(reply, 'Saved.');
    return reply.redirect('/settings/profile', 303);
  });

  server.post('/settings/profile/email', { config: see }, async (request, reply) => {
    const form = formOf(request.body);
    const email = form.one('email');
    const asked = await askEmailChange(context, actorOf(request), { email, password: form.one('password'), ip: request.ip });
    if (!asked.ok) return page(request, reply, { email }, asked.problems);
    flash(reply, 'A mail is on its way to the new address. Open its link to confirm.');
    return reply.redirect('/settings/profile', 303);
  });

  async function confirmPage(request: FastifyRequest, reply: FastifyReply, token: string, problems: readonly Problem[] = []) {
    return sendPage(context, request, reply, {
      title: 'Confirm your address', current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: ({ csrf }) => (
        <>
          <div class="page-head"><h1>Confirm your new address</h1></div>
          <ProblemList problems={problems} />
          {problems.length === 0 ? (
            <Form action="/settings/new-email" csrf={csrf}>
              <input type="hidden" name="token" value={token} />
              <p>From then on you log in with it, and mails go there.</p>
              <button class="button primary">Confirm it</button>
            </Form>
          ) : <p><a class="button" href="/settings/profile">Your profile</a></p>}
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
    flash(reply, 'Your e-mail address is changed.');
    return reply.redirect('/settings/profile', 303);
  });
}
