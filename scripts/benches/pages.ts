import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wallOf, momentOf } from '../../src/domain/time/schedule.ts';
import type { Content } from '../../src/domain/post.ts';
import { newId } from '../../src/lib/ids.ts';
import { loadOrCreateSecretKey, openKeyRing } from '../../src/lib/secrets/seal.ts';
import { newToken, tokenHash } from '../../src/lib/secrets/tokens.ts';
import { wordsSaid } from '../../src/store/calendar/said.ts';
import { openSqlite } from '../../src/store/index.ts';
import { databaseName, openStore } from '../../src/store/open.ts';
import { startProgram, type Program } from '../../src/testing/program.ts';
import { migrations } from '../../src/testing/store.ts';
import { seedChannel, seedPerson, type World } from '../../src/testing/world.ts';
import type { Row } from './main.ts';

const connections = 10;
const requests = 300;
const warmUp = 40;
const zone = 'Europe/Berlin';
/** A month well ahead, so that nothing is sent meanwhile. */
const month = wallOf(Date.now() + 60 * 24 * 3_600_000, zone).slice(0, 7);

/**
 * Pages of the built program with so many posts in one month, asked over ten connections: half, 19 of 20, and bytes sent. For
 * scale, measured on the same kind of machine: Postiz takes 378 to 482 ms (p50) for a month of 1,000 posts and 2.0 to 2.4 s
 * for one of 10,000, and loads 2.1 to 4.5 MB of compressed script.
 */
export async function pages(): Promise<Row[]> {
  const rows: Row[] = [];
  const p95: Record<string, number> = {};
  for (const count of [1_000, 10_000]) {
    const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-bench-'));
    const cookie = await fill(dataDir, count);
    const program = await startProgram({ TICK_MS: '1000' }, dataDir);
    try {
      for (const [name, path] of addresses) {
        const { times, bytes } = await ask(program, path, cookie);
        const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
        p95[`${name} ${count}`] = at(0.95);
        rows.push({ what: `${name}, ${count.toLocaleString('en')} posts in the month (ms; ${Math.round(bytes / 1024)} KiB)`, median: text(at(0.5)), min: text(times[0] ?? 0), max: `${text(at(0.95))} (p95)` });
      }
    } finally {
      await program.close();
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  for (const [name] of addresses) {
    const ratio = (p95[`${name} 10000`] ?? 0) / (p95[`${name} 1000`] ?? 1);
    rows.push({ what: `${name}: 10,000 over 1,000, p95 (aim: 2 at most)`, median: text(ratio), min: '', max: '' });
  }
  rows.push({ what: 'Postiz, month of 1,000 (ms, p50)', median: '430', min: '378', max: '482' }, { what: 'Postiz, month of 10,000 (ms, p50)', median: '2200', min: '2000', max: '2400' });
  return rows;
}

const addresses = [
  ['month calendar', `/calendar?view=month&on=${month}-15`], ['week calendar', `/calendar?view=week&on=${month}-15`], ['day', `/calendar?view=day&on=${month}-15`],
  ['list by day', `/calendar?view=list&on=${month}-15`], ['post list', '/posts'], ['post list, searched, nothing found', '/posts?q=nowhere+to+be+found'], ['post list, searched, all found', '/posts?q=HARBOUR'], ['composer', '/posts/new'],
] as const;

/** One workspace with three channels and its posts spread over the month; gives the cookie of a session in it. */
async function fill(dataDir: string, count: number): Promise<string> {
  const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
  const { store } = openStore(dataDir, migrations, openKeyRing(secret), Date.now());
  const person = await seedPerson(store, Date.now());
  const worlds: World[] = [];
  for (let n = 0; n < 3; n += 1) {
    worlds.push(await seedChannel(store, 'sandbox', { grant: { page: `p${n}` }, target: { remoteId: `p${n}`, name: `Channel ${n}`, handle: '', url: null, avatarUrl: null } }, person));
  }
  store.close();
  const sqlite = openSqlite(join(dataDir, databaseName));
  const first = momentOf(`${month}-01T00:00`, zone)?.at ?? 0;
  const span = 28 * 24 * 3_600_000;
  const [post, variant, publication] = [
    sqlite.prepare("insert into posts (id, workspace_id, author_id, state, content, words, at, zone, wall, version, created_at, updated_at) values (?, ?, ?, 'scheduled', ?, ?, ?, ?, ?, 1, ?, ?)"),
    sqlite.prepare("insert into variants (post_id, channel_id, workspace_id, options) values (?, ?, ?, '{}')"),
    sqlite.prepare("insert into publications (id, workspace_id, post_id, channel_id, provider, status, scheduled_for, due_at, failures, created_at, updated_at) values (?, ?, ?, ?, 'sandbox', 'scheduled', ?, ?, 0, ?, ?)"),
  ];
  sqlite.transaction(() => {
    for (let n = 0; n < count; n += 1) {
      const [id, now, at] = [newId(Date.now()), Date.now() + n, first + Math.floor((span * n) / count / 60_000) * 60_000];
      const content: Content = { parts: [{ text: `Post ${n} of the month. ${'A few words about the harbour in the morning. '.repeat(5)}`, media: [] }] };
      post.run(id, person.workspaceId, person.userId, JSON.stringify(content), wordsSaid(content, []), at, zone, wallOf(at, zone), now, now);
      for (const { channelId } of worlds.slice(0, 1 + (n % 3))) {
        variant.run(id, channelId, person.workspaceId);
        publication.run(newId(now), person.workspaceId, id, channelId, at, at, now, now);
      }
    }
  })();
  const token = newToken();
  sqlite.prepare('insert into sessions (id, user_id, workspace_id, expires_at, created_at, agent) values (?, ?, ?, ?, ?, ?)')
    .run(tokenHash(token), person.userId, person.workspaceId, Date.now() + 30 * 24 * 3_600_000, Date.now(), 'bench');
  sqlite.close();
  return `session=${token}`;
}

async function ask({ port }: Program, path: string, cookie: string): Promise<{ times: number[]; bytes: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  let bytes = 0;
  let left = warmUp + requests;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      const measured = left < requests;
      const began = performance.now();
      bytes = await fetched(agent, port, path, cookie);
      if (measured) times.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  agent.destroy();
  return { times: times.sort((a, b) => a - b), bytes };
}

function fetched(agent: Agent, port: number, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ agent, port, path, host: '127.0.0.1', headers: { cookie } }, (answer: IncomingMessage) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => { bytes += chunk.length; });
      answer.on('end', () => (answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${path} answered ${answer.statusCode ?? 0}`))));
    }).on('error', reject);
  });
}

function text(ms: number): string {
  return String(Math.round(ms * 10) / 10);
}
