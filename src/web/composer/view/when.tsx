import type { Problem } from '../../../domain/limits.ts';
import { writingTexts as t } from '../../../domain/texts/pages/writing.ts';
import { Button } from '../../ui/button.tsx';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { placeOf, wallText } from '../../words/time.tsx';
import type { ComposerState } from '../model/data.ts';
import { Beside } from './problems.tsx';

/** When it goes out: the browser's own field without a script, and one that takes time as people say it with one. */
export function When({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft: { wall, zone }, live, typing, shift } = state;
  const words = wallText(wall, zone);
  const none = live && typing === null && wall !== '' && words === '' && !problems.some(({ field }) => field === 'wall');
  return (
    <div class="field when">
      <label for={fieldId('wall')}>{t.when} <span class="handle">{t.zoneTime(placeOf(zone))}</span></label>
      <div class="when-row">
        {live ? <TypedWhen state={state} problems={problems} /> : <input type="datetime-local" name="at" value={wall} {...inputProps('wall', problems)} />}
        <Button kind="quiet" small name="intent" value="next_free">{t.nextFree}</Button>
      </div>
      <p class="in-words">{!live || typing !== null ? words : ''}</p>
      {none && <p class="error">{t.notATime}</p>}
      {shift?.wall === wall && <p class="help shift" role="status">{shift.note}</p>}
      <Beside field="wall" problems={problems} />
    </div>
  );
}

/** A date and a 24-hour time; either takes both. What is being typed stays as it is typed until somebody leaves the field. */
function TypedWhen({ state: { draft: { wall, zone }, typing }, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const words = wallText(wall, zone);
  const date = words === '' ? wall : dateWords(words);
  const input = { type: 'text', autoComplete: 'off', spellcheck: false } as const;
  return (
    <>
      <input type="hidden" name="at" value={wall} />
      <span class="when-date">
        <input {...input} value={typing?.date ?? date} data-when="date" {...inputProps('wall', problems)} />
        <button type="button" class="button quiet small" data-days aria-label={t.openDays} aria-haspopup="dialog"><Icon name="calendar" /></button>
      </span>
      <input {...input} class="when-time" value={typing?.time ?? (words === '' ? '' : wall.slice(11))} data-when="time" aria-label={t.time} inputMode="numeric" />
    </>
  );
}

/** "Tue 24 Nov", of "Tue 24 Nov 09:00 Berlin". */
function dateWords(words: string): string {
  return words.replace(/ \d\d:\d\d .*$/u, '');
}
