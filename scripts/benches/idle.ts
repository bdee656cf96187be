import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openKeyRing, loadOrCreateSecretKey } from '../../src/lib/secrets/seal.ts';
import { openStore } from '../../src/store/open.ts';
import { migrations } from '../../src/testing/store.ts';
import { freePort } from '../../src/testing/program.ts';
import { seedChannel, seedPerson, seedPost } from '../../src/testing/world.ts';
import type { Row } from './main.ts';

const runs = 7;
/** As scripts/start and the image start it. */
const serveFlags = ['--max-semi-space-size=4'];

/** Cold start to the first 200, and resident memory idle, with 20 channels and 1,000 scheduled posts. */
export async function idle(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-bench-'));
  try {
    await fill(dataDir);
    const starts: number[] = [];
    const resident: number[] = [];
    const anonymous: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      const { ms, rss, anon } = await once(dataDir);
      starts.push(ms);
      resident.push(rss);
      anonymous.push(anon);
    }
    return [row('start to first 200 (ms)', starts), row('resident memory idle (MiB)', resident), row('of it anonymous (MiB)', anonymous)];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill(dataDir: string) {
  const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
  const { store } = openStore(dataDir, migrations, openKeyRing(secret), Date.now());
  const person = await seedPerson(store, Date.now());
  for (let c = 0; c < 20; c += 1) {
    const world = await seedChannel(store, 'sandbox', {
      grant: { page: `p${c}` }, target: { remoteId: `p${c}`, name: `Channel ${c}`, handle: '', url: null, avatarUrl: null },
    }, person);
    for (let p = 0; p < 50; p += 1) {
      await seedPost(store, world, 'sandbox', { parts: [{ text: `Post ${p} of channel ${c}. ${'Words '.repeat(30)}`, media: [] }] }, {}, Date.now() + (p + 1) * 3_600_000);
    }
  }
  store.close();
}

async function once(dataDir: string): Promise<{ ms: number; rss: number; anon: number }> {
  const port = await freePort();
  const root = join(import.meta.dirname, '../..');
  const started = performance.now();
  const child = spawn(process.execPath, [...serveFlags, 'dist/main.js', 'serve'], {
    cwd: root, stdio: 'ignore', env: { ...process.env, MALLOC_ARENA_MAX: '2', PORT: String(port), DATA_DIR: dataDir },
  });
  try {
    while (!(await answers(port))) {
      if (performance.now() - started > 20_000) throw new Error('it did not start');
    }
    const ms = performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    const kb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`, 'u').exec(status)?.[1] ?? 0) / 1024;
    return { ms, rss: kb('VmRSS'), anon: kb('RssAnon') };
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: '127.0.0.1', port, path: '/healthz' }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    }).on('error', () => setTimeout(() => resolve(false), 2));
  });
}

function row(what: string, values: number[]): Row {
  const sorted = values.toSorted((a, b) => a - b);
  const text = (value: number | undefined) => String(Math.round((value ?? 0) * 10) / 10);
  return { what, median: text(sorted[sorted.length >> 1]), min: text(sorted[0]), max: text(sorted.at(-1)) };
}
