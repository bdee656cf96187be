import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { limitsOf, type Limits } from '../src/domain/capabilities.ts';
import { durationText, sizeText } from '../src/domain/units.ts';
import { providers } from '../src/providers/all.ts';
import type { Provider } from '../src/providers/contract.ts';

// The README's table of networks, from what the networks say of themselves. `npm run readme` writes it; a test compares.

const head = ['network', 'kinds of post', 'text', 'pictures', 'video', 'descriptions', 'threads', 'to set up', 'after a crash in mid-send'];

const afterCrash: Record<Provider['capabilities']['inDoubt'], string> = {
  repeat_is_harmless: 'sent again: the network takes the same post once',
  looked_up: 'looked up',
  asks_a_person: 'asks you: the network cannot be asked',
};

export function networksTable(): string {
  const rows = providers.map((provider) => rowOf(provider));
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf({ name, capabilities, connect, setup }: Provider): string[] {
  const kinds = (capabilities.formats ?? []).map(({ value, label }) => ({ label, limits: limitsOf(capabilities, [], value) }));
  const all = kinds.length > 0 ? kinds.map(({ limits }) => limits) : [limitsOf(capabilities)];
  return [
    name,
    kinds.length > 0 ? kinds.map(({ label }) => label).join(', ') : kindsOf(all[0]),
    range(all.map(({ text }) => text.max).filter((max) => max > 0)),
    range(all.flatMap(({ images }) => (images && images.max > 0 ? [images.max] : []))),
    videoText(all),
    range(all.flatMap(({ alt }) => (alt ? [alt.max] : []))),
    range(all.flatMap(({ thread }) => (thread && thread.max > 1 ? [thread.max] : []))),
    setup?.review ? 'your own app, reviewed by the company' : setup ? 'your own app or bot' : connect.kind === 'local' ? 'built in' : 'nothing',
    afterCrash[capabilities.inDoubt],
  ];
}

function kindsOf(limits: Limits | undefined): string {
  if (!limits) return '';
  return ['text', ...(limits.images ? ['pictures'] : []), ...(limits.videos ? ['video'] : []), ...(limits.thread ? ['thread'] : [])].join(', ');
}

function range(numbers: readonly number[]): string {
  if (numbers.length === 0) return 'no';
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? String(most) : `${least} to ${most}`;
}

function videoText(all: readonly Limits[]): string {
  const rules = all.flatMap(({ videos }) => videos ?? []);
  if (rules.length === 0) return 'no';
  const longest = rules.every(({ maxMs }) => maxMs !== undefined) ? [durationText(Math.max(...rules.map(({ maxMs }) => maxMs ?? 0)))] : [];
  return [...longest, sizeText(Math.max(...rules.map(({ maxBytes }) => maxBytes)))].join(', ');
}

const [begin, end] = ['<!-- networks: made by npm run readme -->', '<!-- end of networks -->'];

/** The text with its table brought up to date. */
export function withTable(readme: string): string {
  const [before, rest] = readme.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error('the README has no place for the table');
  return `${before}${begin}\n${networksTable()}\n${end}${after}`;
}

export const readmePath = join(import.meta.dirname, '../README.md');

if (import.meta.main) writeFileSync(readmePath, withTable(readFileSync(readmePath, 'utf8')));
