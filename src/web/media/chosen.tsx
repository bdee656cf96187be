import type { ComponentChildren } from 'preact';
import type { Label } from '../../domain/posts/label.ts';
import type { Problem } from '../../domain/limits.ts';
import { mediaTexts as t } from '../../domain/texts/writing/media.ts';
import { LabelSheet } from '../labels/post-labels.tsx';
import { Button, ButtonLink, Buttons } from '../ui/button.tsx';
import { FieldProblems } from '../ui/field.tsx';
import { Form } from '../ui/form.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { Tiles, type Shelf } from './tile.tsx';

export interface FilesFormProps {
  csrf: string;
  /** The page to come back to. */
  here: string;
  labels: readonly Label[];
  editor: boolean;
  problems?: readonly Problem[];
  children: ComponentChildren;
}

/** Files that can be chosen and labelled or deleted together; the choices are plain checkboxes of one form. */
export function FilesForm({ csrf, here, labels, editor, problems = [], children }: FilesFormProps) {
  if (!editor) return <>{children}</>;
  return (
    <Form action="/media/bulk" csrf={csrf} class="bulk">
      <input type="hidden" name="back" value={here} />
      {children}
      <div class="bulk-bar" role="group" aria-label={t.withChosen} data-bulk>
        <label class="check choose-all" hidden><input type="checkbox" data-choose-all /> {t.chooseAll}</label>
        <p class="chosen-count" data-chosen={t.chooseIdle}>{t.withTheChosen}</p>
        <FieldProblems field="file" problems={problems} />
        <LabelSheet labels={labels} problems={problems} />
        <Button small kind="danger" name="act" value="delete">{t.deleteMenu}</Button>
      </div>
    </Form>
  );
}

/** Before files are deleted: which go, which stay, and that they do not come back. */
export function DeleteFiles({ shelf, back, csrf }: { shelf: Shelf; back: string; csrf: string }) {
  const going = shelf.media.filter(({ id }) => !shelf.usage.has(id));
  const stay = shelf.media.length - going.length;
  return (
    <>
      <PageHead title={t.deleteTitle(Math.max(1, going.length))} />
      {going.length === 0 ? <><p class="lead">{t.deleteNone}</p><p class="section-more"><ButtonLink href={back}>{t.backToFiles}</ButtonLink></p></> : (
        <Form action="/media/bulk" csrf={csrf} class="delete-files">
          <p class="lead">{t.deleteForGood}{stay > 0 && ` ${t.deleteStay(stay)}`}</p>
          <input type="hidden" name="back" value={back} />
          {going.map(({ id }) => <input type="hidden" name="file" value={id} />)}
          <Buttons>
            <Button kind="danger" name="act" value="delete_now">{t.deleteNow(going.length)}</Button>
            <ButtonLink href={back}>{t.keepThem}</ButtonLink>
          </Buttons>
        </Form>
      )}
      <Tiles shelf={{ ...shelf, media: going.length === 0 ? shelf.media : going }} pick={false} />
    </>
  );
}
