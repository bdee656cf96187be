import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addToThread, askFromOutside } from '../../actions/support/write.ts';
import { instanceOf } from '../../domain/instance/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { supportTexts as t } from '../../domain/texts/instance/support.ts';
import { tokenHash } from '../../lib/secrets/tokens.ts';
import type { SupportThread } from '../../store/people/support.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { sendSheet } from '../page.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { rich } from '../words/rich.tsx';
import { Contact, operatorName } from '../public/operator.tsx';
import { Conversation, MessageForm } from './conversation.tsx';

const open = { config: { policy: 'public' } } as const;
const secret = { config: { policy: 'public', secretAddress: true } } as const;

/** How anybody writes to whoever runs the instance, and how the conversation goes on without an account. */
export function contactRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings } = context;

  const form = (request: FastifyRequest, reply: FastifyReply, typed: { name: string; email: string; text: string }, problems: readonly Problem[], status: number) => {
    const instance = instanceOf(settings.get);
    return sendSheet(context, request, reply, {
      title: t.contact, lead: t.writeTo(operatorName(instance)), status,
      body: (csrf) => (
        <>
          {request.actor && <p class="flash">{rich(t.loggedIn, { support: (words) => <a href="/settings/support">{words}</a> })}</p>}
          <Form action="/contact" csrf={csrf}>
            <ProblemList problems={problems.filter(({ field }) => field === '')} />
            <TextField name="name" label={t.name} value={typed.name} problems={problems} autocomplete="name" />
            <TextField name="email" label={t.email} type="email" help={t.emailHelp} value={typed.email} problems={problems} autocomplete="email" required />
            <TextAreaField name="text" label={t.message} value={typed.text} problems={problems} rows={7} required />
            {/* Programs fill in whatever there is; people do not see it. */}
            <div class="not-for-people" aria-hidden="true"><label>{rich(t.leaveEmpty, { input: <input name="website" tabIndex={-1} autocomplete="off" /> })}</label></div>
            <Button kind="primary">{t.send}</Button>
          </Form>
          <p class="help">{rich(t.kept, { privacy: (words) => <a href="/privacy">{words}</a> })}</p>
          <Contact instance={instance} />
        </>
      ),
    });
  };

  server.get('/contact', open, (request, reply) => form(request, reply, { name: '', email: '', text: '' }, [], 200));

  server.post('/contact', open, async (request, reply) => {
    const sent = formOf(request.body);
    const typed = { name: sent.one('name'), email: sent.one('email'), text: sent.one('text') };
    const asked = await askFromOutside(context, { ...typed, website: sent.one('website'), ip: request.ip });
    if (!asked.ok) {
      if (asked.waitSeconds !== undefined) void reply.header('retry-after', asked.waitSeconds);
      return form(request, reply, typed, asked.problems, asked.waitSeconds === undefined ? 422 : 429);
    }
    return reply.redirect('/contact/sent', 303);
  });

  server.get('/contact/sent', open, (request, reply) => sendSheet(context, request, reply, {
    title: t.sentTitle, lead: settings.get('SMTP_URL') === undefined ? t.sentLeadNoMail : t.sentLead,
    body: () => <p><ButtonLink href="/">{t.toStart}</ButtonLink></p>,
  }));

  const threadOf = (request: FastifyRequest) => store.support.ofSecret(tokenHash((request.params as { secret: string }).secret));

  async function page(request: FastifyRequest, reply: FastifyReply, thread: SupportThread, typed: string, problems: readonly Problem[]) {
    const messages = await store.support.messages(thread.id);
    const { secret: address } = request.params as { secret: string };
    return sendSheet(context, request, reply, {
      title: t.ourConversation, status: problems.length > 0 ? 422 : 200,
      body: (csrf) => (
        <>
          <Conversation messages={messages} zone="UTC" person={thread.name || t.you} operator={instanceOf(settings.get).operator ?? instanceOf(settings.get).name} />
          <MessageForm action={`/contact/${encodeURIComponent(address)}`} csrf={csrf} label={t.addToIt} button={t.send} typed={typed} problems={problems} />
        </>
      ),
    });
  }

  const nothing = (request: FastifyRequest, reply: FastifyReply) => sendSheet(context, request, reply, {
    title: t.nothingTitle, lead: t.nothingLead, status: 404,
    body: () => <p><ButtonLink href="/contact">{t.newMessage}</ButtonLink></p>,
  });

  server.get('/contact/:secret', secret, async (request, reply) => {
    const thread = await threadOf(request);
    return thread ? page(request, reply, thread, '', []) : nothing(request, reply);
  });

  server.post('/contact/:secret', secret, async (request, reply) => {
    const thread = await threadOf(request);
    if (!thread) return nothing(request, reply);
    const text = formOf(request.body).one('text');
    const added = await addToThread(context, thread, text);
    if (!added.ok) return page(request, reply, thread, text, added.problems);
    return reply.redirect(`/contact/${encodeURIComponent((request.params as { secret: string }).secret)}`, 303);
  });
}
