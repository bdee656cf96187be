import { choicesOf, clashes, countingValue, isShown, type Answers, type Field } from '../../domain/field.ts';
import type { Problem } from '../../domain/limits.ts';
import type { Json } from '../../domain/json.ts';
import { isVideo } from '../../domain/media.ts';
import { momentOfText, shiftNote } from '../../domain/time/schedule.ts';
import { postRefusals as t } from '../../domain/texts/refusals/posts.ts';
import type { Composing, Provider } from '../../providers/contract.ts';
import type { Media } from '../../store/media.ts';

export interface OptionsAsked {
  channelId: string;
  provider: Provider;
  /** As a form sends them: a checkbox is `on` or absent. */
  options: Record<string, string>;
}

export interface OptionsKnown {
  intent: 'draft' | 'schedule' | 'now';
  /** The zone in which times were chosen. */
  zone: string;
  /** Null when the network was not asked or did not answer. */
  composing: Composing | null;
  files: ReadonlyMap<string, Media>;
}

type Value = string | number | boolean;
/** What is kept, or the sentence why not. */
type Read = { value: Value; note?: string } | { wrong: string };

/**
 * A channel's options as they are kept. Problems are `CHANNEL.option.NAME`; what a draft still lacks is none, and what a
 * field cannot take now is left out.
 */
export function optionsOf({ channelId, provider, options }: OptionsAsked, known: OptionsKnown, problems: Problem[]): { [key: string]: Json } {
  const { fields, capabilities } = provider;
  const { composing, intent } = known;
  const loaded = composing?.choices;
  const tell = (name: string, message: string, level?: 'warning') =>
    void problems.push({ field: `${channelId}.option.${name}`, channelId, message, ...(level && { level }) });
  const format = capabilities.formats && (options['format']?.trim() || capabilities.formats[0]?.value);
  const raw: Record<string, Value> = format === undefined ? {} : { format };
  const answers: Answers = { fields, said: options, format, loaded };
  for (const field of fields) {
    if (field.kind === 'note' || !isShown(field, answers)) continue;
    const said = countingValue(field, options, loaded);
    const disabled = composing?.disabled?.[field.name];
    if (disabled !== undefined) {
      if (said !== '' && (options[field.name] ?? '') !== '' && intent !== 'draft') tell(field.name, disabled);
    } else if (said === '') {
      if (field.required && intent !== 'draft') tell(field.name, missingText(field));
    } else {
      const read = valueOf(field, said, options[field.name] ?? said, provider.name, known);
      if ('wrong' in read) tell(field.name, read.wrong);
      else raw[field.name] = read.value;
      if ('note' in read && read.note !== undefined) tell(field.name, read.note, 'warning');
    }
  }
  if (intent !== 'draft') for (const { name, why } of clashes(answers)) tell(name, why);
  const parsed = provider.options.safeParse(raw);
  if (parsed.success) return parsed.data as { [key: string]: Json };
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? '');
    tell(name, wrongText(fields.find((field) => field.name === name)?.label ?? t.someOption, issue));
  }
  return {};
}

function valueOf(field: Field, said: string, raw: string, network: string, { zone, composing, files, intent }: OptionsKnown): Read {
  const { label, kind } = field;
  switch (kind) {
    case 'checkbox':
      return { value: true };
    case 'number': {
      const value = Number(said.replace(',', '.'));
      return Number.isFinite(value) ? { value } : { wrong: t.optionNotNumber(label) };
    }
    case 'datetime': {
      const moment = momentOfText(said, zone);
      if (!moment) return { wrong: t.optionNotTime(label) };
      const note = shiftNote(moment);
      return { value: new Date(moment.at).toISOString(), ...(note !== null && { note: `${label}: ${note}` }) };
    }
    case 'url':
      return /^https?:$/u.test(URL.parse(said)?.protocol ?? '') ? { value: said } : { wrong: t.optionNotAddress(label) };
    case 'image': {
      const file = files.get(said);
      if (!file) return { wrong: t.optionPictureGone(label) };
      return isVideo(file.type) ? { wrong: t.optionIsVideo(label) } : { value: said };
    }
    case 'select': {
      const choices = choicesOf(field, composing?.choices);
      // What a network would offer is unknown while a draft is kept or it cannot be asked.
      const offered = choices === null || (field.loads && intent === 'draft') || choices.some(({ value }) => value === said);
      return offered ? { value: said } : { wrong: t.optionNotOffered(network, label) };
    }
    case 'textarea':
      return { value: raw };
    case 'text':
    case 'password':
    case 'note':
      return { value: said };
  }
}

function missingText({ kind, label }: Field): string {
  return kind === 'select' || kind === 'image' || kind === 'datetime' ? `Choose: ${label}.` : kind === 'checkbox' ? `Confirm: ${label}` : t.optionMissing(label);
}

type Issue = { code: string; origin?: unknown; maximum?: unknown; minimum?: unknown };

function wrongText(label: string, issue: Issue): string {
  const text = issue.origin === 'string';
  if (issue.code === 'too_big' && typeof issue.maximum === 'number') return text ? t.optionTooLong(label, issue.maximum) : t.optionTooMuch(label, issue.maximum);
  if (issue.code === 'too_small' && typeof issue.minimum === 'number') return text ? t.optionTooShort(label, issue.minimum) : t.optionTooLittle(label, issue.minimum);
  return t.optionWrong(label);
}
