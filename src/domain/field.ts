/** One thing to fill in: in a form that connects, or an option of a variant. */
export interface Field {
  name: string;
  label: string;
  /**
   * `image` holds the id of a picture in the library, `datetime` an instant as ISO 8601 in UTC (chosen in the
   * workspace's zone), `note` holds nothing: it is a sentence (`help`) to be read.
   */
  kind: 'text' | 'textarea' | 'password' | 'url' | 'number' | 'datetime' | 'select' | 'checkbox' | 'image' | 'note';
  help?: string;
  /** Words of `help` that lead somewhere. */
  links?: readonly { text: string; url: string }[];
  placeholder?: string;
  required?: boolean;
  /** Of a select. The first one counts when nothing was chosen, unless there is a `placeholder`: then one must be chosen. */
  choices?: readonly Choice[];
  /** The choices come from the network (`composing`). */
  loads?: true;
  /** Shown only while this holds. */
  when?: Condition;
  /** Greyed, with the reason, while something else is chosen. */
  barred?: Bar;
  /** Shown only for these formats. */
  formats?: readonly string[];
}

export interface Choice {
  value: string;
  label: string;
  /** Greyed, with the reason, while something else is chosen. */
  barred?: Bar;
}

/** Another field has this value (a checkbox: true or false), or the format is this one; with `and`, that holds as well. */
export interface Condition {
  field: string;
  is: string | boolean;
  and?: Condition;
}

/** What cannot be chosen together with something else. `why` is shown in its stead. */
export interface Bar {
  by: Condition;
  why: string;
}

/** What was said in a form: values by field, a checkbox `on` or absent; the format by the name `format`. */
export type Said = Readonly<Record<string, string>>;

export type Loaded = Readonly<Record<string, readonly Choice[]>>;

/** The choices of a select; null while only the network knows them. */
export function choicesOf({ name, choices, loads }: Field, loaded: Loaded | undefined): readonly Choice[] | null {
  return loads ? (loaded?.[name] ?? choices ?? null) : (choices ?? []);
}

/** What counts for a field: what was said, or the first choice where nothing must be chosen. */
export function countingValue(field: Field, said: Said, loaded: Loaded | undefined): string {
  const value = said[field.name]?.trim() ?? '';
  if (value !== '' || field.kind !== 'select' || field.placeholder !== undefined) return value;
  return choicesOf(field, loaded)?.[0]?.value ?? '';
}

/** Whether a field applies with the format and with what else is chosen; one that hangs on a hidden field is hidden too. */
export function isShown(field: Field, fields: readonly Field[], said: Said, format: string | undefined, loaded?: Loaded, depth = 0): boolean {
  const { when, formats } = field;
  if (formats && (format === undefined || !formats.includes(format))) return false;
  return !when || holds(when, fields, said, format, loaded, depth);
}

/** Why something cannot be chosen just now, because of what else is; undefined when it can. */
export function whyBarred(barred: Bar | undefined, fields: readonly Field[], said: Said, format: string | undefined, loaded?: Loaded): string | undefined {
  return barred && holds(barred.by, fields, said, format, loaded) ? barred.why : undefined;
}

function holds({ field: name, is, and }: Condition, fields: readonly Field[], said: Said, format: string | undefined, loaded?: Loaded, depth = 0): boolean {
  if (and && !holds(and, fields, said, format, loaded, depth)) return false;
  if (name === 'format') return format === is;
  const other = fields.find((one) => one.name === name);
  if (!other || depth > fields.length || !isShown(other, fields, said, format, loaded, depth + 1)) return false;
  const value = countingValue(other, said, loaded);
  return (other.kind === 'checkbox' ? value !== '' : value) === is;
}
