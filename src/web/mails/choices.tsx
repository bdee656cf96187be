import type { FastifyInstance } from 'fastify';
import { chooseMails, unsubscribe } from '../../actions/mails/choose-mails.ts';
import { listWords, publishedChoices, type PublishedChoice } from '../../domain/mail-choices.ts';
import { mailLists, type MailList } from '../../domain/texts/mails/text.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, sendPlain } from '../page.tsx';
import { CheckField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { actorOf } from '../policy.ts';
import { SettingsTabs } from '../settings/tabs.tsx';

const publishedWords: Record<PublishedChoice, string> = {
  each: 'At once, a mail for each channel', digest: 'Once a day, at 8 in the morning where the workspace is', off: 'Never',
};

/** Which mails a person gets, and the addresses in mails that turn them off. */
export function mailChoiceRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  server.get('/settings/mails', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const { userId, operator } = actorOf(request);
    const choices = await store.mailChoices.of(userId);
    const user = await store.people.user(userId);
    return sendPage(context, request, reply, {
      title: 'Mails', current: '/settings',
      body: ({ csrf }) => (
        <>
          <div class="page-head"><h1>Mails</h1></div>
          <SettingsTabs current="/settings/mails" operator={operator} />
          <section>
            <p class="lead">They go to {user?.email}{user?.emailVerifiedAt === null && ', as soon as you have confirmed that it is yours'}. This holds for all your workspaces.</p>
            <Form action="/settings/mails" csrf={csrf}>
              <fieldset class="field">
                <legend>Posts of yours that were published</legend>
                {publishedChoices.map((choice) => (
                  <label class="check"><input type="radio" name="published" value={choice} checked={choices.published === choice} /> {publishedWords[choice]}</label>
                ))}
              </fieldset>
              <CheckField name="trouble" label="A post was not published, or nobody is sure" help="At once: about your posts, and about everybody’s where you are an admin." checked={choices.trouble} problems={[]} />
              <CheckField name="access" label="Access to an account has ended or ends soon" help="For admins, a week ahead where it can be known." checked={choices.access} problems={[]} />
              <button class="button primary">Save</button>
            </Form>
            <p class="help">Links to a new password, receipts and notices that the law asks for always come.</p>
          </section>
        </>
      ),
    });
  });

  server.post('/settings/mails', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const form = formOf(request.body);
    const published = publishedChoices.find((choice) => choice === form.one('published')) ?? 'digest';
    await chooseMails(context, actorOf(request).userId, { published, trouble: form.has('trouble'), access: form.has('access') });
    flash(reply, 'Saved.');
    return reply.redirect('/settings/mails', 303);
  });

  server.get('/unsubscribe/:key/:list', { config: { policy: 'public', secretAddress: true } }, async (request, reply) => {
    const { key, list } = addressOf(request.params);
    if (list === undefined || !(await store.mailChoices.byKey(key))) return sendPlain(context, reply, nobodys);
    return sendPlain(context, reply, {
      title: 'No more of these mails', lead: `${listWords[list]}: this mail is turned off with one press.`,
      body: (
        <form method="post" action={`/unsubscribe/${encodeURIComponent(key)}/${list}`}>
          <input type="hidden" name="List-Unsubscribe" value="One-Click" />
          <button class="button primary">Turn them off</button>
        </form>
      ),
    });
  });

  // Mail programs press this by themselves when a person asks them to (RFC 8058): no cookie, no redirect; the key is the proof.
  server.post('/unsubscribe/:key/:list', { config: { policy: 'public', machines: true, secretAddress: true } }, async (request, reply) => {
    const { key, list } = addressOf(request.params);
    if (list === undefined || !(await unsubscribe(context, key, list))) return sendPlain(context, reply, nobodys);
    return sendPlain(context, reply, {
      title: 'Turned off', lead: `${listWords[list]}: no more mails.`,
      body: <p class="help">You can turn them on again under Settings, Mails. <a href="/settings/mails">Go there</a></p>,
    });
  });
}

const nobodys = { title: 'This address is nobody’s', lead: 'Look whether it is copied whole, or choose your mails in the settings.', status: 404, body: <p><a class="button" href="/settings/mails">Your mails</a></p> };

function addressOf(params: unknown): { key: string; list: MailList | undefined } {
  const { key, list } = params as { key: string; list: string };
  return { key, list: mailLists.find((one) => one === list) };
}
