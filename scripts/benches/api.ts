import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeKey } from '../../src/actions/keys/make-key.ts';
import { loadOrCreateSecretKey, openKeyRing } from '../../src/lib/secrets/seal.ts';
import { openStore } from '../../src/store/open.ts';
import { startProgram } from '../../src/testing/program.ts';
import { migrations } from '../../src/testing/store.ts';
import { seedChannel, seedPerson, seedPost } from '../../src/testing/world.ts';
import type { Row } from './main.ts';

const posts = 10_000;
const months = 10;
const connections = 10;
const runs = 5;
const runMs = 3_000;
const month = 30 * 24 * 3_600_000;
/** For scale: what Postiz answered of the same list on such a machine (requests/s). */
const postiz = '19.5 to 25';

/** The public API at 10 connections, with 10,000 posts in the workspace, 1,000 of them in each month. */
export async function api(): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-bench-'));
  const start = Date.now() + month;
  const { key, channelId } = await fill(dataDir, start);
  const program = await startProgram({ LOG_LEVEL: 'warn', API_LIMIT: '0', API_CALLS: '0', TICK_MS: '1000' }, dataDir);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const call = (method: string, path: string, body?: string) => once(agent, program.port, key, method, path, body);
  try {
    const list = (n: number) => {
      const from = start + (n % months) * month;
      return call('GET', `/public/v1/posts?startDate=${new Date(from).toISOString()}&endDate=${new Date(from + month - 1).toISOString()}`);
    };
    const { posts: found } = JSON.parse((await list(0)).toString('utf8')) as { posts: unknown[] };
    if (found.length !== posts / months) throw new Error(`a month has ${found.length} posts`);
    const create = (n: number) => call('POST', '/public/v1/posts', JSON.stringify({
      type: 'schedule', date: new Date(start + months * month + n * 60_000).toISOString(), shortLink: false, tags: [],
      posts: [{ integration: { id: channelId }, value: [{ content: `<p>Post ${n} of the benchmark</p>`, image: [] }], settings: {} }],
    }));
    return [
      { ...(await measured('list a month of 1,000 posts (requests/s)', list)), peers: `Postiz: ${postiz}` },
      await measured('create posts (requests/s)', create),
      await measured('is-connected (requests/s)', () => call('GET', '/public/v1/is-connected')),
    ];
  } finally {
    agent.destroy();
    await program.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function fill(dataDir: string, start: number): Promise<{ key: string; channelId: string }> {
  const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
  const { store } = openStore(dataDir, migrations, openKeyRing(secret), Date.now());
  const person = await seedPerson(store, Date.now());
  const target = { remoteId: 'p', name: 'Sandbox', handle: '', url: null, avatarUrl: null };
  const world = await seedChannel(store, 'sandbox', { grant: { page: 'p' }, target }, person);
  for (let n = 0; n < posts; n += 1) {
    const at = start + Math.floor(n / (posts / months)) * month + (n % (posts / months)) * 2_000_000;
    await seedPost(store, world, 'sandbox', { parts: [{ text: `Post ${n}. ${'Words of a harbour. '.repeat(8)}`, media: [] }] }, {}, at);
  }
  const made = await makeKey({ store, now: Date.now }, person, { name: 'bench', scopes: ['read', 'write'] });
  store.close();
  if (!made.ok) throw new Error('no key was made');
  return { key: made.key, channelId: world.channelId };
}

async function measured(what: string, act: (n: number) => Promise<unknown>): Promise<Row> {
  const rates: number[] = [];
  let n = 0;
  for (let run = 0; run <= runs; run += 1) {
    const begun = performance.now();
    let done = 0;
    await Promise.all(Array.from({ length: connections }, async () => {
      while (performance.now() - begun < runMs) {
        n += 1;
        await act(n);
        done += 1;
      }
    }));
    // The first run warms up.
    if (run > 0) rates.push(done / ((performance.now() - begun) / 1000));
  }
  const sorted = rates.toSorted((a, b) => a - b);
  const text = (rate: number | undefined) => String(Math.round((rate ?? 0) * 10) / 10);
  return { what, median: text(sorted[sorted.length >> 1]), min: text(sorted[0]), max: text(sorted.at(-1)) };
}

function once(agent: Agent, port: number, key: string, method: string, path: string, body?: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: key, 'content-type': 'application/json', ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) };
    request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        if ((answer.statusCode ?? 500) < 300) resolve(Buffer.concat(chunks));
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${Buffer.concat(chunks).toString('utf8').slice(0, 300)}`));
      }).on('error', reject);
    }).on('error', reject).end(body);
  });
}
