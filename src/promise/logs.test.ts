import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../lib/log.ts';
import { createDailyLog, logFolder } from '../lib/log-files.ts';
import { start } from '../testing/world.ts';
import { promiseWorld, type PromiseWorld } from '../testing/promise/promise.ts';

const day = 86_400_000;

describe('promise 06: server logs, as they are really written', () => {
  let world: PromiseWorld;
  beforeEach(async () => { world = await promiseWorld(); });
  afterEach(() => world.close());

  it('promise 06: a request with its address is there on day 89 and gone on day 91', async () => {
    const daily = createDailyLog(join(world.app.dir, logFolder), world.clock.now);
    const log = createLog({ level: 'info', out: () => {}, daily });
    for (const [place, ip] of [['first', '192.0.2.7'], ['second', '192.0.2.8']] as const) {
      log.info({ method: 'GET', path: `/${world.canary(place)}`, ip }, 'request');
      await daily.flush();
      world.days(1);
    }
    expect(readdirSync(join(world.app.dir, logFolder))).toEqual(['2026-11-24.log', '2026-11-25.log']);
    expect(Object.keys(world.left())).toEqual(['first', 'second']);
    world.clock.set(start + 89 * day);
    await world.prune();
    expect(Object.keys(world.left())).toEqual(['first', 'second']);
    world.clock.set(start + 91 * day);
    await world.prune();
    expect(Object.keys(world.left())).not.toContain('first');
    world.clock.set(start + 92 * day);
    await world.prune();
    expect(world.left()).toEqual({});
  });
});

describe('the log', () => {
  let dir: string;
  beforeEach(() => { dir = mkdtempSync(join(tmpdir(), 'postmaster-log-')); });
  afterEach(() => { rmSync(dir, { recursive: true, force: true }); });
  const folder = () => join(dir, 'logs');
  const written = () => readdirSync(folder()).map((name) => readFileSync(join(folder(), name), 'utf8')).join('');

  it('is readable by its owner alone and has a line for each thing', async () => {
    const daily = createDailyLog(folder(), () => start);
    const log = createLog({ level: 'info', out: () => {}, daily });
    for (let n = 0; n < 1_000; n += 1) log.info({ n }, 'counted');
    await daily.flush();
    const lines = written().trim().split('\n').map((line) => JSON.parse(line) as { n: number; time: string });
    expect(lines.map(({ n }) => n)).toEqual(Array.from({ length: 1_000 }, (_, n) => n));
    expect(statSync(join(folder(), '2026-11-24.log')).mode & 0o077).toBe(0);
    expect(statSync(folder()).mode & 0o077).toBe(0);
  });

  it('holds no secret, wherever it stood', async () => {
    const daily = createDailyLog(folder(), () => start);
    const out: string[] = [];
    const log = createLog({ level: 'info', out: (line) => void out.push(line), daily });
    const secret = 'S3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3cr3tS3c';
    log.info({ headers: { authorization: secret, cookie: `session=${secret}`, 'set-cookie': [secret] }, password: secret, deeper: { accessToken: secret, client_secret: secret, list: [{ refresh_token: secret }] } }, 'fields');
    log.error({ err: new Error(`GET https://api.test/path?access_token=${secret}&x=1 with Bearer ${secret} and pm_${secret} at https://user:${secret}@host.test/`) }, `said Bearer ${secret}`);
    log.info({ url: `https://post.test/m/${Buffer.from(secret).toString('base64url')}.${'a1'.repeat(32)}` }, `key pm_${secret}`);
    await daily.flush();
    for (const text of [written(), out.join('')]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret).toString('base64url'));
      expect(text).toContain('https://api.test/path?[hidden]');
    }
  });

  it('suffers a folder that is taken away, and begins it anew', async () => {
    const daily = createDailyLog(folder(), () => start);
    daily.write('one\n');
    await daily.flush();
    rmSync(folder(), { recursive: true });
    daily.write('two\n');
    await daily.flush();
    expect(written()).toBe('two\n');
  });

  it('drops what the disk does not take, keeps nobody waiting, and says how much that was', async () => {
    writeFileSync(folder(), 'a file where the folder should be');
    const daily = createDailyLog(folder(), () => start);
    const log = createLog({ level: 'info', out: () => {}, daily });
    for (let n = 0; n < 5; n += 1) log.info({}, 'lost');
    await daily.flush();
    rmSync(folder());
    log.info({}, 'kept');
    await daily.flush();
    const [told, kept] = written().trim().split('\n').map((line) => JSON.parse(line) as { msg: string; lines?: number });
    expect(told).toMatchObject({ msg: 'lines of the log could not be written', lines: 5 });
    expect(kept?.msg).toBe('kept');
    chmodSync(folder(), 0o700);
    expect(existsSync(folder())).toBe(true);
  });
});
