import type { Label } from '../../domain/posts/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { labelTexts as t } from '../../domain/texts/writing/labels.ts';
import { Button, Buttons } from '../ui/button.tsx';
import { FieldProblems, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { LabelWord, LabelWords } from '../ui/badge.tsx';
import { Sheet } from '../ui/menu.tsx';
import { rich } from '../words/rich.tsx';

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
      <Sheet label={worn.length === 0 ? t.labelIt : t.changeLabels}>
        {all.length === 0 ? <p>{rich(t.none, { first: (words) => <a href="/labels">{words}</a> })}</p> : (
          <Form action={`/posts/${postId}/labels`} csrf={csrf}>
            <fieldset>
              <legend class="visually-hidden">{t.labels}</legend>
              <LabelChecks all={all} own={own} name="label" />
            </fieldset>
            <Button small>{t.saveLabels}</Button>
          </Form>
        )}
      </Sheet>
    </div>
  );
}

export function LabelChecks({ all, own, name }: { all: readonly Label[]; own: readonly string[]; name: string }) {
  return (
    <>
      {all.map((label) => (
        <label class="check" key={label.id}><input type="checkbox" name={name} value={label.id} checked={own.includes(label.id)} /> <LabelWord label={label} /></label>
      ))}
    </>
  );
}

/** Puts a label on all that are chosen, or takes it off: a part of the form around it, which is told so by `act`. */
export function LabelSheet({ labels, problems, typed }: { labels: readonly Label[]; problems: readonly Problem[]; /** The label that was chosen before. */ typed?: string | undefined }) {
  return (
    <Sheet label={t.labelSheet} group="bulk" up open={problems.some(({ field }) => field === 'label')}>
      {labels.length === 0 ? <p>{rich(t.none, { first: (words) => <a href="/labels">{words}</a> })}</p> : (
        <>
          <label>{t.one}
            <select name="label" {...inputProps('label', problems)}>{labels.map(({ id, name }) => <option value={id} selected={typed === id}>{name}</option>)}</select>
          </label>
          <Buttons>
            <Button small name="act" value="label_on">{t.putOn}</Button>
            <Button small name="act" value="label_off">{t.takeOff}</Button>
          </Buttons>
        </>
      )}
      <FieldProblems field="label" problems={problems} />
    </Sheet>
  );
}
