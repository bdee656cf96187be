import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    // drizzle's import graph costs half a second per file when Node links it; vite's own linker is quicker.
    server: { deps: { inline: ['drizzle-orm'] } },
  },
});
