import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prune, pruneCounts } from '../actions/retention/prune.ts';
import { createHeed } from '../actions/intake/hear.ts';
import { plain } from '../media/samples/samples.ts';
import { chatHouse, type ChatHouse } from '../testing/chat.ts';
import { day } from '../domain/promise/retention.ts';

// Sentence 24: what is sent to the bot is received as content, the sender's number is linked to the account. Over a real
// database, real files and a raw search of all their bytes.

let house: ChatHouse;
beforeEach(async () => { house = await chatHouse(); });
afterEach(() => house.close());

const hour = 3_600_000;
/** Numbers as wide as the platform's, so that none is found by chance. */
const person = 77_700_012_345_671;
const stranger = 66_600_054_321_012;

/** In which files below the data directory some bytes are, the log included. */
function scan(what: string | Buffer): string[] {
  const bytes = Buffer.from(what);
  const files = readdirSync(house.app.dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return [...files.filter((file) => file.includes(bytes.toString('latin1')) || readFileSync(file).includes(bytes)), ...(house.app.logged().includes(bytes.toString('utf8')) ? ['log'] : [])];
}

/** A number as text and as SQLite would keep an integer of six bytes. */
function scanNumber(number: number): string[] {
  const wide = Buffer.alloc(8);
  wide.writeBigInt64BE(BigInt(number));
  return [...scan(String(number)), ...scan(wide.subarray(2))];
}

const photo = (bytes: Buffer, more: object = {}) => ({ photo: [{ ...house.fake.people.file(bytes), width: 64, height: 48 }], ...more });

describe('promise 24: what is sent to the bot', () => {
  it('promise 24: is received as content, and of who sent it only the number is linked to the account', async () => {
    await house.link(person);
    house.tell(photo(await plain(64, 48).jpeg().toBuffer(), { caption: 'canary-of-content' }), person);
    await house.hear();
    const [post] = await house.posts();
    expect(post).toMatchObject({ authorId: house.userId, content: { parts: [{ text: 'canary-of-content', media: [{}] }] } });
    expect(scan(String(person))).not.toEqual([]);
    expect(scan(String(person))).not.toContain('log');
    for (const known of [`Canary-${person}`, `canary_user_${person}`]) expect(scan(known), known).toEqual([]);
    const sqlite = new Database(house.app.file, { readonly: true });
    const columns = (sqlite.prepare(`select name from sqlite_master where type = 'table'`).all() as { name: string }[]).flatMap(({ name }) =>
      (sqlite.prepare(`select * from "${name}"`).all() as Record<string, unknown>[]).flatMap((row) => Object.entries(row).filter(([, value]) => String(value).includes(String(person))).map(([column]) => `${name}.${column}`)));
    sqlite.close();
    expect(columns).toEqual(['intake_links.remote_id']);
  });

  it.each(['/stop in the chat', 'the page'])('promise 24: the number goes at once, on disk, by %s; the drafts stay', async (way) => {
    await house.link(person);
    for (let n = 0; n < 5; n += 1) house.tell({ text: `Draft ${n}` }, person);
    house.tell(photo(await plain(64, 48).jpeg().toBuffer(), { caption: 'canary-under-way', media_group_id: 'g' }), person);
    await house.hear();
    expect(scan('canary-under-way')).not.toEqual([]);
    if (way === 'the page') expect((await house.ada.post('/settings/intake/telegram/unlink')).statusCode).toBe(303);
    else {
      house.command('/stop', person);
      await house.hear();
    }
    expect(scanNumber(person)).toEqual([]);
    // What had not become a draft yet was not kept either.
    expect(scan('canary-under-way')).toEqual([]);
    expect(await house.posts()).toHaveLength(5);
  });

  it('promise 24: and goes with the account, and with the place in the workspace', async () => {
    for (const ending of ['delete from users', 'delete from members', 'delete from workspaces']) {
      await house.close();
      house = await chatHouse();
      await house.link(person);
      house.tell({ text: 'A draft' }, person);
      await house.hear();
      const sqlite = new Database(house.app.file);
      sqlite.pragma('foreign_keys = on');
      sqlite.pragma('secure_delete = on');
      sqlite.prepare(ending).run();
      sqlite.close();
      await house.app.deps.store.prunings.settleLog();
      expect(scanNumber(person), ending).toEqual([]);
      expect(await house.app.deps.store.intakeLinks.isWanted('telegram', house.clock.now()), ending).toBe(false);
    }
  });

  it('promise 24: which message became which draft is known for two days, and its words no longer than until the draft has them', async () => {
    await house.link(person);
    house.tell({ text: 'canary-words' }, person);
    house.command('/help', person);
    await house.hear();
    const sqlite = new Database(house.app.file, { readonly: true });
    const rows = () => ['intake_drafts', 'intake_parts', 'intake_heard', 'intake_invites'].map((table) => (sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n);
    expect(sqlite.prepare('select text from intake_parts').all()).toEqual([{ text: null }]);
    expect(rows()).toEqual([1, 1, 2, 0]);
    house.clock.advance(2 * day - hour);
    await prune(house.app.deps, house.clock.now());
    expect(rows()).toEqual([1, 1, 2, 0]);
    await house.ada.post('/settings/intake/telegram/link');
    house.clock.advance(2 * hour);
    expect((await pruneCounts(house.app.deps, house.clock.now())).filter((one) => one.class === 'intake').map(({ count }) => count).toSorted((a, b) => a - b)).toEqual([1, 1, 2]);
    await prune(house.app.deps, house.clock.now());
    expect(rows()).toEqual([0, 0, 0, 0]);
    sqlite.close();
    expect(await house.app.deps.store.intakeLinks.byRemote('telegram', String(person))).toBeDefined();
  });
});

describe('promise 24: strangers', () => {
  const everything = async () => {
    house.tell({ text: 'canary-of-a-stranger' }, stranger);
    house.tell(photo(await plain(64, 48).jpeg().toBuffer(), { caption: 'canary-caption', media_group_id: 'canary-group' }), stranger);
    house.tell({ document: house.fake.people.file(Buffer.from('canary-bytes'), { file_name: 'canary-name.jpg', mime_type: 'image/jpeg' }) }, stranger);
    house.tell({ contact: { phone_number: '+canary-phone', first_name: 'canary-contact' } }, stranger);
    house.command('/start canary-token', stranger);
    house.command(`/start ${'canary-token-of-the-right-length'.padEnd(43, 'x')}`, stranger);
    house.command('/queue', stranger);
    const id = house.tell({ text: 'before' }, stranger);
    house.fake.people.edit(stranger, id, { text: 'canary-edited' });
    house.fake.people.press({ chatId: stranger, messageId: 7, text: 'x', buttons: [{ text: 'b', callback_data: 'd:00000000-0000-7000-8000-000000000000:1' }] }, 'b');
  };

  const nothingIsLeft = async () => {
    for (const canary of ['canary', 'Canary-']) expect(scan(canary), canary).toEqual([]);
    expect(scanNumber(stranger)).toEqual([]);
    expect(house.fake.calls.some(({ path }) => /getFile|\/file\//u.test(path))).toBe(false);
    expect(house.fake.people.said.map(({ chatId, text, buttons }) => ({ chatId, text, buttons }))).toEqual([
      { chatId: stranger, text: expect.stringContaining('Nothing of what you sent was kept.') as string, buttons: [] },
    ]);
    expect(await house.posts()).toEqual([]);
    expect(await house.app.deps.store.media.latest(house.workspaceId, null, 10)).toEqual([]);
  };

  it('promise 24: are told so, seldom, and nothing of theirs is kept when the bot asks', async () => {
    await everything();
    await house.settle();
    await house.settle();
    await nothingIsLeft();
    house.clock.advance(7 * hour);
    house.tell({ text: 'canary-later', date: Math.floor(house.clock.now() / 1000) }, stranger);
    await house.hear();
    expect(house.fake.people.said).toHaveLength(2);
    expect(scan('canary')).toEqual([]);
  });

  it('promise 24: nor when the bot is called, with the right secret or a wrong one', async () => {
    await house.close();
    house = await chatHouse({ PUBLIC_URL: 'https://post.example.org' });
    await everything();
    const push = house.provider.connect.kind === 'bot' ? house.provider.connect.push : undefined;
    await push?.set('https://post.example.org/hooks/telegram', house.app.deps.io('telegram', ''));
    const { secret } = (await house.app.deps.store.connecting.note('telegram', 'webhook')) as { secret: string };
    for (const update of house.fake.news.pending()) {
      const call = (token: string) => house.app.server.inject({
        method: 'POST', url: '/hooks/telegram', payload: JSON.stringify(update), headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': token },
      });
      expect((await call('wrong')).statusCode).toBe(400);
      expect((await call('')).statusCode).toBe(400);
      expect((await call(secret)).statusCode).toBe(200);
    }
    await nothingIsLeft();
  });

  it('promise 24: cannot make the bot talk without end', async () => {
    const heed = createHeed(house.deps);
    const say = (n: number, at = house.clock.now()) => heed(house.provider, [{
      kind: 'message', id: `1:${n}`, from: String(n), messageId: `1:${n}`, order: n, at, edited: false, album: null, command: null, text: 'x', file: null, refusal: null,
    }]);
    for (let n = 0; n < 50; n += 1) {
      house.fake.chats.set(n + 1, { type: 'private', title: '', bot: { status: 'member' } });
      await say(n + 1);
      await say(n + 1);
    }
    expect(house.fake.people.said).toHaveLength(20);
    house.clock.advance(61_000);
    // What waited while nobody listened is not answered hours later.
    await say(45, house.clock.now() - hour);
    expect(house.fake.people.said).toHaveLength(20);
    await say(45);
    expect(house.fake.people.said).toHaveLength(21);
  });
});

describe('promise 24: what the policy says of it', () => {
  it('promise 24: is what is done', async () => {
    const text = (await house.ada.get('/privacy')).body.replaceAll(/<[^>]+>/gu, ' ').replaceAll(/\s+/gu, ' ');
    expect(text).toContain('Where media and captions are sent to the bot to be published, they are received as content, and the sender’s Telegram user id is linked to the account.');
    expect(text).toContain('The number until you unlink it or delete the account, then purged at once, 30 days at the very most; the rest 2 days.');
  });
});
