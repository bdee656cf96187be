import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plain } from '../../media/samples/samples.ts';
import { chatHouse, type ChatHouse } from '../../testing/chat.ts';
import { gather } from './gather.ts';

let house: ChatHouse;
beforeEach(async () => { house = await chatHouse(); });
afterEach(() => house.close());

const jpeg = () => plain(64, 48).jpeg().toBuffer();
const photo = (bytes: Buffer) => ({ photo: [
  { ...house.fake.people.file(Buffer.from('too small to be taken')), width: 9, height: 6 }, { ...house.fake.people.file(bytes), width: 64, height: 48 },
] });
const texts = async () => (await house.posts()).map(({ content }) => content.parts[0].text);
const mediaOf = async () => (await house.posts()).map(({ content }) => content.parts[0].media.length);
const library = () => house.app.deps.store.media.latest(house.workspaceId, null, 100);

describe('the same news again', () => {
  beforeEach(() => house.link());

  it('makes one draft, one schedule and one answer', async () => {
    const before = house.fake.people.said.length;
    house.tell({ text: 'Once' });
    house.command('/help');
    const updates = [...house.fake.news.pending()];
    for (let n = 0; n < 3; n += 1) {
      await house.app.deps.store.connecting.putCursor('telegram', {}, 0);
      house.fake.news.again(updates);
      await house.hear();
    }
    expect(await texts()).toEqual(['Once']);
    expect(house.fake.people.said.length - before).toBe(2);
  });
});

describe('a platform in trouble', () => {
  beforeEach(() => house.link());
  const later = async (ms: number) => {
    house.clock.advance(ms);
    await house.hear();
  };

  it('is asked again, and a file that broke off leaves nothing behind', async () => {
    house.tell({ ...photo(await jpeg()), caption: 'In the end' });
    house.fake.fault({ path: /\/file\//u, kind: { cut: 'body' } });
    await house.hear();
    expect(await house.posts()).toEqual([]);
    house.fake.fault({ path: /getFile/u, kind: { answer: { status: 502, body: 'bad gateway' } } });
    await later(2_000);
    expect(await house.posts()).toEqual([]);
    house.fake.fault({ path: /\/file\//u, kind: { answer: { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests: retry after 40', parameters: { retry_after: 40 } } } } });
    await later(10_000);
    await later(39_000);
    expect(await house.posts()).toEqual([]);
    house.fake.people.expirePaths();
    await later(1_001);
    expect(await mediaOf()).toEqual([1]);
    expect(await library()).toHaveLength(1);
    const { readdirSync } = await import('node:fs');
    expect(readdirSync(`${house.app.deps.config.dataDir}/media/tmp`)).toEqual([]);
  });

  it('is given up on after a quarter of an hour: the rest is kept, and it is said', async () => {
    house.tell({ ...photo(await jpeg()), caption: 'Without its picture' });
    house.fake.fault({ path: /getFile/u, times: 99, kind: { answer: { status: 500, body: 'down' } } });
    await house.hear();
    for (const ms of [2_000, 10_000, 30_000, 120_000, 300_000, 300_000]) await later(ms);
    expect(await texts()).toEqual(['Without its picture']);
    expect(house.said().text).toContain('could not be fetched from Telegram. Send it again.');
  });

  it('says its answer later, once, when it asks for patience', async () => {
    house.tell({ text: 'Slowly' });
    house.fake.slowDown(30);
    const before = house.fake.people.said.length;
    await house.hear();
    expect(await texts()).toEqual(['Slowly']);
    expect(house.fake.people.said).toHaveLength(before);
    await later(30_000);
    expect(house.fake.people.said).toHaveLength(before + 1);
    await later(600_000);
    expect(house.fake.people.said).toHaveLength(before + 1);
  });

  it('that has lost the person loses no draft', async () => {
    house.tell({ text: 'Blocked, and still a draft' });
    house.fake.fault({ path: /sendMessage/u, times: 9, kind: { answer: { status: 403, body: { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' } } } });
    await house.hear();
    expect(await texts()).toEqual(['Blocked, and still a draft']);
    expect(await gather(house.deps)).toBe(0);
  });
});

describe('someone who may no longer write', () => {
  it('is told so, and may still unlink', async () => {
    await house.link();
    const { default: Database } = await import('better-sqlite3');
    const sqlite = new Database(house.app.file);
    sqlite.prepare('update members set role = ?').run('viewer');
    house.tell({ text: 'May I?' });
    house.command('/next');
    await house.hear();
    expect(await house.posts()).toEqual([]);
    expect(house.fake.people.said.slice(-2).every(({ text }) => text.startsWith('You may no longer write'))).toBe(true);
    house.command('/stop');
    await house.hear();
    expect(house.said().text).toContain('Unlinked.');
    await house.app.deps.store.people.role(house.workspaceId, house.userId);
    sqlite.prepare('update members set role = ?').run('editor');
    await house.link();
    sqlite.pragma('foreign_keys = on');
    sqlite.prepare('delete from members').run();
    sqlite.close();
    expect(await house.app.deps.store.intakeLinks.isWanted('telegram', house.clock.now())).toBe(false);
  });
});

