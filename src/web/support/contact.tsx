import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addToThread, askFromOutside } from '../../actions/support/write.ts';
import { instanceOf } from '../../domain/instance.ts';
import type { Problem } from '../../domain/limits.ts';
import { tokenHash } from '../../lib/tokens.ts';
import type { SupportThread } from '../../store/support.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { sendSheet } from '../page.tsx';
import { Form, ProblemList } from '../ui/form.tsx';
import { TextField } from '../ui/field.tsx';
import { Contact, operatorName } from '../public/operator.tsx';
import { Conversation, MessageForm, TextArea } from './conversation.tsx';

const open = { config: { policy: 'public' } } as const;
const secret = { config: { policy: 'public', secretAddress: true } } as const;

/** How anybody writes to whoever runs the instance, and how the conversation goes on without an account. */
export function contactRoutes(server: FastifyInstance, context: WebContext) {
  const { store, settings } = context;

  const form = (request: FastifyRequest, reply: FastifyReply, typed: { name: string; email: string; text: string }, problems: readonly Problem[], status: number) => {
    const instance = instanceOf(settings.get);
    return sendSheet(context, request, reply, {
      title: 'Contact', lead: `Write to ${operatorName(instance)}.`, status,
      body: (csrf) => (
        <>
          {request.actor && <p class="flash">You are logged in: under <a href="/settings/support">Support</a> your messages stay together.</p>}
          <Form action="/contact" csrf={csrf}>
            <ProblemList problems={problems.filter(({ field }) => field === '')} />
            <TextField name="name" label="Name (if you like)" value={typed.name} problems={problems} autocomplete="name" />
            <TextField name="email" label="E-mail" type="email" help="The answer goes there, and an address to read and continue the conversation." value={typed.email} problems={problems} autocomplete="email" required />
            <TextArea name="text" label="Message" value={typed.text} problems={problems} rows={7} />
            {/* Programs fill in whatever there is; people do not see it. */}
            <div class="not-for-people" aria-hidden="true"><label>Leave this empty <input name="website" tabIndex={-1} autocomplete="off" /></label></div>
            <button class="button primary">Send</button>
          </Form>
          <p class="help">It is kept for 3 years after the last message. <a href="/privacy">More on the privacy page</a></p>
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
    title: 'Your message is here', lead: 'The answer comes by mail. A mail with an address to read and continue the conversation is on its way to you.',
    body: () => <p><a class="button" href="/">To the start page</a></p>,
  }));

  const threadOf = (request: FastifyRequest) => store.support.ofSecret(tokenHash((request.params as { secret: string }).secret));

  async function page(request: FastifyRequest, reply: FastifyReply, thread: SupportThread, typed: string, problems: readonly Problem[]) {
    const messages = await store.support.messages(thread.id);
    const { secret: address } = request.params as { secret: string };
    return sendSheet(context, request, reply, {
      title: 'Our conversation', status: problems.length > 0 ? 422 : 200,
      body: (csrf) => (
        <>
          <Conversation messages={messages} zone="UTC" person={thread.name || 'You'} operator={instanceOf(settings.get).operator ?? instanceOf(settings.get).name} />
          <MessageForm action={`/contact/${encodeURIComponent(address)}`} csrf={csrf} label="Add to it" button="Send" typed={typed} problems={problems} />
        </>
      ),
    });
  }

  const nothing = (request: FastifyRequest, reply: FastifyReply) => sendSheet(context, request, reply, {
    title: 'No such conversation', lead: 'Look whether the address is copied whole. It may also have reached its end and be deleted.', status: 404,
    body: () => <p><a class="button" href="/contact">Write a new message</a></p>,
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
