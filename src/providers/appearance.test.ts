import { describe, expect, it } from 'vitest';
import { networkColors } from '../../scripts/network-colors.ts';
import { layouts, shapeOf, signs, type Appearance, type Palette, type Shape } from '../domain/channels/appearance.ts';
import { isShown } from '../domain/field.ts';
import { providers } from './all.ts';

// What each network says of how its posts look: whole, readable, and about fields that it has.

const all = providers.map((provider) => [provider.id, provider] as const);

/** Every shape that a network can take. */
function shapesOf({ formats = {}, upright, ...usual }: Appearance): Shape[] {
  return [usual, ...Object.values(formats).map((one) => ({ ...usual, ...one })), ...(upright ? [{ ...usual, ...upright.shape }] : [])];
}

describe.each(all)('%s', (_id, { appearance, fields, capabilities, name }) => {
  const known = new Set(fields.map((field) => field.name));

  it('says how its posts look', () => {
    expect(appearance, name).toBeDefined();
  });

  it('is drawn by a layout that there is, with signs that there are and an order that forgets nothing', () => {
    for (const shape of appearance ? shapesOf(appearance) : []) {
      expect(layouts).toContain(shape.layout);
      expect(signs).toEqual(expect.arrayContaining([...shape.signs]));
      expect(new Set(shape.order).size).toBe(shape.order.length);
      expect(shape.head.length).toBeGreaterThan(0);
      expect(shape.grid.single.min).toBeLessThanOrEqual(shape.grid.single.max);
      if (shape.layout === 'feed') expect(shape.order).toEqual(expect.arrayContaining(['text', 'media']));
      if (shape.layout === 'short' || shape.layout === 'story') expect(shape.grid.whole).toBeCloseTo(9 / 16);
    }
  });

  it('names formats and fields of its own alone', () => {
    const values = (capabilities.formats ?? []).map(({ value }) => value);
    expect(values).toEqual(expect.arrayContaining(Object.keys(appearance?.formats ?? {})));
    for (const { options = {} } of appearance ? shapesOf(appearance) : []) {
      const { veils = [], badges = [], poll, cover, ...single } = options;
      const named = [...Object.values(single), ...veils, ...badges, ...(poll ? [poll.question, ...poll.choices] : []), cover?.picture, cover?.second].filter((one) => one !== undefined);
      expect(named.filter((one) => !known.has(one))).toEqual([]);
      expect(fields.filter((field) => field.name === cover?.picture).map(({ kind }) => kind)).toEqual(cover?.picture === undefined ? [] : ['image']);
    }
  });

  it('shows a title wherever one must be written', () => {
    for (const format of capabilities.formats?.map(({ value }) => value) ?? [undefined]) {
      const must = fields.find((field) => field.name === 'title' && field.required && isShown(field, { fields, said: {}, format }));
      const shape = appearance && shapeOf(appearance, format, undefined);
      if (must) expect([shape?.options?.title, shape?.order], format).toEqual(['title', expect.arrayContaining(['title'])]);
    }
  });

  it.each(['day', 'night'] as const)('can be read by %s', (when) => {
    const colors = appearance?.colors[when];
    for (const [words, ground] of [['ink', 'ground'], ['soft', 'ground'], ['accent', 'ground'], ['ink', 'wash'], ['soft', 'wash']] as const) {
      expect(colors && contrast(colors, words, ground), `${words} on ${ground}`).toBeGreaterThanOrEqual(4.5);
    }
  });
});

it('the colors come as a stylesheet, one rule a network', () => {
  const css = networkColors(providers);
  expect(css.split('\n')).toHaveLength(providers.length);
  for (const { id, appearance } of providers) expect(css).toContain(`.shown[data-network='${id}'] { --net-ground: light-dark(${appearance?.colors.day.ground ?? ''}, ${appearance?.colors.night.ground ?? ''});`);
  expect(networkColors([{ id: 'silent' }])).toBe('');
});

it('an upright video makes a network that knows shorts show one, a wide or a long one does not', () => {
  const watch = providers.find(({ appearance }) => appearance?.upright)?.appearance;
  const film = (width: number, durationMs: number) => ({ kind: 'video', width, height: 100, durationMs });
  expect([film(56, 9_000), film(100, 180_000), film(101, 9_000), film(56, 180_001)].map((first) => watch && shapeOf(watch, undefined, first).layout)).toEqual(['short', 'short', 'video', 'video']);
  expect(watch && shapeOf(watch, undefined, { kind: 'image', width: 1, height: 2 }).layout).toBe('video');
});

/** WCAG 2.2: the relative luminances of two colors. */
function contrast(colors: Palette, a: keyof Palette, b: keyof Palette): number {
  const [light = 0, dark = 0] = [luminance(colors[a]), luminance(colors[b])].toSorted((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
