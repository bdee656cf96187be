import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { addLabel, changeLabel, deleteLabel, labelPost, type LabelInput } from '../../actions/labels/labels.ts';
import { labelColors, longestLabel, type Label } from '../../domain/posts/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { labelTexts as t } from '../../domain/texts/writing/labels.ts';
import { atLeast } from '../../domain/role.ts';
import type { WebContext } from '../context.ts';
import { formOf } from '../forms.ts';
import { flash, sendPage } from '../page.tsx';
import { ActionButton, Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FieldProblems, problemId, TextField } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { LabelWord } from '../ui/badge.tsx';
import { Sheet } from '../ui/menu.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { actorOf, type Policy } from '../policy.ts';
import { idOf } from '../posts/routes.tsx';
import { undoOf } from '../posts/undo.ts';

const edit: { policy: Policy } = { policy: { member: 'editor' } };

/** What was typed and refused, of which label; null is the new one. */
interface Refused extends LabelInput {
  id: string | null;
  problems: readonly Problem[];
}

export function labelRoutes(server: FastifyInstance, context: WebContext) {
  const { store } = context;

  async function page(request: FastifyRequest, reply: FastifyReply, refused: Refused | null) {
    const { workspaceId, role } = actorOf(request);
    const labels = await store.labels.list(workspaceId);
    const counts = await store.labels.counts(workspaceId);
    return sendPage(context, request, reply, {
      title: t.title, current: '/posts', status: refused ? 422 : 200,
      body: ({ csrf }) => <LabelsPage labels={labels} counts={counts} csrf={csrf} refused={refused} editor={atLeast(role, 'editor')} />,
    });
  }

  const inputOf = (request: FastifyRequest): LabelInput => {
    const form = formOf(request.body);
    return { name: form.one('name').slice(0, 200), color: form.one('color') };
  };

  server.get('/labels', { config: { policy: { member: 'viewer' } } }, (request, reply) => page(request, reply, null));

  server.post('/labels', { config: edit }, async (request, reply) => {
    const input = inputOf(request);
    const done = await addLabel(context, actorOf(request), input);
    if (!done.ok) return page(request, reply, { ...input, id: null, problems: done.problems });
    flash(reply, t.made);
    return reply.redirect('/labels', 303);
  });

  server.post('/labels/:id', { config: edit }, async (request, reply) => {
    const input = inputOf(request);
    const own = await store.labels.list(actorOf(request).workspaceId);
    if (!own.some(({ id }) => id === idOf(request))) return reply.callNotFound();
    const done = await changeLabel(context, actorOf(request), idOf(request), input);
    if (!done.ok) return page(request, reply, { ...input, id: idOf(request), problems: done.problems });
    flash(reply, t.saved);
    return reply.redirect('/labels', 303);
  });

  server.post('/labels/:id/delete', { config: edit }, async (request, reply) => {
    const done = await deleteLabel(context, actorOf(request), idOf(request));
    if (!done.ok) return reply.callNotFound();
    flash(reply, t.deleted);
    return reply.redirect('/labels', 303);
  });

  server.post('/posts/:id/labels', { config: edit }, async (request, reply) => {
    const done = await labelPost(context, actorOf(request), idOf(request), formOf(request.body).many('label').slice(0, 100));
    if (!done.ok) return reply.callNotFound();
    flash(reply, t.onPost, undoOf(done.undo));
    return reply.redirect(`/posts/${idOf(request)}`, 303);
  });
}

function LabelsPage({ labels, counts, csrf, refused, editor }: {
  labels: readonly Label[]; counts: ReadonlyMap<string, number>; csrf: string; refused: Refused | null; editor: boolean;
}) {
  const fresh = refused?.id === null ? refused : null;
  return (
    <div class="labels-page">
      <PageHead title={t.title} />
      <p class="lead">{t.lead}</p>
      {labels.length > 0 && (
        <ul class="rows">
          {labels.map((label) => {
            const own = refused?.id === label.id ? refused : null;
            const n = counts.get(label.id) ?? 0;
            return (
              <li class="row label-row">
                <LabelWord label={label} />
                <a class="label-count" href={`/posts?label=${label.id}`}>{t.posts(n)}</a>
                {editor && (
                  <Sheet label={t.change} named={t.changeNamed(label.name)} open={own !== null}>
                    <LabelForm action={`/labels/${label.id}`} csrf={csrf} typed={own ?? label} problems={own?.problems ?? []} id={label.id} button={t.save} />
                    <ActionButton action={`/labels/${label.id}/delete`} csrf={csrf} kind="danger">{t.deleteNamed(label.name)}</ActionButton>
                  </Sheet>
                )}
              </li>
            );
          })}
        </ul>
      )}
      {labels.length === 0 && <Empty>{editor ? t.empty : t.emptyToSee}</Empty>}
      {editor && (
        <section>
          <h2>{t.newLabel}</h2>
          <LabelForm action="/labels" csrf={csrf} typed={fresh ?? { name: '', color: 'blue' }} problems={fresh?.problems ?? []} id="new" button={t.make} />
        </section>
      )}
    </div>
  );
}

function LabelForm({ action, csrf, typed, problems, id, button }: { action: string; csrf: string; typed: LabelInput; problems: readonly Problem[]; id: string; button: string }) {
  // Several of these stand on one page: their fields are told apart by the label.
  const color = `color.${id}`;
  const ofColor = problems.filter(({ field }) => field === 'color').map((problem) => ({ ...problem, field: color }));
  return (
    <Form action={action} csrf={csrf} class="label-form">
      <TextField name="name" id={`field-name-${id}`} label={t.name} value={typed.name} maxLength={longestLabel} required problems={problems} />
      <fieldset class="label-colors" {...(ofColor.length > 0 && { 'aria-describedby': problemId(color) })}>
        <legend>{t.color}</legend>
        {labelColors.map((one) => (
          <label class="check"><input type="radio" name="color" value={one} checked={typed.color === one} /> <LabelWord label={{ name: one, color: one }} /></label>
        ))}
      </fieldset>
      <FieldProblems field={color} problems={ofColor} />
      <Button>{button}</Button>
    </Form>
  );
}
