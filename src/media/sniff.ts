import type { ImageType } from '../domain/media.ts';
import { problem, type MediaProblem } from './problem.ts';

/** How many bytes of a file `sniff` wants to see. */
export const sniffBytes = 512;

const accepted: readonly [ImageType, (head: Buffer) => boolean][] = [
  ['image/jpeg', (head) => starts(head, 'ffd8ff')],
  ['image/png', (head) => starts(head, '89504e470d0a1a0a')],
  ['image/gif', (head) => /^GIF8[79]a/u.test(text(head))],
  ['image/webp', (head) => /^RIFF[^]{4}WEBP/u.test(text(head))],
];

/** Only for a better sentence: everything that is not accepted is refused. */
const known: readonly [string, (head: Buffer) => boolean][] = [
  ['a HEIC or AVIF picture', (head) => /^[^]{4}ftyp(?:hei|hev|mif|msf|avi)/u.test(text(head))],
  ['a video', (head) => /^[^]{4}ftyp/u.test(text(head)) || starts(head, '1a45dfa3') || /^RIFF[^]{4}AVI /u.test(text(head))],
  ['an SVG drawing', (head) => /<svg[\s>]/iu.test(text(head))],
  ['a web page', (head) => /^\s*(?:<!doctype html|<html|<head|<script|<body)/iu.test(text(head).replace(/^ï»¿/u, ''))],
  ['a PDF document', (head) => text(head).startsWith('%PDF')],
  ['a TIFF picture', (head) => starts(head, '49492a00') || starts(head, '4d4d002a')],
  ['a BMP picture', (head) => /^BM[^]{4}\0{4}/u.test(text(head))],
  ['a Photoshop file', (head) => text(head).startsWith('8BPS')],
];

/** The type by the first bytes. A file's name and what the browser says of it count for nothing. */
export function sniff(head: Buffer): ImageType | MediaProblem {
  if (head.length === 0) return problem('empty', 'This file is empty.');
  const type = accepted.find(([, matches]) => matches(head))?.[0];
  if (type) return type;
  const name = known.find(([, matches]) => matches(head))?.[0];
  if (name === undefined) return problem('not_a_picture', 'This file is not a picture. JPEG, PNG, WebP and GIF can be used.');
  return problem('unsupported', `This is ${name}. JPEG, PNG, WebP and GIF can be used.`);
}

function starts(head: Buffer, hex: string): boolean {
  return head.subarray(0, hex.length / 2).toString('hex') === hex;
}

function text(head: Buffer): string {
  return head.toString('latin1');
}
