import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// One voice: every string of the catalogue keeps the same few rules. Of what is a function, what it gives is looked at.

const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.includes('.test.')).sort();

/** What programs read, plain text that is laid out by hand, and the frame of a mail: they are typed as on a typewriter. */
const typed: ReadonlySet<string> = new Set(['refusals/api.ts', 'promise/readme.ts', 'mails/render.ts']);

interface Said {
  where: string;
  text: string;
}

/** Every string in a value of a module: functions are called with numbers and words that betray nothing. */
function stringsIn(value: unknown, where: string): Said[] {
  if (typeof value === 'string') return [{ where, text: value }];
  if (typeof value === 'function') return [1, 2].flatMap((n) => stringsIn(given(value as (...args: unknown[]) => unknown, n), `${where}()`));
  if (value !== null && typeof value === 'object' && !(value instanceof Date)) return Object.entries(value).flatMap(([key, one]) => stringsIn(one, `${where}.${key}`));
  return [];
}

/** What a small function says; nothing of one that wants more than words and numbers. */
function given(say: (...args: unknown[]) => unknown, n: number): unknown {
  try {
    return say(...Array.from({ length: say.length }, (_, at) => n + at));
  } catch {
    return [];
  }
}

/** What is wrong with a string, if anything is. */
function faultOf(text: string): string | null {
  // An address of ours is no sentence.
  if (text.startsWith('/')) return null;
  if (/!(?!=)/u.test(text)) return 'an exclamation mark';
  if (/\bplease\b/iu.test(text)) return '"please"';
  if (/\b(?:success(?:fully)?|oops|sorry|whoops|unfortunately)\b/iu.test(text)) return 'a phrase';
  if (/\S {2,}\S/u.test(text)) return 'two spaces';
  if (/\.\.\./u.test(text)) return 'three dots in place of "…"';
  if (/\b(?:cancelled|cancelling|colour|organis|authoris|recognis)/iu.test(text)) return 'a spelling of another country';
  if (/\b(?:email|e-mails? address)\b/iu.test(text.replaceAll(/\{\w+\}|<\/?\w+>/gu, '')) && !/e-mail address/iu.test(text)) return '"email" in place of "e-mail"';
  if (/\b(?:login|signup)\b/iu.test(text)) return '"login" in place of "log-in"';
  if (/\p{L} [,.;?](?:\s|$)/u.test(text)) return 'a space before a stop';
  if (/\p{L}'\p{L}/u.test(text)) return 'a straight apostrophe';
  return null;
}

describe('the catalogue', () => {
  it.each(files.filter((path) => !typed.has(path)))('%s quotes with “ and ”', async (path) => {
    const module = await import(/* @vite-ignore */ join(import.meta.dirname, path)) as Record<string, unknown>;
    expect(stringsIn(module, path).filter(({ text }) => /"/u.test(text))).toEqual([]);
  });

  it.each(files.filter((path) => !typed.has(path)))('%s speaks with one voice', async (path) => {
    const module = await import(/* @vite-ignore */ join(import.meta.dirname, path)) as Record<string, unknown>;
    const faults = stringsIn(module, path).flatMap(({ where, text }) => { const fault = faultOf(text); return fault === null ? [] : [`${where}: ${fault} in: ${text}`]; });
    expect(faults).toEqual([]);
  });

  it.each([
    ['Saved!', 'an exclamation mark'], ['Please wait.', '"please"'], ['Saved successfully.', 'a phrase'], ['Two  spaces.', 'two spaces'], ['Wait...', 'three dots in place of "…"'],
    ['It was cancelled.', 'a spelling of another country'], ['Your email.', '"email" in place of "e-mail"'], ['Your login.', '"login" in place of "log-in"'], ['Wait .', 'a space before a stop'], ['It\'s here.', 'a straight apostrophe'],
    ['Saved. Your e-mail address is changed.', null], ['{plan}, until {when}.', null],
  ])('%j: %s', (text, fault) => expect(faultOf(text)).toBe(fault));
});
