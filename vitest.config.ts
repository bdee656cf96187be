import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** What takes a minute and more, the longest first: begun last, it would run on alone while the other worker has nothing to do. */
const long = [/publishing\/kill\.test/u, /promise\/killed\.test/u, /web\/sweep\.test/u, /conformance\.test/u, /intake-program\.test/u, /media\/large\.test/u];

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = long.findIndex((one) => one.test(moduleId));
      return found < 0 ? long.length : found;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    pool: 'forks',
    // One more than the two cores the suite is made for: its tests wait for silent platforms, killed programs and browsers.
    maxWorkers: 3,
    testTimeout: 30_000,
    sequence: { sequencer: LongFirst },
    // drizzle's import graph costs half a second per file when Node links it; vite's own linker is quicker.
    server: { deps: { inline: ['drizzle-orm'] } },
  },
});
