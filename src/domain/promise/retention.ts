import { names } from '../texts/names.ts';
import { keepingTexts } from '../texts/promise/keeping.ts';

/**
 * What starts the clock of a keep-time. `published`: the last publication of a post came to its end, well or not; of a file,
 * the last post that used it. `expired`: it carries its own end.
 */
export type Beginning = 'account_deleted' | 'disconnected' | 'published' | 'made' | 'last_contact' | 'expired' | 'deleted';

/** How long one class of data is kept. The privacy page is written from it, the nightly prune acts on it, tests hold both to it. */
export interface Keeping {
  id: string;
  /** The class of data, as a person would call it. */
  what: string;
  /** What ends the keeping. Empty: it may stay. */
  ends: readonly End[];
  /** In words; `{0}`, `{1}` stand for the days of `ends`. */
  said: string;
}

export interface End {
  after: Beginning;
  days: number;
  /** Done at once; `days` is the outer bound. */
  atOnce?: true;
  /** `days` is the outer bound: it goes the night before, so that it is never kept longer. */
  atMost?: true;
}

const year = 365;
export const day = 24 * 60 * 60 * 1000;

const endings: readonly { id: keyof typeof keepingTexts; ends: readonly End[] }[] = [
  { id: 'account', ends: [{ after: 'account_deleted', days: 30 }] },
  { id: 'grants', ends: [{ after: 'disconnected', days: 30, atOnce: true }, { after: 'account_deleted', days: 30, atOnce: true }] },
  { id: 'connections', ends: [{ after: 'disconnected', days: 30, atMost: true }, { after: 'account_deleted', days: 30 }] },
  { id: 'content', ends: [{ after: 'published', days: 90 }, { after: 'account_deleted', days: 30 }] },
  { id: 'unsaved', ends: [{ after: 'made', days: 30 }, { after: 'account_deleted', days: 30 }] },
  { id: 'bin', ends: [{ after: 'deleted', days: 30 }, { after: 'account_deleted', days: 30 }] },
  { id: 'undos', ends: [{ after: 'made', days: 2 }] },
  { id: 'publications', ends: [{ after: 'account_deleted', days: 30 }] },
  { id: 'intake', ends: [{ after: 'disconnected', days: 30, atOnce: true }, { after: 'account_deleted', days: 30, atOnce: true }, { after: 'made', days: 2 }] },
  { id: 'billing', ends: [{ after: 'made', days: 7 * year }] },
  { id: 'logs', ends: [{ after: 'made', days: 90 }] },
  { id: 'support', ends: [{ after: 'last_contact', days: 3 * year }, { after: 'account_deleted', days: 0 }] },
  { id: 'mails', ends: [{ after: 'made', days: 90 }] },
  { id: 'notices', ends: [{ after: 'made', days: 3 * year }] },
  { id: 'sessions', ends: [{ after: 'expired', days: 0 }] },
  { id: 'audit', ends: [{ after: 'account_deleted', days: 30 }] },
  { id: 'invitations', ends: [{ after: 'made', days: 37 }] },
  { id: 'two_factor', ends: [{ after: 'account_deleted', days: 30 }] },
  { id: 'devices', ends: [{ after: 'last_contact', days: 1 * year }, { after: 'account_deleted', days: 30 }] },
  { id: 'passing', ends: [{ after: 'expired', days: 0 }] },
  { id: 'copies', ends: [{ after: 'made', days: 14 }] },
  { id: 'calls', ends: [{ after: 'made', days: 30 }] },
  { id: 'prunings', ends: [{ after: 'made', days: 2 * year }] },
  { id: 'deletions', ends: [] },
  { id: 'erasures', ends: [] },
  { id: 'requests', ends: [{ after: 'last_contact', days: 3 * year }] },
  { id: 'exports', ends: [{ after: 'made', days: 7 }] },
  { id: 'aggregates', ends: [] },
];

/** Every class of data there is, and its end. */
export const retention: readonly Keeping[] = endings.map((one) => ({ ...one, ...keepingTexts[one.id] }));

export function keepText({ said, ends }: Keeping): string {
  return ends.reduce((text, { days }, n) => text.replaceAll(`{${n}}`, spanOf(days)), said);
}

/** How long (days) a class of data is kept after something. */
export function keepDays(id: string, after: Beginning): number {
  return endOf(id, after).days;
}

/** What began at or before this (epoch ms) is over at `at`, and the nightly prune takes it. */
export function cutoffOf(id: string, after: Beginning, at: number): number {
  const { days, atMost } = endOf(id, after);
  return at - (atMost ? days - 1 : days) * day;
}

/** When what began at `began` goes (epoch ms): the night after which `cutoffOf` reaches it. */
export function endOfKeeping(id: string, after: Beginning, began: number): number {
  const { days, atMost } = endOf(id, after);
  return began + (atMost ? days - 1 : days) * day;
}

function endOf(id: string, after: Beginning): End {
  const end = retention.find((one) => one.id === id)?.ends.find((one) => one.after === after);
  if (!end) throw new Error(`The table of keep-times says nothing of "${id}" after "${after}".`);
  return end;
}

function spanOf(days: number): string {
  return days % year !== 0 || days === 0 ? names.days(days) : names.years(days / year);
}
