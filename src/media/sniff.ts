import type { MediaType } from '../domain/media.ts';
import { mediaRefusals as t } from '../domain/texts/refusals/media.ts';
import { problem, type MediaProblem } from './problem.ts';
import { Unreadable } from './video/bytes.ts';
import { elementsOf, sizeAt } from './video/elements.ts';

/** How many bytes of a file `sniff` wants to see. */
export const sniffBytes = 512;

/** Tried before what is accepted: these share their first bytes with a video. */
const alike: readonly [string, (head: Buffer) => boolean][] = [
  [t.kindHeic, (head) => /^(?:hei|hev|mif|msf|avi)/u.test(majorBrand(head))],
  [t.kindRaw, (head) => majorBrand(head) === 'crx '],
  [t.kindSound, (head) => /^(?:M4A|M4B|M4P) $/u.test(majorBrand(head))],
];

/** Brands of ISO 14496-12 and 14496-14 files and of their usual makers (the register at mp4ra.org, 2026-11). */
const mp4Brand = /^(?:iso[m2-9a-c]|mp4[12]|mp71|avc1|hvc1|av01|M4V[ HP]|f4v |dash|msdh|cmfc|cmf2|MSNV|XAVC|mmp4|3gp[4-9]|3g2[abc])$/u;

const accepted: readonly [MediaType, (head: Buffer) => boolean][] = [
  ['image/jpeg', (head) => starts(head, 'ffd8ff')],
  ['image/png', (head) => starts(head, '89504e470d0a1a0a')],
  ['image/gif', (head) => /^GIF8[79]a/u.test(text(head))],
  ['image/webp', (head) => /^RIFF[^]{4}WEBP/u.test(text(head))],
  ['video/quicktime', (head) => majorBrand(head) === 'qt  '],
  ['video/mp4', (head) => brandsOf(head).some((brand) => mp4Brand.test(brand))],
  ['video/webm', (head) => docType(head) === 'webm'],
];

/** Only for a better sentence: everything that is not accepted is refused. */
const known: readonly [string, (head: Buffer) => boolean][] = [
  [t.kindMatroska, (head) => docType(head) === 'matroska'],
  [t.kindVideo, (head) => starts(head, '1a45dfa3') || starts(head, '464c5601') || /^(?:[^]{4}(?:ftyp|moov|mdat|wide|pnot)|RIFF[^]{4}AVI )/u.test(text(head))],
  [t.kindWindows, (head) => starts(head, '3026b2758e66cf11')],
  [t.kindMpeg, (head) => starts(head, '000001ba') || starts(head, '000001b3')],
  [t.kindSvg, (head) => /<svg[\s>]/iu.test(text(head))],
  [t.kindPage, (head) => /^\s*(?:<!doctype html|<html|<head|<script|<body)/iu.test(text(head).replace(/^ï»¿/u, ''))],
  [t.kindPdf, (head) => text(head).startsWith('%PDF')],
  [t.kindTiff, (head) => starts(head, '49492a00') || starts(head, '4d4d002a')],
  [t.kindBmp, (head) => /^BM[^]{4}\0{4}/u.test(text(head))],
  [t.kindPhotoshop, (head) => text(head).startsWith('8BPS')],
];

/** The type by the first bytes. A file's name and what the browser says of it count for nothing. */
export function sniff(head: Buffer): MediaType | MediaProblem {
  if (head.length === 0) return problem('empty', t.empty);
  const nameIn = (list: typeof known) => list.find(([, matches]) => matches(head))?.[0];
  const type = nameIn(alike) === undefined ? accepted.find(([, matches]) => matches(head))?.[0] : undefined;
  if (type) return type;
  const name = nameIn(alike) ?? nameIn(known);
  if (name === undefined) return problem('not_a_picture', t.notMedia);
  return problem('unsupported', t.otherKind(name));
}

/** Major and compatible brands of an `ftyp` box (ISO 14496-12 §4.3); none for any other file. */
function brandsOf(head: Buffer): string[] {
  if (head.length < 12 || head.toString('latin1', 4, 8) !== 'ftyp') return [];
  const end = Math.min(head.readUInt32BE(0), head.length);
  // The four bytes at 12 are a version.
  const places = [8, ...Array.from({ length: Math.max(0, Math.floor((end - 16) / 4)) }, (_, n) => 16 + 4 * n)];
  return places.map((place) => head.toString('latin1', place, place + 4));
}

function majorBrand(head: Buffer): string {
  return brandsOf(head)[0] ?? '';
}

/** The DocType in an EBML header (RFC 8794 §11.2); empty for any other file. */
function docType(head: Buffer): string {
  if (!starts(head, '1a45dfa3')) return '';
  try {
    const { length, value } = sizeAt(head, 4);
    const header = head.subarray(4 + length, 4 + length + (value ?? 0));
    const found = elementsOf(header).find(({ id }) => id === 0x4282);
    return found?.content.toString('latin1').replace(/\0+$/u, '') ?? '';
  } catch (error) {
    if (error instanceof Unreadable) return '';
    throw error;
  }
}

function starts(head: Buffer, hex: string): boolean {
  return head.subarray(0, hex.length / 2).toString('hex') === hex;
}

function text(head: Buffer): string {
  return head.toString('latin1');
}
