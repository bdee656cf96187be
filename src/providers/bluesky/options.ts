import { z } from 'zod';
import type { Field } from '../contract.ts';

/** Lexicon app.bsky.feed.post: three languages at most, each well-formed BCP 47. */
const codes = /^[a-z]{2,3}(?:-[a-z\d]{2,8})*(?:\s*,\s*[a-z]{2,3}(?:-[a-z\d]{2,8})*){0,2}$/iu;

const typed = z.string().trim()
  .regex(new RegExp(`^$|${codes.source}`, 'iu'), 'Write up to three language codes, such as en or pt-BR, with commas between them.')
  .transform((text) => (text === '' ? [] : text.split(/\s*,\s*/u)));

/** As a person types it, or as it is stored. */
export const options = z.object({ langs: z.union([typed, z.array(z.string()).max(3)]).default([]) });
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [{
  name: 'langs', label: 'Language', kind: 'text', placeholder: 'en',
  help: 'Language codes such as en or pt-BR, three at most. Helps people find what they can read.',
}];
