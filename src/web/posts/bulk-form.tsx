import type { ComponentChildren } from 'preact';
import type { Label } from '../../domain/posts/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import { LabelSheet } from '../labels/post-labels.tsx';
import { Button } from '../ui/button.tsx';
import { FieldProblems, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { Sheet } from '../ui/menu.tsx';

export interface BulkFormProps {
  csrf: string;
  /** The page to come back to. */
  here: string;
  labels: readonly Label[];
  editor: boolean;
  problems?: readonly Problem[];
  typed?: BulkTyped;
  children: ComponentChildren;
}

export interface BulkTyped {
  days: string;
  hours: string;
  date: string;
  label: string;
}

/** A list whose posts can be chosen and moved, labelled or deleted together; the choices are plain checkboxes of one form. */
export function BulkForm({ csrf, here, labels, editor, problems = [], typed, children }: BulkFormProps) {
  if (!editor) return <>{children}</>;
  const refused = (...fields: string[]) => problems.some(({ field }) => fields.includes(field));
  return (
    <Form action="/posts/bulk" csrf={csrf} class="bulk">
      <input type="hidden" name="back" value={here} />
      {children}
      <div class="bulk-bar" role="group" aria-label={t.withChosen} data-bulk>
        <label class="check choose-all" hidden><input type="checkbox" data-choose-all /> {t.all}</label>
        <p class="chosen-count" data-chosen={t.chooseSome}>{t.chosen}</p>
        <FieldProblems field="post" problems={problems} />
        <Sheet label={t.move} group="bulk" up open={refused('days', 'hours', 'date')}>
          <fieldset class="shift">
            <legend>{t.by}</legend>
            <label><input type="number" name="days" value={typed?.days ?? '0'} min={-365} max={365} {...inputProps('days', problems)} /> {t.days}</label>
            <label><input type="number" name="hours" value={typed?.hours ?? '0'} min={-23} max={23} {...inputProps('hours', problems)} /> {t.hours}</label>
            <Button small name="act" value="move_by">{t.moveBy}</Button>
          </fieldset>
          <FieldProblems field="days" problems={problems} />
          <FieldProblems field="hours" problems={problems} />
          <fieldset class="shift">
            <legend>{t.toDay}</legend>
            <label><span class="visually-hidden">{t.day}</span><input type="date" name="date" value={typed?.date ?? ''} {...inputProps('date', problems)} /></label>
            <Button small name="act" value="move_to">{t.moveTo}</Button>
          </fieldset>
          <FieldProblems field="date" problems={problems} />
        </Sheet>
        <LabelSheet labels={labels} problems={problems} typed={typed?.label} />
        <Button small kind="danger" name="act" value="delete">{t.delete}</Button>
      </div>
    </Form>
  );
}
