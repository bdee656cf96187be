import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerRequest } from '../../actions/privacy/rights.ts';
import type { Problem } from '../../domain/limits.ts';
import { privacyTexts as t } from '../../domain/texts/instance/privacy.ts';
import type { KnownRequest } from '../../store/privacy/requests.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage, type View } from '../page.tsx';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { fieldId, FieldProblems, inputProps } from '../ui/field.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Form } from '../ui/form.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { SettingsTabs } from '../settings/tabs.tsx';
import { RequestRow } from './request-row.tsx';

const operator: { policy: Policy } = { policy: 'operator' };
const shown = 200;

/** What people on this instance asked for by right, with the clock that runs. */
export function requestRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, problems: readonly Problem[] = [], typed = new Map<string, string>()) {
    const all = await store.requests.all(shown);
    const open = all.filter(({ answeredAt, canceledAt }) => answeredAt === null && canceledAt === null);
    const closed = all.filter((one) => !open.includes(one));
    const mine = open.filter(({ kind }) => kind === 'other').length;
    return sendPage(context, request, reply, {
      title: t.requests, current: '/settings', status: problems.length > 0 ? 422 : 200,
      body: (view) => (
        <div class="privacy">
          <PageHead title={t.requests} />
          <SettingsTabs current="/settings/requests" operator />
          <p class="lead">{t.requestsLead(mine)}</p>
          <section>
            <h2>{t.open}</h2>
            {open.length === 0 ? <Empty>{t.nothingOpen}</Empty> : <ul class="rows requests">{open.map((one) => <OpenRequest request={one} view={view} problems={problems} typed={typed.get(one.id) ?? ''} />)}</ul>}
          </section>
          {closed.length > 0 && <section><h2>{t.closed}</h2><ul class="rows requests">{closed.map((one) => <RequestRow request={one} zone={view.workspace.zone} now={view.now} who={whoOf(one)} />)}</ul></section>}
        </div>
      ),
    });
  }

  server.get('/settings/requests', { config: operator }, (request, reply) => page(request, reply));

  server.post('/settings/requests/:id', { config: operator }, async (request, reply) => {
    const id = idOf(request);
    const answer = formOf(request.body).one('answer');
    const done = await answerRequest(context, actorOf(request), id, answer);
    if (!done.ok) return page(request, reply, done.problems, new Map([[id, answer]]));
    flash(reply, t.answeredNow);
    return reply.redirect('/settings/requests', 303);
  });
}

function whoOf({ userName, userEmail, workspaceName }: KnownRequest): string {
  const who = userName === null ? t.erasedAccount : `${userName}, ${userEmail ?? ''}`;
  return workspaceName === null ? who : `${who}, ${workspaceName}`;
}

function OpenRequest({ request, view: { csrf, workspace, now }, problems, typed }: { request: KnownRequest; view: View; problems: readonly Problem[]; typed: string }) {
  const field = `answer.${request.id}`;
  return (
    <RequestRow request={request} zone={workspace.zone} now={now} who={whoOf(request)}>
      {request.kind === 'other' && request.userId !== null ? (
        <Form action={`/settings/requests/${request.id}`} csrf={csrf} class="answering">
          <label for={fieldId(field)}>{t.yourAnswer}</label>
          <textarea name="answer" rows={3} {...inputProps(field, problems)}>{typed}</textarea>
          <FieldProblems field={field} problems={problems} />
          <Button kind="primary">{t.answer}</Button>
        </Form>
      ) : <p class="help">{t.answersItself}</p>}
    </RequestRow>
  );
}
