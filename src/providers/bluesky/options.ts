import * as z from 'zod';
import type { Field } from '../contract.ts';

/** One to three of language, script and region, as in `en`, `zh-Hant` or `es-419` (BCP 47, less what nobody writes). */
const codes = /^(?:[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:\s*,\s*(?!$)|$)){0,3}$/iu;

export const options = z.object({ langs: z.string().trim().regex(codes).default('') });
export type Options = z.infer<typeof options>;

/** Lexicon app.bsky.feed.post: three languages at most. */
export function langsOf({ langs }: Options): string[] {
  return langs === '' ? [] : langs.split(/\s*,\s*/u);
}

export const fields: readonly Field[] = [{
  name: 'langs', label: 'Language', kind: 'text', placeholder: 'en',
  help: 'Language codes such as en or pt-BR, three at most, with commas between them. Helps people find what they can read.',
}];
