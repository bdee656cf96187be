import * as z from 'zod';
import type { Field } from '../contract.ts';
import { countText } from '../../domain/text.ts';
import { lengths } from './limits.ts';

const upTo = (max: number) => z.string().trim().refine((text) => countText(text, { unit: 'codepoints' }) <= max);

/** Nothing, or an address on the web. */
const link = upTo(lengths.link).refine((text) => text === '' || /^https?:$/u.test(URL.parse(text)?.protocol ?? ''));

export const options = z.object({
  /** The board's id, with `/` and the section's where one was chosen. */
  board: z.string().regex(/^(?:\d+(?:\/\d+)?)?$/u).default(''),
  title: upTo(lengths.title).default(''),
  link: link.default(''),
  /** A picture of the library. */
  cover: z.string().default(''),
  /** The second of the video to show, where there is no picture. */
  coverAt: z.number().int().min(0).default(0),
  color: z.string().trim().regex(/^(?:#[\da-f]{6})?$/iu).default(''),
});
export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'board', label: 'Board', kind: 'select', required: true, loads: true, placeholder: 'Choose a board' },
  { name: 'secret', label: 'Secret boards', kind: 'note', help: 'Secret boards are not offered: Pinterest asks for further permissions for them.' },
  { name: 'title', label: 'Title', kind: 'text', help: 'Up to 100 characters. Pinterest shows about the first 40 in feeds.' },
  { name: 'link', label: 'Link', kind: 'url', placeholder: 'https://', help: 'Where the Pin leads when somebody opens it.' },
  { name: 'cover', label: 'Cover of the video', kind: 'image', help: 'For videos only. Without one, a frame of the video is shown.' },
  { name: 'coverAt', label: 'Frame to show as the cover (second)', kind: 'number', placeholder: '0', help: 'For videos without a cover picture.' },
  { name: 'color', label: 'Color while it loads', kind: 'text', placeholder: '#6E7874', help: 'Empty: Pinterest takes it from the picture.' },
];

/** The board that was chosen, and its section. */
export function boardIn({ board }: Pick<Options, 'board'>): { boardId: string; sectionId: string | null } | null {
  const [boardId, sectionId] = board.split('/');
  return boardId ? { boardId, sectionId: sectionId ?? null } : null;
}
