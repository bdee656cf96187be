import { randomInt } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { newId } from '../lib/ids.ts';
import { loadOrCreateSecretKey, openKeyRing } from '../lib/secrets/seal.ts';
import { plain } from '../media/samples/samples.ts';
import { startTelegram, type TelegramFake } from '../providers/telegram/fake.ts';
import type { Params } from '../providers/telegram/referee.ts';
import type { Store } from '../store/index.ts';
import { openStore } from '../store/open.ts';
import type { Post } from '../store/posts.ts';
import { startProgram, type Program } from '../testing/program.ts';
import { migrations } from '../testing/store.ts';

// The whole program, killed as the kernel kills while people send it things: by calls and by asking.

const person = 7_770_001;
let fake: TelegramFake;
let program: Program | undefined;
let dataDir: string;
let workspaceId: string;

afterEach(async () => {
  await program?.close();
  await fake.close();
});

async function openData(): Promise<Store> {
  const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
  return openStore(dataDir, migrations, openKeyRing(secret), Date.now()).store;
}

/** A data directory with a person who has linked their chat, and the program over it. */
async function begin(env: Record<string, string> = {}): Promise<Program> {
  fake = await startTelegram();
  dataDir = mkdtempSync(join(tmpdir(), 'postmaster-intake-'));
  const store = await openData();
  const [userId, now] = [newId(Date.now()), Date.now()];
  workspaceId = newId(now);
  await store.people.signUp({ id: userId, name: 'Ada', email: 'ada@example.org', passwordHash: 'x', createdAt: now }, { id: workspaceId, name: 'Ada', zone: 'UTC', createdAt: now }, true);
  await store.intakeLinks.invite(workspaceId, { id: 'hash', userId, provider: 'telegram', expiresAt: now + 60_000 });
  await store.intakeLinks.accept('hash', { linkId: newId(now), provider: 'telegram', remoteId: String(person), role: 'editor', now });
  store.close();
  program = await startProgram({
    TELEGRAM_BOT_TOKEN: fake.token, LOG_LEVEL: 'warn', UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(','), ...env,
  }, dataDir);
  fake.news.deliverTo = program.url;
  return program;
}

const photo = (bytes: Buffer, more: Params = {}) => ({ photo: [{ ...fake.people.file(bytes), width: 64, height: 48 }], ...more });

/** Sends `texts` messages and `albums` albums of three, in disorder and with gaps, calling `between` now and then. */
async function send(texts: number, albums: number, between: () => Promise<void>) {
  const bytes = await plain(64, 48).jpeg().toBuffer();
  const open: Params[] = [];
  for (let n = 0; n < texts; n += 1) open.push({ text: `Text ${n}` });
  for (let n = 0; n < albums; n += 1) {
    for (const part of [2, 0, 1]) open.push(photo(bytes, { message_id: 10_000 + n * 10 + part, media_group_id: `album-${n}`, ...(part === 0 && { caption: `Album ${n}` }) }));
  }
  for (const message of open) {
    fake.people.tell(person, message);
    await new Promise((resolve) => setTimeout(resolve, randomInt(5, 60)));
    if (randomInt(3) === 0) await between();
  }
}

async function settled(wanted: number): Promise<Post[]> {
  for (let tries = 0; tries < 120; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const store = await openData();
    const posts = await store.posts.latest(workspaceId, null, null, 200);
    const due = await store.intake.due(Date.now() + 3_600_000, 1);
    store.close();
    if (posts.length >= wanted && due.length === 0 && fake.news.pending().length <= 1) return posts;
  }
  throw new Error(`it did not settle:\n${program?.output().slice(-2_000)}`);
}

function expectAll(posts: readonly Post[], texts: number, albums: number) {
  const shown = posts.map(({ state, content: { parts: [part] } }) => `${state} ${part.text} ${part.media.length}`).toSorted();
  const wanted = [...Array.from({ length: texts }, (_, n) => `draft Text ${n} 0`), ...Array.from({ length: albums }, (_, n) => `draft Album ${n} 3`)].toSorted();
  expect(shown).toEqual(wanted);
  const files = readdirSync(join(dataDir, 'media'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.filter(({ parentPath }) => parentPath.endsWith('tmp')).map(({ name }) => name)).toEqual([]);
  // Each picture with its thumbnail, and no other file.
  expect(files).toHaveLength(albums * 3 * 2);
}

describe('the program, killed while it takes things in', () => {
  const kill = async () => {
    await program?.kill('SIGKILL');
    await program?.restart();
  };

  it('makes one draft of each by long polling', async () => {
    await begin();
    let kills = 0;
    await send(12, 4, async () => { kills += 1; await kill(); });
    expectAll(await settled(16), 12, 4);
    expect(kills).toBeGreaterThan(2);
    expect(fake.asked).toContain('getUpdates');
    expect(fake.asked).not.toContain('setWebhook');
    console.log(`long polling: ${kills} kills, 16 drafts, 0 doubled`);
  }, 120_000);

  it('makes one draft of each by webhook, however often it is called', async () => {
    await begin({ PUBLIC_URL: 'https://post.example.org' });
    await expect.poll(() => fake.news.webhook, { timeout: 10_000 }).toBe('https://post.example.org/hooks/telegram');
    fake.news.doubled = true;
    let kills = 0;
    await send(12, 4, async () => { kills += 1; await kill(); });
    expectAll(await settled(16), 12, 4);
    const refused = fake.news.deliveries.filter((status) => status !== 200).length;
    console.log(`webhook: ${kills} kills, ${fake.news.deliveries.length} calls (${refused} in vain), 16 drafts, 0 doubled`);
    expect(fake.news.deliveries.length).toBeGreaterThan(2 * 24 - 1);
    expect(fake.asked).not.toContain('getUpdates');
  }, 120_000);
});

describe('the program, asked to stop', () => {
  it('does not wait for the platform it is waiting at', async () => {
    const house = await begin();
    await expect.poll(() => fake.asked, { timeout: 10_000 }).toContain('getUpdates');
    // The drain is 25 s long, the long poll too; the test's own limit is shorter than either.
    await house.kill('SIGTERM');
    expect(house.output()).not.toContain('stopped with work in flight');
  }, 15_000);
});
