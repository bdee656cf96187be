import { ProviderError, type Found, type Io } from '../contract.ts';
import { call } from './api.ts';
import type { Grant } from './session.ts';
import { pins, type ListedPin } from './wire.ts';

/** A Pin by all that it was made of. */
export interface Sought {
  boardId: string;
  sectionId: string | null;
  title: string;
  description: string;
  link: string;
  alt: string;
  kind: 'image' | 'multiple_images' | 'video';
}

const tolerance = 60_000;
const pageSize = 250;
const mostPages = 8;

/**
 * Looks for a Pin on its board, after a send at `since` (epoch ms) that was never answered. It must be younger than that,
 * less a minute for clocks that differ, and have the same words and kind. Two that fit, one that fits but for its kind or
 * link, one without any words, or a list that does not end: nobody can tell.
 */
export async function look(grant: Grant, sought: Sought, since: number, io: Io): Promise<Found<string>> {
  const seen = await youngerThan(since, grant, sought, io);
  if (seen === 'forbidden') return 'unknown';
  const candidates = seen.pins.filter((pin) => mayBe(pin, sought));
  const same = candidates.filter((pin) => sameWords(pin, sought) && (pin.media?.media_type ?? sought.kind) === sought.kind);
  const wordless = [sought.title, sought.description, sought.link, sought.alt].every((text) => text === '');
  const [only, ...others] = same;
  if (only && others.length === 0 && !wordless) return { found: only.id };
  // Pinterest may have written something in its own way: only other words make it another Pin for certain.
  return seen.complete && candidates.every((pin) => hasOtherWords(pin, sought)) ? 'absent' : 'unknown';
}

/**
 * The board's Pins since then. That the newest come first is how it is and is promised nowhere: a page that is not in that
 * order, or all of one second, means that all have to be seen.
 */
async function youngerThan(since: number, grant: Grant, { boardId, sectionId }: Sought, io: Io): Promise<{ pins: ListedPin[]; complete: boolean } | 'forbidden'> {
  const path = sectionId === null ? `/boards/${boardId}/pins` : `/boards/${boardId}/sections/${sectionId}/pins`;
  const found: ListedPin[] = [];
  let bookmark: string | undefined;
  let last = Infinity;
  let order: 'untold' | 'newest first' | 'none' = 'untold';
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await call(grant, { method: 'GET', path, query: { page_size: pageSize, bookmark } }, io).catch((error: unknown) => {
      if (error instanceof ProviderError && error.failure.kind === 'rejected') return null;
      throw error;
    });
    if (!answer) return 'forbidden';
    const listed = answer.read(pins);
    const from = since - tolerance + behind(answer.header('date'), io.now());
    for (const pin of listed.items) {
      const at = instantOf(pin.created_at);
      if (Number.isNaN(at) || at > last) order = 'none';
      else if (at < last && last < Infinity && order === 'untold') order = 'newest first';
      last = at;
      if (!(at < from)) found.push(pin);
    }
    bookmark = listed.bookmark ?? undefined;
    if (bookmark === undefined || (order === 'newest first' && last < from)) return { pins: found, complete: true };
  }
  return { pins: found, complete: false };
}

/** Written with and without a zone; it is UTC either way. */
export function instantOf(created: string): number {
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/iu.test(created) ? created : `${created}Z`);
}

/** How far Pinterest's clock is behind ours (ms, 0 or less): it dates the Pin by its own. */
function behind(date: string | undefined, now: number): number {
  const at = Date.parse(date ?? '');
  return Number.isNaN(at) ? 0 : Math.min(0, at - now);
}

/** What a list leaves out speaks against nothing. */
function mayBe({ is_owner: own, board_section_id: section }: ListedPin, { sectionId }: Sought): boolean {
  return own !== false && (section ?? sectionId) === sectionId;
}

function sameWords(pin: ListedPin, { title, description, link, alt }: Sought): boolean {
  return same(pin.title, title) && same(pin.description, description) && address(pin.link) === address(link) && same(pin.alt_text, alt);
}

function hasOtherWords(pin: ListedPin, { title, description }: Sought): boolean {
  const differs = (listed: string | null | undefined, sought: string) => plain(listed ?? '') !== '' && sought !== '' && !same(listed, sought);
  return differs(pin.title, title) || differs(pin.description, description);
}

function same(listed: string | null | undefined, sought: string): boolean {
  return plain(listed ?? '') === plain(sought);
}

const plain = (text: string) => text.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
const address = (text: string | null | undefined) => URL.parse(text ?? '')?.href ?? text ?? '';
