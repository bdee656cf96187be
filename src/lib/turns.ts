export type InTurn = <T>(act: () => Promise<T>) => Promise<T>;

/** Runs at most `width` acts at once, in order of arrival. With more than `depth` waiting the next is refused by an error. */
export function createTurns(width: number, depth = Number.POSITIVE_INFINITY, refusal: () => Error = tooMany): InTurn {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (act) => {
    if (running < width) running += 1;
    else if (waiting.length >= depth) throw refusal();
    // Whoever ends hands its place on without freeing it, so that nobody slips in between.
    else await new Promise<void>((resolve) => { waiting.push(resolve); });
    try {
      return await act();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}

const tooMany = () => new Error('Too many are waiting.');
