import { choicesOf, countingValue, isShown, whyBarred, type Choice, type Field } from '../../../domain/field.ts';
import { imageTypes } from '../../../domain/media.ts';
import type { Problem } from '../../../domain/limits.ts';
import { composerTexts as t } from '../../../domain/texts/writing/composer.ts';
import { Button } from '../../ui/button.tsx';
import { fieldId, inputProps } from '../../ui/field.tsx';
import { safeHref } from '../../words/links.ts';
import { answersFor, composingOf, type ChannelData, type ComposerState } from '../model/data.ts';
import { Beside } from './problems.tsx';
import { typed } from './typed.ts';
import { TimeField, ZoneSaid } from './when.tsx';

interface FieldProps {
  field: Field;
  channel: ChannelData;
  state: ComposerState;
  problems: readonly Problem[];
}

/** One option of a channel. Where it does not apply it is marked, and hidden only for those whose browser can bring it back. */
export function OptionField({ field, channel, state, problems }: FieldProps) {
  const answers = answersFor(state, channel);
  const shown = isShown(field, answers);
  const key = `${channel.id}.option.${field.name}`;
  const reason = composingOf(state.asked, channel.id)?.disabled?.[field.name] ?? whyBarred(field.barred, answers);
  const greyed = (choicesOf(field, answers.loaded) ?? []).flatMap(({ label: which, barred }) => {
    const why = whyBarred(barred, answers);
    return why === undefined ? [] : [`${which}: ${why}`];
  });
  const applies = appliesText(field, channel);
  const label = <>{field.label}{field.kind === 'datetime' && <> <ZoneSaid zone={state.draft.zone} /></>}{field.required && <span class="help"> {t.required}</span>}</>;
  const words = (
    <>
      {field.help && field.kind !== 'note' && <p class="help"><Linked field={field} /></p>}
      {[...(reason === undefined ? [] : [reason]), ...greyed].map((why) => <p class="help reason">{why}</p>)}
      {applies && <p class="help no-script">{applies}</p>}
    </>
  );
  const control = <Control field={field} channel={channel} state={state} problems={problems} />;
  return (
    <div class={field.atSend ? 'field option no-script' : 'field option'} data-off={shown ? undefined : ''}>
      {field.kind === 'note' ? <p class="note"><Linked field={field} /></p>
        : field.kind === 'checkbox' ? <label class="check">{control}<span>{label}</span></label>
        : <label for={fieldId(key)}>{label}</label>}
      {words}
      {field.kind !== 'checkbox' && field.kind !== 'note' && control}
      <Beside field={key} problems={problems} />
    </div>
  );
}

function Control({ field, channel, state, problems }: FieldProps) {
  const answers = answersFor(state, channel);
  const { said, loaded } = answers;
  const key = `${channel.id}.option.${field.name}`;
  const value = said[field.name] ?? '';
  // What is set already can always be taken back.
  const barred = state.live && value === '' && whyBarred(field.barred, answers) !== undefined;
  const shared = {
    name: `option.${channel.id}.${field.name}`, disabled: barred || composingOf(state.asked, channel.id)?.disabled?.[field.name] !== undefined,
    ...(field.required && { 'aria-required': true as const }), ...inputProps(key, problems),
  };
  const text = { ...shared, value, placeholder: field.placeholder, autoComplete: 'off' as const };
  switch (field.kind) {
    case 'checkbox':
      return <input type="checkbox" value="on" checked={value !== ''} {...shared} />;
    case 'textarea':
      return <textarea rows={3} {...text} value={typed(value)} />;
    case 'datetime':
      return <Moment field={field} state={state} shared={shared} said={problems.some((problem) => problem.field === key)} />;
    case 'number':
      return <input inputMode="decimal" {...text} />;
    case 'url':
      return <input inputMode="url" {...text} placeholder={field.placeholder ?? t.address} />;
    case 'select':
      return <Choices field={field} value={countingValue(field, said, loaded)} shared={shared} choices={choicesOf(field, loaded)} greyed={({ barred: by }) => (state.live ? whyBarred(by, answers) : undefined)} />;
    case 'image':
      return <Image target={key} value={value} state={state} shared={shared} />;
    case 'text':
    case 'password':
      return <input {...text} />;
    case 'note':
      return null;
  }
}

