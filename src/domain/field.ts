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
  /** Of a note: it stands beside the buttons that send, for it is what a person agrees to by pressing them. */
  atSend?: true;
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
  /** Of a checkbox: while it is ticked, one of these fields must be set as well. `why` stands in the way of sending until then. */
  needs?: { oneOf: readonly string[]; why: string };
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

/** Everything that was said of a channel's fields, and what is known of them. */
export interface Answers {
  fields: readonly Field[];
  said: Said;
  /** The format that counts, where there are formats. */
  format: string | undefined;
  loaded?: Loaded | undefined;
}

/** Whether a field applies with the format and with what else is chosen; one that hangs on a hidden field is hidden too. */
export function isShown(field: Field, answers: Answers, depth = 0): boolean {
  const { when, formats } = field;
  const { format } = answers;
  if (formats && (format === undefined || !formats.includes(format))) return false;
  return !when || holds(when, answers, depth);
}

/** Why something cannot be chosen just now, because of what else is; undefined when it can. */
export function whyBarred(barred: Bar | undefined, answers: Answers): string | undefined {
  return barred && holds(barred.by, answers) ? barred.why : undefined;
}

/** What was chosen and cannot go out like this, by field; each sentence once. */
export function clashes(answers: Answers): { name: string; why: string }[] {
  const { fields, said, loaded } = answers;
  const isSet = (name: string) => fields.some((field) => field.name === name && isShown(field, answers) && countingValue(field, said, loaded) !== '');
  const found = fields.filter(({ name }) => isSet(name)).flatMap(({ needs, ...field }) => {
    const choice = choicesOf(field, loaded)?.find(({ value }) => value === countingValue(field, said, loaded));
    const unmet = needs && !needs.oneOf.some(isSet) ? needs.why : undefined;
    const why = whyBarred(field.barred, answers) ?? whyBarred(choice?.barred, answers) ?? unmet;
    return why === undefined ? [] : [{ name: field.name, why }];
  });
  return found.filter(({ why }, n) => found.findIndex((one) => one.why === why) === n);
}

function holds({ field: name, is, and }: Condition, answers: Answers, depth = 0): boolean {
  const { fields, said, format, loaded } = answers;
  if (and && !holds(and, answers, depth)) return false;
  if (name === 'format') return format === is;
  const other = fields.find((one) => one.name === name);
  if (!other || depth > fields.length || !isShown(other, answers, depth + 1)) return false;
  const value = countingValue(other, said, loaded);
  return (other.kind === 'checkbox' ? value !== '' : value) === is;
}
