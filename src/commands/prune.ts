import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { prune, pruneCounts } from '../actions/retention/prune.ts';
import { openData } from '../app.ts';
import type { Config } from '../config.ts';
import type { Assets } from '../lib/assets.ts';
import { UsageError } from '../lib/usage-error.ts';
import { createStorage } from '../media/storage.ts';

/** The nightly prune by hand. A dry run prints a JSON line per class of data and deletes nothing. */
export async function pruneCommand(config: Config, assets: Assets, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { 'dry-run': { type: 'boolean', default: false }, at: { type: 'string' } } });
  const at = values.at === undefined ? Date.now() : instantOf(values.at);
  const { store } = await openData(config, assets, Date.now);
  const log = pino({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, base: null }, process.stderr);
  const deps = { config, store, storage: createStorage(join(config.dataDir, 'media')), now: Date.now, log };
  try {
    if (values['dry-run']) {
      for (const [of, rules] of Map.groupBy(await pruneCounts(deps, at), (one) => one.class)) {
        const line = { class: of, rule: rules.map(({ rule }) => rule).join('; '), count: rules.reduce((sum, { count }) => sum + count, 0), rules: Object.fromEntries(rules.map(({ rule, count }) => [rule, count])) };
        process.stdout.write(`${JSON.stringify(line)}\n`);
      }
      return;
    }
    const { rows, files } = await prune(deps, at);
    process.stdout.write(`${rows} rows and ${files} files had reached their end and are deleted.\n`);
  } finally {
    store.close();
  }
}

/** ISO 8601 or epoch milliseconds. */
function instantOf(text: string): number {
  const at = /^\d+$/u.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(at)) throw new UsageError(`--at is "${text}". It must look like 2026-11-24T09:00:00Z.`);
  return at;
}
