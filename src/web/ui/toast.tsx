import type { Said } from '../page.tsx';
import { uiTexts as t } from '../../domain/texts/pages/ui.ts';
import { Button } from './button.tsx';
import { Form } from './form.tsx';

/**
 * What was done just now. With a way back it floats at the foot for a while where scripts run, and stands at the top of
 * the page until the next one where they do not.
 */
export function SaidLine({ said: { text, undo }, csrf, here }: { said: Said; csrf: string; here: string }) {
  if (!undo) return <p class="flash" role="status">{text}</p>;
  return (
    <div class="flash said-undo" data-toast>
      <p role="status">{text}</p>
      <Form action={undo.action} csrf={csrf} class="inline">
        {Object.entries(undo.fields).map(([name, value]) => <input type="hidden" name={name} value={value} />)}
        <input type="hidden" name="back" value={here} />
        <Button small>{t.undo}</Button>
      </Form>
    </div>
  );
}
