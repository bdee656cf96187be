import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOrCreateSecretKey, openKeyRing } from '../lib/secrets/seal.ts';
import { createPasswords } from '../lib/secrets/passwords.ts';
import { newId } from '../lib/ids.ts';
import type { FakePlatform } from '../providers/fake/server.ts';
import { subject as bluesky } from '../providers/bluesky/subject.ts';
import { subject as telegram } from '../providers/telegram/subject.ts';
import { openStore } from '../store/open.ts';
import type { Store } from '../store/index.ts';
import { startProgram, type Program } from '../testing/program.ts';
import { scratch } from '../testing/scratch.ts';
import { migrations } from '../testing/store.ts';
import { seedChannel, seedPost } from '../testing/world.ts';

const kills = 100;
const posts = 200;
/** One post falls due every so often (ms), so that there is always something in flight. */
const spacing = 350;

// The program itself, killed as the kernel kills: one network that cannot be asked, one whose repeats are harmless.
describe('a process killed at random moments', () => {
  const dataDir = scratch();
  const subjects = [telegram, bluesky];
  let fakes: FakePlatform[];
  let program: Program;
  let workspaceId: string;
  const planned: { publicationId: string; text: string; fake: FakePlatform }[] = [];

  async function openData(): Promise<Store> {
    const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
    return openStore(dataDir, migrations, openKeyRing(secret), Date.now()).store;
  }

  beforeAll(async () => {
    fakes = await Promise.all(subjects.map((subject) => subject.start()));
    const store = await openData();
    const now = Date.now();
    const userId = newId(now);
    workspaceId = newId(now);
    await store.people.signUp(
      { id: userId, name: 'Ada', email: 'ada@example.org', passwordHash: await createPasswords().hash('a walk along the harbour'), createdAt: now },
      { id: workspaceId, name: 'Ada', zone: 'UTC', createdAt: now }, true,
    );
    const worlds = [];
    for (const [s, subject] of subjects.entries()) {
      const fake = fakes[s];
      if (!fake) throw new Error('no fake');
      fake.latency = () => randomInt(0, 120);
      worlds.push({ subject, fake, world: await seedChannel(store, subject.provider.id, subject.account(fake), { userId, workspaceId }) });
    }
    const begin = Date.now() + 2_000;
    for (let n = 0; n < posts; n += 1) {
      const { subject, fake, world } = worlds[n % worlds.length] ?? worlds[0] ?? (() => { throw new Error('no world'); })();
      const text = `Post number ${n} of ${posts}.`;
      const { publicationId } = await seedPost(store, world, subject.provider.id, { parts: [{ text, media: [] }] }, {}, begin + n * spacing);
      planned.push({ publicationId, text, fake });
    }
    store.close();
  }, 60_000);

  afterAll(async () => {
    await program?.close();
    await Promise.all(fakes.map((fake) => fake.close()));
  });

  it(`loses none of ${posts} posts and doubles none through ${kills} kills`, async () => {
    const env = {
      ...telegram.settings,
      UPSTREAMS: fakes.flatMap((fake) => [...fake.upstreams]).map(([from, to]) => `${from}=${to}`).join(','), LOG_LEVEL: 'warn',
    };
    program = await startProgram(env, dataDir);
    for (let kill = 0; kill < kills; kill += 1) {
      await new Promise((resolve) => setTimeout(resolve, randomInt(20, 700)));
      await program.kill('SIGKILL');
      await program.restart();
    }
    const restarted = Date.now();

    const store = await openData();
    const read = async () => Promise.all(planned.map(async (plan) => ({ ...plan, publication: await store.publications.get(workspaceId, plan.publicationId) })));
    const moving = (ends: Awaited<ReturnType<typeof read>>) =>
      ends.filter(({ publication }) => publication?.status === 'publishing' || publication?.status === 'scheduled').length;
    let ends = await read();
    while (moving(ends) > 0 && Date.now() - restarted < 90_000) {
      await new Promise((resolve) => setTimeout(resolve, 500));
      ends = await read();
    }
    store.close();

    const count = { published: 0, unconfirmed: 0, failed: 0, doubled: 0, lost: 0, untrue: 0 };
    for (const { publication, text, fake } of ends) {
      const out = fake.ledger.filter((entry) => entry.text === text).length;
      if (out > 1) count.doubled += 1;
      switch (publication?.status) {
        case 'published':
          count.published += 1;
          if (out !== 1) count.untrue += 1;
          break;
        case 'unconfirmed':
          count.unconfirmed += 1;
          break;
        case 'failed':
          count.failed += 1;
          if (out !== 0) count.untrue += 1;
          break;
        case 'scheduled':
        case 'publishing':
        case 'canceled':
        case undefined:
          count.lost += 1;
      }
    }
    console.log(`${kills} kills, ${posts} posts: ${JSON.stringify(count)}`);
    expect(count).toMatchObject({ doubled: 0, lost: 0, untrue: 0 });
    expect(count.published).toBeGreaterThan(posts / 2);
    // The kills did hit: some answers were lost.
    expect(count.unconfirmed).toBeGreaterThan(0);

    // What needs a person is on the page that says so, which shows thirty and counts the others.
    const page = await unconfirmedPage(program.url);
    expect(page.match(/Unconfirmed: it may be out/gu)?.length).toBe(Math.min(30, count.unconfirmed));
    if (count.unconfirmed > 31) expect(page).toContain(`${count.unconfirmed - 30} more come up as you decide`);
  }, 400_000);
});

async function unconfirmedPage(url: string): Promise<string> {
  const cookies = new Map<string, string>();
  const visit = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(url + path, { ...init, redirect: 'manual', headers: { cookie: [...cookies].map(([k, v]) => `${k}=${v}`).join('; ') } });
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split('=', 2);
      cookies.set(name, value);
    }
    return answer.text();
  };
  const token = /name="_csrf" value="([^"]+)"/u.exec(await visit('/login'))?.[1] ?? '';
  await visit('/login', { method: 'POST', body: new URLSearchParams({ _csrf: token, email: 'ada@example.org', password: 'a walk along the harbour' }) });
  return visit('/unconfirmed');
}
