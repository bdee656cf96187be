import type { Problem } from '../../../domain/limits.ts';
import { writingTexts as t } from '../../../domain/texts/writing/writing.ts';
import { Button } from '../../ui/button.tsx';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { placeOf, wallText } from '../../words/time.tsx';
import type { ComposerState } from '../model/data.ts';
import { postTime, wallAt } from '../model/walls.ts';
import { Beside } from './problems.tsx';

/** When it goes out. */
export function When({ state, problems }: { state: ComposerState; problems: readonly Problem[] }) {
  const { draft: { wall, zone }, shift } = state;
  return (
    <div class="field when">
      <label for={fieldId('wall')}>{t.when} <ZoneSaid zone={zone} /></label>
      <TimeField name={postTime} state={state} input={inputProps('wall', problems)} said={problems.some(({ field }) => field === 'wall')} labels={{ time: t.time, days: t.openDays }}>
        <Button kind="quiet" small name="intent" value="next_free">{t.nextFree}</Button>
      </TimeField>
      {shift?.wall === wall && shift.note !== null && <p class="help" role="status">{shift.note}</p>}
      <Beside field="wall" problems={problems} />
    </div>
  );
}

/** The zone stands beside every time. */
export function ZoneSaid({ zone }: { zone: string }) {
  return <span class="handle">{t.zoneTime(placeOf(zone))}</span>;
}

interface TimeFieldProps {
  /** What it is called in the form. */
  name: string;
  state: ComposerState;
  input: ReturnType<typeof inputProps> & { disabled?: boolean };
  /** Something stands beside it already that says what is wrong with it. */
  said: boolean;
  /** What the hour is called, and the button that opens a month. */
  labels: { time: string; days: string };
  children?: preact.ComponentChildren;
}

/** A date and a time: the browser's own field without a script, and two that take time as people say it with one. */
export function TimeField({ name, state, input, said, labels, children }: TimeFieldProps) {
  const { draft, live } = state;
  const wall = wallAt(draft, name);
  const typing = state.typing?.name === name ? state.typing : null;
  const words = wallText(wall, draft.zone);
  return (
    <>
      <div class="when-row">
        {live ? <TypedTime name={name} wall={wall} words={words} typing={typing} input={input} labels={labels} /> : <input type="datetime-local" name={name} value={wall} {...input} />}
        {children}
      </div>
      <p class="in-words">{!live || typing !== null ? words : ''}</p>
      {live && typing === null && wall !== '' && words === '' && !said && <p class="error">{t.notATime}</p>}
    </>
  );
}

interface TypedTimeProps extends Pick<TimeFieldProps, 'name' | 'input' | 'labels'> {
  wall: string;
  /** The same in words; empty where it is no time. */
  words: string;
  typing: ComposerState['typing'];
}

/** A date and a 24-hour time; either takes both. What is being typed stays as it is typed until somebody leaves the field. */
function TypedTime({ name, wall, words, typing, input: { id, ...input }, labels }: TypedTimeProps) {
  const typed = { type: 'text', autoComplete: 'off', spellcheck: false, 'data-when-name': name, ...input } as const;
  return (
    <>
      <input type="hidden" name={name} value={wall} disabled={input.disabled} />
      <span class="when-date">
        <input {...typed} id={id} value={typing?.date ?? (words === '' ? wall : dateWords(words))} data-when="date" />
        <button type="button" class="button quiet small" data-days={name} disabled={input.disabled} aria-label={labels.days} aria-haspopup="dialog"><Icon name="calendar" /></button>
      </span>
      <input {...typed} class="when-time" value={typing?.time ?? (words === '' ? '' : wall.slice(11))} data-when="time" aria-label={labels.time} inputMode="numeric" />
    </>
  );
}

/** "Tue 24 Nov", of "Tue 24 Nov 09:00 Berlin". */
function dateWords(words: string): string {
  return words.replace(/ \d\d:\d\d .*$/u, '');
}
