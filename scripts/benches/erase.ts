import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { newId } from '../../src/lib/ids.ts';
import { loadOrCreateSecretKey, openKeyRing } from '../../src/lib/secrets/seal.ts';
import { newToken, tokenHash } from '../../src/lib/secrets/tokens.ts';
import { createStorage, thumbnailOf } from '../../src/media/storage.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { databaseName, openStore } from '../../src/store/open.ts';
import { freePort } from '../../src/testing/program.ts';
import { migrations } from '../../src/testing/store.ts';
import { seedChannel, seedPerson, seedPost, type World } from '../../src/testing/world.ts';
import type { Row } from './main.ts';

const posts = 10_000;
const files = 500;
const bytes = Math.ceil(5 * 1024 ** 3 / files);
const connections = 10;
const day = 86_400_000;

/** Something that takes a whole workspace's content away inside the running server. */
interface Act {
  what: string;
  /** Makes it happen at the next start. */
  order(store: Store, doomed: World): Promise<void>;
  isDone(store: Store, doomed: World): Promise<boolean>;
}

/** Every way in which much is deleted at once; each is measured on data of its own. */
const acts: readonly Act[] = [
  {
    what: 'the nightly prune',
    async order() { /* It catches up at the start: nothing of this night is done yet. */ },
    isDone: async (store) => (await store.prunings.last()) !== undefined,
  },
];

/** `GET /calendar` of one workspace while 10,000 posts and 5 GB of media of another are deleted. */
export async function erase(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const act of acts) rows.push(...(await measured(act)));
  return rows;
}