type Shared = { name: string; disabled: boolean; id: string };

/** A moment is typed as the post's own is. */
function Moment({ field, state, shared: { name, ...input }, said }: { field: Field; state: ComposerState; shared: Shared; said: boolean }) {
  return <TimeField name={name} state={state} input={input} said={said} labels={{ time: t.timeOf(field.label), days: t.dayOf(field.label) }} />;
}

interface ChoicesProps {
  field: Field;
  value: string;
  shared: Shared;
  choices: ReturnType<typeof choicesOf>;
  /** Why a choice cannot be made just now. */
  greyed: (choice: Choice) => string | undefined;
}

function Choices({ field, value, shared, choices, greyed }: ChoicesProps) {
  const known = choices ?? [];
  const lost = value !== '' && !known.some((choice) => choice.value === value);
  return (
    <select value={value} {...shared}>
      {(field.placeholder !== undefined || choices === null) && <option value="">{choices === null ? t.choicesUnknown : field.placeholder}</option>}
      {lost && <option value={value}>{choices === null ? t.chosenBefore : t.notOffered(value)}</option>}
      {known.map((choice) => {
        const why = choice.value === value ? undefined : greyed(choice);
        return <option value={choice.value} disabled={why !== undefined} title={why}>{choice.label}</option>;
      })}
    </select>
  );
}

function Image({ target, value, state, shared }: { target: string; value: string; state: ComposerState; shared: Shared }) {
  const item = state.data.media[value];
  const sending = state.uploads.find((upload) => upload.target === target);
  return (
    <div class="chosen-image">
      {value !== '' && !shared.disabled && <input type="hidden" name={shared.name} value={value} />}
      {item && <img src={`/media/${value}/thumb`} alt={item.name} width={96} height={72} />}
      <div class="buttons">
        <label class="file">
          <span>{sending ? t.sending : item ? t.anotherPicture : t.addPicture}</span>
          <input type="file" {...shared} name={`${shared.name}.file`} accept={imageTypes.join(',')} data-target={target} />
        </label>
        <Button kind="quiet" small name="intent" value={`library:${target}`} disabled={shared.disabled}>{t.library}</Button>
        {value !== '' && <Button kind="quiet" small name="intent" value={`clear:${target}`}>{t.remove}</Button>}
      </div>
    </div>
  );
}

/** Help with the words that lead somewhere. */
export function Linked({ field: { help = '', links = [] } }: { field: Field }) {
  const pieces = links.reduce<(string | { text: string; href: string | undefined })[]>((all, { text, url }) => all.flatMap((piece) => {
    const at = typeof piece === 'string' ? piece.indexOf(text) : -1;
    return typeof piece !== 'string' || at < 0 ? [piece] : [piece.slice(0, at), { text, href: safeHref(url) }, piece.slice(at + text.length)];
  }), [help]);
  return <>{pieces.map((piece) => (typeof piece === 'string' ? piece : <a {...(piece.href && { href: piece.href })} target="_blank" rel="noopener noreferrer">{piece.text}</a>))}</>;
}

/** When a field counts, for those who see all of them. */
function appliesText({ when, formats }: Field, { fields, capabilities }: ChannelData): string | null {
  const sentences: string[] = [];
  const named = (capabilities.formats ?? []).filter(({ value }) => formats?.includes(value)).map(({ label }) => label);
  if (formats) sentences.push(t.onlyFor(named.join(', ')));
  const conditions: string[] = [];
  for (let one = when; one; one = one.and) {
    const { field, is } = one;
    const other = fields.find(({ name }) => name === field);
    if (!other) continue;
    if (typeof is === 'boolean') conditions.push(is ? t.isTicked(other.label) : t.isNotTicked(other.label));
    else conditions.push(t.isChosen(other.label, other.choices?.find((choice) => choice.value === is)?.label ?? is));
  }
  if (conditions.length > 0) sentences.push(t.countsWhile(conditions.join(t.and)));
  return sentences.length > 0 ? sentences.join(' ') : null;
}
