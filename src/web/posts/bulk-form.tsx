import type { ComponentChildren } from 'preact';
import type { Label } from '../../domain/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { FieldProblems, inputProps } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';

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
      <div class="bulk-bar" role="group" aria-label="With the chosen posts" data-bulk>
        <label class="check choose-all" hidden><input type="checkbox" data-choose-all /> All</label>
        <p class="chosen-count" data-chosen>With the chosen:</p>
        <FieldProblems field="post" problems={problems} />
        <details class="menu up" name="bulk" open={refused('days', 'hours', 'date')}>
          <summary>Move…</summary>
          <div class="menu-sheet">
            <fieldset class="shift">
              <legend>By</legend>
              <label><input type="number" name="days" value={typed?.days ?? '0'} min={-365} max={365} {...inputProps('days', problems)} /> days</label>
              <label><input type="number" name="hours" value={typed?.hours ?? '0'} min={-23} max={23} {...inputProps('hours', problems)} /> hours</label>
              <button class="button small" name="act" value="move_by">Move by this</button>
            </fieldset>
            <FieldProblems field="days" problems={problems} />
            <fieldset class="shift">
              <legend>All to one day, each at its hour</legend>
              <label><span class="visually-hidden">Day</span><input type="date" name="date" value={typed?.date ?? ''} {...inputProps('date', problems)} /></label>
              <button class="button small" name="act" value="move_to">Move to this day</button>
            </fieldset>
            <FieldProblems field="date" problems={problems} />
          </div>
        </details>
        <details class="menu up" name="bulk" open={refused('label')}>
          <summary>Label…</summary>
          <div class="menu-sheet">
            {labels.length === 0 ? <p>There are no labels yet. <a href="/labels">Make the first</a></p> : (
              <>
                <label>Label
                  <select name="label" {...inputProps('label', problems)}>{labels.map(({ id, name }) => <option value={id} selected={typed?.label === id}>{name}</option>)}</select>
                </label>
                <div class="buttons">
                  <button class="button small" name="act" value="label_on">Put it on</button>
                  <button class="button small" name="act" value="label_off">Take it off</button>
                </div>
              </>
            )}
            <FieldProblems field="label" problems={problems} />
          </div>
        </details>
        <button class="button small danger" name="act" value="delete">Delete</button>
      </div>
    </Form>
  );
}
