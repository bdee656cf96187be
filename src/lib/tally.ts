/** Counts that only grow, by two labels. */
export interface Tally {
  add(first: string, second: string): void;
  all(): { first: string; second: string; count: number }[];
}

export function createTally(): Tally {
  const counts = new Map<string, number>();
  return {
    add(first, second) {
      const key = JSON.stringify([first, second]);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    all: () => Array.from(counts, ([key, count]) => {
      const [first, second] = JSON.parse(key) as [string, string];
      return { first, second, count };
    }),
  };
}
