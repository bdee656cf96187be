import { limitsOf } from '../../domain/capabilities.ts';
import type { Problem } from '../../domain/limits.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Given, Provider, Sent } from '../../providers/contract.ts';

export interface Translated {
  /** As the composer's form would send them. */
  options: Record<string, string>;
  /** Options that are pictures, with what stands for the file. */
  pictures: { option: string; ref: FileRef }[];
  problems: Problem[];
}

/** A file as programs name one: by its id here, or by an address. */
export interface FileRef {
  id?: string | undefined;
  path?: string | undefined;
  alt?: string | null | undefined;
}

/** What every network is sent there and nobody acts on. */
const harmless = new Set(['__type', 'active_thread_finisher', 'thread_finisher']);

/** Settings of a post as programs for Postiz send them, in our own words. Problems are `settings.NAME`. */
export function optionsOfSettings(provider: Provider, settings: Given, about: Sent): Translated {
  const { dialect = {}, fields } = provider;
  const done: Translated = { options: {}, pictures: [], problems: [] };
  const tell = (name: string, message: string) => void done.problems.push({ field: `settings.${name}`, message });
  const given = dialect.prepare?.(settings, about) ?? settings;
  if (typeof given === 'string') return { ...done, problems: [{ field: 'settings', message: given }] };
  const own = new Map(fields.filter(({ kind }) => kind !== 'note').map((field) => [field.name, field]));

  for (const [name, value] of Object.entries(given)) {
    if (harmless.has(name) || saysNothing(value)) continue;
    const alias = Object.hasOwn(dialect.settings ?? {}, name) ? dialect.settings?.[name] : undefined;
    const text = textOf(value);
    if (alias === 'harmless') continue;
    if (alias && 'refused' in alias) {
      if (text === null || !(alias.unless ?? []).includes(text)) tell(name, alias.refused);
      continue;
    }
    const option = alias ? ('picture' in alias ? alias.picture : alias.option) : name;
    const field = own.get(option);
    if (!field && option !== 'format') {
      // What is switched off asks for nothing.
      if (value !== false) tell(name, t.noSetting(provider.name, name.slice(0, 60)));
    } else if (field?.kind === 'image') {
      const ref = fileOf(value);
      if (ref) done.pictures.push({ option, ref });
      else tell(name, t.notAPicture);
    } else if (text === null) {
      tell(name, t.notAValue);
    } else {
      const values = alias && 'option' in alias ? alias.values : undefined;
      const said = values ? values[text] : field?.kind === 'checkbox' ? onOff[text] : text;
      if (said === undefined) tell(name, t.notAChoice(text.slice(0, 60), Object.keys(values ?? onOff).join(', ')));
      else if (said !== '') done.options[option] = said;
    }
  }
  return done;
}

const onOff: Readonly<Record<string, string>> = { true: 'on', yes: 'on', on: 'on', 1: 'on', false: '', no: '', off: '', 0: '' };

function saysNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Lists of labels (`{value, label}`, too) are one text; anything deeper has none. */
function textOf(value: unknown): string | null {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => (isObject(item) ? textOf(item['label'] ?? item['value'] ?? null) : textOf(item)));
    return items.every((item) => item !== null) ? items.join(', ') : null;
  }
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value).replaceAll('\0', '').toWellFormed() : null;
}

function fileOf(value: unknown): FileRef | null {
  if (typeof value === 'string') return { id: value, path: value };
  if (!isObject(value)) return null;
  const { id, path } = value;
  return typeof id === 'string' || typeof path === 'string' ? { ...(typeof id === 'string' && { id }), ...(typeof path === 'string' && { path }) } : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The kind of post that these media make, where nobody said: the first that takes them. Undefined where it makes no difference. */
export function formatFor({ capabilities }: Provider, { pictures, videos }: Sent): string | undefined {
  const { formats } = capabilities;
  if (!formats || pictures + videos === 0) return undefined;
  return formats.find(({ value }) => {
    const { images, videos: films, media } = limitsOf(capabilities, [], value);
    return pictures <= (images?.max ?? 0) && videos <= (films?.max ?? 0) && pictures + videos <= media.max;
  })?.value;
}
