import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

// Colors, sizes, radii and motion are tokens: they stand in tokens.css, and everything else asks for them by name.

const folder = join(import.meta.dirname, '../../../public/styles');
const read = (file: string) => readFileSync(join(folder, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\//gu, (comment) => comment.replaceAll(/[^\n]/gu, ' '));
const tokens = read('tokens.css');

/** Styles of rooms that still have sizes or colors of their own. */
const waiting = ['calendar.css', 'choosing.css', 'composer.css', 'front.css', 'posts.css', 'preview.css', 'settings.css'];
/** What draws a post as its network would: round as they are round, and white on black where their apps are. What the house has too is asked for by name there as well. */
const likeNetworks = ['layouts.css'];
const files = readdirSync(folder).filter((name) => name.endsWith('.css') && name !== 'tokens.css');

/** More than this is a size and no hairline (px). */
const hairline = 4;

/** Literal colors, and sizes in pixels that are more than hairlines; the conditions of media queries cannot ask for a token. */
function loose(css: string): string[] {
  return css.split('\n').flatMap((line, n) => {
    const declared = line.replaceAll(/@(?:media|container|supports)[^{]*/gu, '').replaceAll(/url\([^)]*\)/gu, '');
    const values = [...declared.matchAll(/:([^;{}]*)[;}]/gu)].map(([, value = '']) => value).join(' ');
    const colors = values.match(/#[\da-f]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab)\(|(?<![\w-])(?:white|black|red|blue|green|gr[ae]y)(?![\w-])/giu) ?? [];
    const sizes = [...values.matchAll(/(?<![\w.-])(\d*\.?\d+)px/gu)].filter(([, size]) => Number(size) > hairline).map(([all]) => all);
    return [...colors, ...sizes].map((found) => `${n + 1}: ${found}`);
  });
}

describe('styles', () => {
  it.each(files.filter((file) => !waiting.includes(file) && !likeNetworks.includes(file)))('%s asks for tokens by name', (file) => {
    expect(loose(read(file))).toEqual([]);
  });

  it.each(likeNetworks)('%s has nothing of its own that the house has a token for', (file) => {
    const inHouse = new Set([...tokens.matchAll(/--[\w-]+:([^;]*);/gu)].flatMap(([, value = '']) => value.match(/#[\da-f]{6}\b|^ *\d+px$/giu) ?? []).map((one) => one.trim()));
    expect([...inHouse]).toEqual(expect.arrayContaining(['999px', '6px', '#14161e', '#f7f3ea']));
    expect(loose(read(file)).filter((found) => inHouse.has(found.split(' ')[1] ?? ''))).toEqual([]);
  });

  it('knows a color and a size when it sees one', () => {
    expect(loose('a { color: #fff; border: 1px solid rgb(0 0 0); }\n@media (max-width: 640px) { a { width: 12px; } }\n.white { color: var(--red); white-space: nowrap; background: url(#a); }')).toEqual(['1: #fff', '1: rgb(', '2: 12px']);
  });

  it('ask for tokens that are there', () => {
    const known = new Set([...files.map(read), tokens].flatMap((css) => [...css.matchAll(/(--[\w-]+)\s*:/gu)].map(([, name]) => name)));
    const asked = files.flatMap((file) => [...read(file).matchAll(/var\((--[\w-]+)/gu)].map(([, name]) => ({ file, name })));
    expect(asked.filter(({ name }) => !known.has(name))).toEqual([]);
  });
});

describe('colors', () => {
  const colors = new Map([...tokens.matchAll(/(--[\w-]+): light-dark\((#[\da-f]{6}), (#[\da-f]{6})\)/giu)].map(([, name = '', light = '', dark = '']) => [name, [light, dark]]));

  const grounds = ['--paper', '--sheet', '--shade'];
  const inks = ['--ink', '--soft', '--blue', '--blue-deep', '--red', '--stamp', ...[...colors.keys()].filter((name) => name.startsWith('--label-'))];
  const pairs = [...inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)), ['--on-blue', '--blue'], ['--on-blue', '--blue-deep'], ['--red', '--red-wash'], ['--paper', '--ink']] as const;

  it.each(pairs)('%s reads on %s by day and by night (4.5:1)', (ink, ground) => {
    for (const look of [0, 1] as const) expect(contrast(colors.get(ink)?.[look], colors.get(ground)?.[look])).toBeGreaterThanOrEqual(4.5);
  });
});

describe('targets', () => {
  it('are 24 pixels at least, and 44 by touch', () => {
    const root = Number(/--text: ([\d.]+)rem/u.exec(tokens)?.[1]) * 16;
    const [mouse] = [...tokens.matchAll(/--target: ([\d.]+)rem/gu)].map(([, rem]) => Number(rem) * root);
    expect(mouse).toBeGreaterThanOrEqual(24);
    expect(Number(/pointer: coarse[\s\S]*?--target: ([\d.]+)px/u.exec(tokens)?.[1])).toBeGreaterThanOrEqual(44);
  });
});

/** WCAG 2.2's contrast ratio of two colors `#rrggbb`. */
function contrast(one = '', other = ''): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
