/** What came of publications: in time, later than that, or not. */
export interface Sums {
  onTime: number;
  late: number;
  failed: number;
}

/** Publications of one network that ended in the same quarter of an hour, in the same way. */
export interface Ended {
  provider: string;
  /** Epoch ms. */
  at: number;
  how: keyof Sums;
  count: number;
}

/** Later than this after its time is late (ms): the tick, and the time that a network takes for a picture. */
export const lateAfter = 60_000;

export const noSums: Readonly<Sums> = { onTime: 0, late: 0, failed: 0 };

/** Sums by what `keyOf` says, in the order in which its answers first come. */
export function sumsBy(ended: readonly Ended[], keyOf: (one: Ended) => string): Map<string, Sums> {
  const sums = new Map<string, Sums>();
  for (const one of ended) {
    const key = keyOf(one);
    const before = sums.get(key) ?? noSums;
    sums.set(key, { ...before, [one.how]: before[one.how] + one.count });
  }
  return sums;
}

export function totalOf({ onTime, late, failed }: Sums): number {
  return onTime + late + failed;
}
