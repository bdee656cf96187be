import type { FastifyInstance } from 'fastify';
import { chooseMails, unsubscribe } from '../../actions/mails/choose-mails.ts';
import { listWords, publishedChoices, type PublishedChoice } from '../../domain/people/mail-choices.ts';
import { mailLists, type MailList } from '../../domain/texts/mails/text.ts';
import { mailPageTexts as t } from '../../domain/texts/people/team.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, sendPlain } from '../page.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { CheckField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { rich } from '../words/rich.tsx';
import { actorOf } from '../policy.ts';
import { SettingsTabs } from '../settings/tabs.tsx';

const publishedWords: Record<PublishedChoice, string> = { each: t.each, digest: t.digest, off: t.off };

/** Which mails a person gets, and the addresses in mails that turn them off. */
export function mailChoiceRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  server.get('/settings/mails', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const { userId, operator } = actorOf(request);
    const choices = await store.mailChoices.of(userId);
    const user = await store.people.user(userId);
    return sendPage(context, request, reply, {
      title: t.title, current: '/settings',
      body: ({ csrf }) => (
        <>
          <PageHead title={t.title} />
          <SettingsTabs current="/settings/mails" operator={operator} />
          <section>
            <p class="lead">{user?.emailVerifiedAt === null ? t.goToOnce(user.email) : t.goTo(user?.email ?? '')}</p>
            <Form action="/settings/mails" csrf={csrf}>
              <fieldset class="field">
                <legend>{t.published}</legend>
                {publishedChoices.map((choice) => (
                  <label class="check"><input type="radio" name="published" value={choice} checked={choices.published === choice} /> {publishedWords[choice]}</label>
                ))}
              </fieldset>
              <CheckField name="trouble" label={t.trouble} help={t.troubleHelp} checked={choices.trouble} problems={[]} />
              <CheckField name="access" label={t.access} help={t.accessHelp} checked={choices.access} problems={[]} />
              <Button kind="primary">{t.save}</Button>
            </Form>
            <p class="help below-form">{t.always}</p>
          </section>
        </>
      ),
    });
  });

  server.post('/settings/mails', { config: { policy: 'signed_in' } }, async (request, reply) => {
    const form = formOf(request.body);
    const published = publishedChoices.find((choice) => choice === form.one('published')) ?? 'digest';
    await chooseMails(context, actorOf(request).userId, { published, trouble: form.has('trouble'), access: form.has('access') });
    flash(reply, t.saved);
    return reply.redirect('/settings/mails', 303);
  });

  server.get('/unsubscribe/:key/:list', { config: { policy: 'public', secretAddress: true } }, async (request, reply) => {
    const { key, list } = addressOf(request.params);
    if (list === undefined || !(await store.mailChoices.byKey(key))) return sendPlain(context, reply, nobodys);
    return sendPlain(context, reply, {
      title: t.noMore, lead: t.noMoreOf(listWords[list]),
      body: (
        <form method="post" action={`/unsubscribe/${encodeURIComponent(key)}/${list}`}>
          <input type="hidden" name="List-Unsubscribe" value="One-Click" />
          <Button kind="primary">{t.turnOff}</Button>
        </form>
      ),
    });
  });

  // Mail programs press this by themselves when a person asks them to (RFC 8058): no cookie, no redirect; the key is the proof.
  server.post('/unsubscribe/:key/:list', { config: { policy: 'public', machines: true, secretAddress: true } }, async (request, reply) => {
    const { key, list } = addressOf(request.params);
    if (list === undefined || !(await unsubscribe(context, key, list))) return sendPlain(context, reply, nobodys);
    return sendPlain(context, reply, {
      title: t.turnedOff, lead: t.turnedOffOf(listWords[list]),
      body: <p class="help">{rich(t.onAgain, { there: (words) => <a href="/settings/mails">{words}</a> })}</p>,
    });
  });
}

const nobodys = { title: t.nobodys, lead: t.nobodysMeans, status: 404, body: <p><ButtonLink href="/settings/mails">{t.yours}</ButtonLink></p> };

function addressOf(params: unknown): { key: string; list: MailList | undefined } {
  const { key, list } = params as { key: string; list: string };
  return { key, list: mailLists.find((one) => one === list) };
}
