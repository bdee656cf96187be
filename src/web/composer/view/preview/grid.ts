import type { Grid } from '../../../../domain/channels/appearance.ts';
import type { MediaFacts } from '../../../../domain/media.ts';

/** How the files of a part stand together, as classes and cells. */
export interface Placed {
  as: Grid['as'] | 'single';
  /** The files that are shown, in order. */
  cells: readonly MediaFacts[];
  /** How many are left out. */
  more: number;
  /** The class of the whole block's shape (or of each, in a carousel); empty where a single one keeps its own. */
  ratio: string;
  /** `of-1` … `of-5`, `of-many`, with `lead` where the first stands alone. */
  count: string;
}

/** Shapes that have a class in the styles: inline styles are not allowed. */
export const ratios: Readonly<Record<string, number>> = {
  'r-1-2': 1 / 2, 'r-9-16': 9 / 16, 'r-2-3': 2 / 3, 'r-3-4': 3 / 4, 'r-4-5': 4 / 5, 'r-1-1': 1, 'r-5-4': 5 / 4, 'r-4-3': 4 / 3, 'r-3-2': 3 / 2,
  'r-16-9': 16 / 9, 'r-191-100': 1.91, 'r-2-1': 2, 'r-238-100': 2.38, 'r-3-1': 3, 'r-4-1': 4, 'r-5-1': 5,
};

export function placed(media: readonly MediaFacts[], grid: Grid): Placed {
  const [first] = media;
  if (first === undefined) return { as: 'single', cells: [], more: 0, ratio: '', count: 'of-0' };
  const own = first.width / first.height;
  if (media.length === 1) {
    const { min, max } = grid.single;
    // Within its limits, give or take what rounding does to pixels, it keeps its own shape.
    const kept = own >= min * 0.995 && own <= max * 1.005;
    return { as: 'single', cells: media, more: 0, ratio: kept ? '' : classOf(own < min ? min : max), count: 'of-1' };
  }
  if (grid.as === 'carousel') {
    const shape = grid.whole ?? Math.min(grid.single.max, Math.max(grid.single.min, own));
    return { as: 'carousel', cells: media.slice(0, 1), more: 0, ratio: classOf(shape), count: 'of-1' };
  }
  const cells = media.slice(0, grid.most);
  const count = `${cells.length > 5 ? 'of-many' : `of-${cells.length}`}${grid.lead ? ' lead' : ''}`;
  return { as: grid.as, cells, more: media.length - cells.length, ratio: grid.whole === undefined ? '' : classOf(grid.whole), count };
}

/** The class whose shape is nearest. */
export function classOf(ratio: number): string {
  const [nearest] = Object.entries(ratios).toSorted(([, a], [, b]) => Math.abs(Math.log(a / ratio)) - Math.abs(Math.log(b / ratio)));
  return nearest?.[0] ?? '';
}