async function measured(act: Act): Promise<Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-erase-'));
  try {
    const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
    const { store } = openStore(dataDir, migrations, openKeyRing(secret), Date.now());
    const { token, doomed } = await fill(store, dataDir);

    // A night that is done: nothing is deleted while the time without it is taken.
    await store.prunings.begin('done', Date.now(), Date.now());
    await store.prunings.end('done', Date.now() + day);
    const quiet = await served(dataDir, (port) => asked(port, token, after(8_000)));

    const sqlite = openSqlite(join(dataDir, databaseName));
    sqlite.exec('delete from prune_runs');
    sqlite.close();
    await act.order(store, doomed);
    let took = 0;
    const meanwhile = await served(dataDir, async (port) => {
      const began = performance.now();
      const times = await asked(port, token, () => act.isDone(store, doomed));
      took = performance.now() - began;
      return times;
    });
    const left = (await store.posts.latest(doomed.workspaceId, null, null, 5)).filter(({ contentDeletedAt }) => contentDeletedAt === null).length;
    store.close();
    if (left > 0) throw new Error(`${act.what} did not take the posts`);
    return [
      row('GET /calendar before', quiet), row(`GET /calendar during ${act.what}`, meanwhile),
      { what: `${act.what} of ${posts} posts and ${files} files took (s)`, median: (took / 1000).toFixed(1), min: '', max: '' },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** The workspace that is looked at, and the one that goes: published a hundred days ago, with journals, evidence and sparse files. */
async function fill(store: Store, dataDir: string): Promise<{ token: string; doomed: World }> {
  const now = Date.now();
  const target = (id: string) => ({ grant: { page: id }, target: { remoteId: id, name: 'Channel', handle: '', url: null, avatarUrl: null } });
  const looking = await seedChannel(store, 'sandbox', target('looking'), await seedPerson(store, now));
  for (let n = 0; n < 60; n += 1) await seedPost(store, looking, 'sandbox', { parts: [{ text: `Post ${n}. ${'Words '.repeat(30)}`, media: [] }] }, {}, now + n * 3_600_000);
  const token = newToken();
  await store.sessions.create({ id: tokenHash(token), userId: looking.userId, workspaceId: looking.workspaceId, expiresAt: now + 30 * day, createdAt: now, agent: 'bench' });

  const doomed = await seedChannel(store, 'sandbox', target('doomed'), await seedPerson(store, now));
  const { workspaceId, userId, channelId } = doomed;
  const then = now - 100 * day;
  const storage = createStorage(join(dataDir, 'media'));
  const sqlite = openSqlite(join(dataDir, databaseName));
  const insert = (table: string, columns: string) => sqlite.prepare(`insert into ${table} (${columns}) values (${columns.split(',').map(() => '?').join(',')})`);
  const media = insert('media', 'id,workspace_id,type,bytes,width,height,animated,name,alt,created_at');
  const post = insert('posts', 'id,workspace_id,author_id,state,content,at,zone,wall,version,created_at,updated_at');
  const variant = insert('variants', 'post_id,channel_id,workspace_id,content,options');
  const use = insert('post_media', 'post_id,media_id,workspace_id');
  const publication = insert('publications', 'id,workspace_id,post_id,channel_id,provider,status,scheduled_for,due_at,failures,snapshot,remote_id,url,published_at,created_at,updated_at');
  const attempt = insert('attempts', 'id,publication_id,workspace_id,number,started_at,ended_at,outcome,failure');
  const step = insert('steps', 'publication_id,name,workspace_id,attempt_id,kind,state,result,started_at,ended_at');
  const text = 'Words of a post that was published. '.repeat(20);
  sqlite.transaction(() => {
    const ids = Array.from({ length: files }, () => newId(then));
    for (const id of ids) {
      media.run(id, workspaceId, 'video/mp4', bytes, 1920, 1080, 0, 'clip.mp4', '', then);
      const path = storage.path({ id, type: 'video/mp4' });
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, '');
      truncateSync(path, bytes);
      writeFileSync(storage.path(thumbnailOf(id)), 'thumb');
    }
    for (let n = 0; n < posts; n += 1) {
      const [postId, publicationId, attemptId, mediaId = ''] = [newId(then), newId(then), newId(then), ids[n % files]];
      const content = JSON.stringify({ parts: [{ text, media: [{ mediaId, alt: 'A clip' }] }] });
      const snapshot = JSON.stringify({ parts: [{ text, media: [{ kind: 'image', mediaId, alt: 'A clip', width: 1, height: 1 }] }], options: {}, target: { remoteId: 'p', handle: '', name: '', url: null, limits: {} }, frozenAt: then });
      post.run(postId, workspaceId, userId, 'scheduled', content, then, 'UTC', '2026-08-01T10:00', 1, then, then);
      variant.run(postId, channelId, workspaceId, content, '{}');
      use.run(postId, mediaId, workspaceId);
      publication.run(publicationId, workspaceId, postId, channelId, 'sandbox', 'published', then, then, 0, snapshot, `r${n}`, `https://example.org/${n}`, then, then, then);
      attempt.run(attemptId, publicationId, workspaceId, 1, then, then, 'published', null);
      for (const name of ['upload', 'post']) step.run(publicationId, name, workspaceId, attemptId, 'run', 'done', JSON.stringify({ said: text.slice(0, 200) }), then, then);
    }
  })();
  sqlite.close();
  return { token, doomed };
}

async function served<T>(dataDir: string, act: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort();
  const child: ChildProcess = spawn(process.execPath, ['--max-semi-space-size=4', 'dist/main.js', 'serve'], {
    cwd: join(import.meta.dirname, '../..'), stdio: 'ignore', env: { ...process.env, MALLOC_ARENA_MAX: '2', PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  });
  try {
    for (let tries = 0; !(await fetch(`http://127.0.0.1:${port}/healthz`).then(({ ok }) => ok, () => false)); tries += 1) {
      if (tries > 400) throw new Error('it did not start');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    return await act(port);
  } finally {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
  }
}

function after(ms: number): () => Promise<boolean> {
  const end = performance.now() + ms;
  return async () => performance.now() > end;
}

/** Asks for the calendar over ten connections, one request after the other on each, until it is over. Milliseconds each took. */
async function asked(port: number, token: string, isOver: () => Promise<boolean>): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const times: number[] = [];
  const over = new AbortController();
  const watch = (async () => {
    while (!(await isOver())) await new Promise((resolve) => setTimeout(resolve, 200));
    over.abort();
  })();
  await Promise.all(Array.from({ length: connections }, async () => {
    while (!over.signal.aborted) {
      const began = performance.now();
      await calendar(port, token, agent);
      times.push(performance.now() - began);
    }
  }));
  await watch;
  agent.destroy();
  return times;
}

function calendar(port: number, token: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path: '/calendar', agent, headers: { cookie: `session=${token}` } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`/calendar answered ${answer.statusCode}`));
      answer.resume().once('end', resolve);
    }).on('error', reject);
  });
}

function row(what: string, times: readonly number[]): Row {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  return { what: `${what}: ${times.length} times, p95 ${at(0.95)} ms (p50 beside)`, median: at(0.5), min: at(0), max: at(1) };
}
