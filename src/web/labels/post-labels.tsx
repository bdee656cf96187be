import type { Label } from '../../domain/label.ts';
import { Form } from '../ui/form.tsx';
import { LabelWords } from '../ui/badge.tsx';

export interface PostLabelsProps {
  postId: string;
  labels: { all: readonly Label[]; own: readonly string[]; editor: boolean };
  csrf: string;
}

/** The labels of one post, and where they are chosen. */
export function PostLabels({ postId, labels: { all, own, editor }, csrf }: PostLabelsProps) {
  const worn = all.filter(({ id }) => own.includes(id));
  if (!editor) return <LabelWords labels={worn} />;
  return (
    <div class="post-labels">
      <LabelWords labels={worn} />
      <details class="menu">
        <summary>{worn.length === 0 ? 'Label it' : 'Change labels'}</summary>
        <div class="menu-sheet">
          {all.length === 0 ? <p>There are no labels yet. <a href="/labels">Make the first</a></p> : (
            <Form action={`/posts/${postId}/labels`} csrf={csrf}>
              <fieldset>
                <legend class="visually-hidden">Labels</legend>
                <LabelChecks all={all} own={own} name="label" />
              </fieldset>
              <button class="button small">Save labels</button>
            </Form>
          )}
        </div>
      </details>
    </div>
  );
}

export function LabelChecks({ all, own, name }: { all: readonly Label[]; own: readonly string[]; name: string }) {
  return (
    <>
      {all.map(({ id, name: word, color }) => (
        <label class="check" key={id}><input type="checkbox" name={name} value={id} checked={own.includes(id)} /> <span class={`label label-${color}`}>{word}</span></label>
      ))}
    </>
  );
}
