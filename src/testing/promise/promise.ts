import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { prune, type PruneEnd } from '../../actions/retention/prune.ts';
import { day } from '../../domain/promise/retention.ts';
import type { Provider } from '../../providers/contract.ts';
import { testApp, type TestApp } from '../app.ts';
import { fakeClock, type FakeClock } from '../world.ts';

/** A house of real parts to travel in time with: database, media and logs below one folder, as `DATA_DIR` has them. */
export interface PromiseWorld {
  app: TestApp;
  clock: FakeClock;
  /** Moves the clock on by whole days. */
  days: (n: number) => void;
  /** A random string to put where personal data can be; the same place gives the same one. */
  canary: (place: string) => string;
  /** Every canary there is, by its place. */
  canaries: () => ReadonlyMap<string, string>;
  /** In which files a string or bytes can be found, names included; packed logs are looked into. */
  scan: (what: string | Uint8Array) => string[];
  /** The places whose canary can still be found, with the files it is in. */
  left: (places?: Iterable<string>) => Record<string, string[]>;
  /** Writes a line into the log file of a day. */
  log: (line: string, at?: number) => void;
  /** The nightly prune at the clock's time. */
  prune: () => Promise<PruneEnd>;
  close: () => Promise<void>;
}

export async function promiseWorld(env: Record<string, string> = {}, networks?: readonly Provider[]): Promise<PromiseWorld> {
  const clock = fakeClock();
  const app = await testApp(env, clock.now, networks);
  const planted = new Map<string, string>();
  const world: PromiseWorld = {
    app, clock,
    days: (n) => clock.advance(n * day),
    canary(place) {
      // Of letters alone: nothing escapes it on its way, and nothing takes it for a number.
      const made = planted.get(place) ?? `canary${createHash('sha256').update(randomBytes(16)).digest('hex').replaceAll(/\d/gu, (digit) => 'ghijklmnop'.charAt(Number(digit))).slice(0, 26)}`;
      planted.set(place, made);
      return made;
    },
    canaries: () => planted,
    scan: (what) => holding(contentsOf(app.dir), Buffer.from(what)),
    left(places = planted.keys()) {
      const contents = contentsOf(app.dir);
      return Object.fromEntries([...places].map((place) => [place, holding(contents, Buffer.from(planted.get(place) ?? place))] as const).filter(([, files]) => files.length > 0));
    },
    log(line, at = clock.now()) {
      const folder = join(app.dir, 'logs');
      const file = join(folder, `${new Date(at).toISOString().slice(0, 10)}.log`);
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, `${line}\n`, { flag: 'a' });
      utimesSync(file, at / 1000, at / 1000);
    },
    prune: () => prune(app.deps, clock.now()),
    close: () => app.close(),
  };
  return world;
}

interface Content {
  path: string;
  bytes: Buffer;
}

/** Everything below a folder; what is packed also as it is inside. */
function contentsOf(folder: string): Content[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const raw = readFileSync(path);
    return { path: relative(folder, path), bytes: entry.name.endsWith('.gz') ? Buffer.concat([raw, gunzipSync(raw)]) : raw };
  });
}

/** The files that have these bytes in them or in their name. */
function holding(contents: readonly Content[], what: Buffer): string[] {
  return contents.filter(({ path, bytes }) => bytes.includes(what) || path.includes(what.toString('utf8'))).map(({ path }) => path);
}
