import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cutoffOf } from '../../domain/promise/retention.ts';
import type { Deps } from '../../deps.ts';
import { logFolder } from '../../lib/log-files.ts';
import { orphanRule } from './orphans.ts';

/** A rule of the nightly prune about files that no row stands for. */
export interface FileRule {
  class: string;
  rule: string;
  /** What would go at an instant. Reads only. */
  due: (at: number) => Promise<string[]>;
  remove: (name: string) => Promise<void>;
}

export function fileRules(deps: Pick<Deps, 'store' | 'storage' | 'config'>): FileRule[] {
  const { dataDir } = deps.config;
  return [
    orphanRule(deps),
    { class: 'logs', rule: 'log files of days past their time', ...filesIn(join(dataDir, logFolder), () => true, (at) => cutoffOf('logs', 'made', at)) },
    {
      class: 'copies', rule: 'copies of the database from before an upgrade or a restore',
      ...filesIn(dataDir, (name) => /^before-.+\.db$|^replaced-/u.test(name), (at) => cutoffOf('copies', 'made', at)),
    },
  ];
}

/** Entries of a folder that are of the day of the cutoff or older: by the date in their name, else by when they were written last. */
function filesIn(folder: string, chosen: (name: string) => boolean, cutoff: (at: number) => number): Pick<FileRule, 'due' | 'remove'> {
  return {
    async due(at) {
      const names = (await readdir(folder).catch(() => [])).filter(chosen);
      const dated = await Promise.all(names.map(async (name) => ({ name, from: dateIn(name) ?? (await writtenAt(join(folder, name))) })));
      return dated.filter(({ from }) => from <= cutoff(at)).map(({ name }) => name);
    },
    remove: (name) => rm(join(folder, name), { recursive: true, force: true }),
  };
}

/** The beginning of the day that a name speaks of, as in `2026-11-24.log` or `app-20261124.log.gz`. */
function dateIn(name: string): number | null {
  const [, year, month, date] = /(?<!\d)(20\d\d)-?([01]\d)-?([0-3]\d)(?!\d)/u.exec(name) ?? [];
  return year === undefined ? null : Date.UTC(Number(year), Number(month) - 1, Number(date));
}

async function writtenAt(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? Number.POSITIVE_INFINITY;
}
