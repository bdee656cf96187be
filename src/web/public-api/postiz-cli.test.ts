import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeKey } from '../../actions/keys/make-key.ts';
import { newId, splitIds } from '../../lib/ids.ts';
import { loadOrCreateSecretKey, openKeyRing } from '../../lib/secrets/seal.ts';
import { connect } from '../../providers/bluesky/connect.ts';
import { startPds, whyNoPds, type PdsAccount, type TestPds } from '../../providers/bluesky/pds.ts';
import { targets } from '../../providers/bluesky/targets.ts';
import { fakeIo } from '../../providers/fake/io.ts';
import { openStore } from '../../store/open.ts';
import { startProgram, type Program } from '../../testing/program.ts';
import { migrations } from '../../testing/store.ts';
import { seedChannel, seedPerson } from '../../testing/world.ts';

const folder = join(import.meta.dirname, '../../../scripts/postiz');
const cli = join(folder, 'node_modules/postiz/dist/index.js');
const missing = existsSync(join(folder, 'node_modules/.installed')) ? null : 'the command line of Postiz is not installed: run scripts/postiz/install';
if (missing !== null) process.stdout.write(`public API: ${missing}\n`);
const noPds = whyNoPds();
if (noPds !== null) process.stdout.write(`public API: ${noPds}\n`);

// Postiz's own client, unchanged, against the program as people run it.
describe.skipIf(missing !== null)('the command line of Postiz', () => {
  let program: Program;
  let pds: TestPds | null = null;
  let account: PdsAccount | undefined;
  let dir: string;
  let key: string;
  let sandbox: string;
  let bluesky = '';

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'postmaster-cli-'));
    const dataDir = mkdtempSync(join(tmpdir(), 'postmaster-'));
    const { secret } = await loadOrCreateSecretKey(join(dataDir, 'secret.key'));
    const { store } = openStore(dataDir, migrations, openKeyRing(secret), Date.now());
    const person = await seedPerson(store, Date.now());
    sandbox = newId(Date.now());
    await seedChannel(store, 'sandbox', { channelId: sandbox, grant: { page: sandbox }, target: { remoteId: sandbox, name: 'Sandbox', handle: 'this instance', url: `/sandbox/${sandbox}`, avatarUrl: null } }, person);
    const started = noPds === null ? await startPds() : { pds: null };
    pds = started.pds;
    if (pds) {
      account = await pds.createAccount();
      const io = fakeIo({ upstreams: pds.upstreams });
      const { grant } = await connect.verify({ identifier: account.handle, password: account.password, service: 'pds.test' }, io);
      const [target] = await targets(grant, io);
      if (!target) throw new Error('the Bluesky server shows no account');
      bluesky = (await seedChannel(store, 'bluesky', { grant, target }, person)).channelId;
    }
    const made = await makeKey({ store, now: Date.now }, { workspaceId: person.workspaceId, userId: person.userId }, { name: 'CLI', scopes: ['read', 'write'] });
    key = made.ok ? made.key : '';
    store.close();
    program = await startProgram({ LOG_LEVEL: 'info', API_LIMIT: '0', ...(pds && { UPSTREAMS: [...pds.upstreams].map((pair) => pair.join('=')).join(',') }) }, dataDir);
  }, 120_000);
  afterAll(async () => {
    await program?.close();
    await pds?.close();
    rmSync(dir, { recursive: true, force: true });
  });

  function postiz(args: string[], env: Record<string, string> = {}): Promise<{ code: number; out: string; err: string }> {
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, ...args], { cwd: dir, env: { PATH: process.env['PATH'] ?? '', HOME: dir, POSTIZ_API_KEY: key, POSTIZ_API_URL: program.url, ...env } }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }));
    });
  }
  /** What a command prints below its headline. */
  async function told<T>(...args: string[]): Promise<T> {
    const { code, out, err } = await postiz(args);
    expect(code, `${args.join(' ')}\n${out}\n${err}`).toBe(0);
    return JSON.parse(out.slice(out.search(/^[[{]/mu))) as T;
  }
  const soon = () => new Date(Date.now() + 2_000).toISOString();
  const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();
  type Made = { postId: string; integration: string }[];
  type Listed = { posts: { id: string; state: string; content: string; releaseURL: string | null; releaseId: string | null }[] };
  const listed = async (id: string) => (await told<Listed>('posts:list')).posts.find((post) => post.id === id);
  async function picture(name: string, colour: string): Promise<string> {
    const file = join(dir, name);
    writeFileSync(file, await sharp({ create: { width: 60, height: 40, channels: 3, background: colour } }).png().toBuffer());
    return (await told<{ path: string }>('upload', file)).path;
  }

  it('auth:status', async () => {
    expect((await postiz(['auth:status'])).out).toContain(`Credentials are valid. ${bluesky === '' ? 1 : 2} integration(s) connected`);
    expect((await postiz(['auth:status'], { POSTIZ_API_KEY: 'pm_wrong' })).out).toContain('Credentials are expired or invalid');
    expect((await postiz(['auth:logout'])).code).toBe(0);
  });

  it('integrations:list, integrations:settings, integrations:trigger', async () => {
    expect(await told('integrations:list')).toEqual(expect.arrayContaining([expect.objectContaining({ id: sandbox, identifier: 'sandbox', name: 'Sandbox' })]));
    expect(await told('integrations:settings', sandbox)).toMatchObject({ output: { maxLength: 500, rules: expect.stringContaining('Sandbox takes text up to 500 characters') as string } });
    const trigger = await postiz(['integrations:trigger', sandbox, 'getPlaylists', '-d', '{"q":"x"}']);
    expect([trigger.code, trigger.err]).toEqual([1, expect.stringContaining('Sandbox has no \\"getPlaylists\\" here') as string]);
  });

  it('posts:create, posts:list and posts:delete, with media and a thread', async () => {
    const [one, two] = [await picture('one.png', '#aa3322'), await picture('two.png', '#2233aa')];
    const made = await told<Made>('posts:create', '-c', 'A thread; with a semicolon', '-m', `${one},${two}`, '-c', 'The second part', '-m', two, '-s', soon(), '-i', sandbox);
    expect(made).toEqual([{ postId: expect.stringMatching(/^[\da-f]{64}$/u) as string, integration: sandbox }]);
    const id = made[0]?.postId ?? '';
    await expect.poll(async () => (await listed(id))?.state, { timeout: 20_000, interval: 500 }).toBe('PUBLISHED');
    const page = await (await fetch(`${program.url}/healthz`)).json();
    expect(page).toEqual({ status: 'ok' });
    const draft = await told<Made>('posts:create', '-c', 'kept', '-t', 'draft', '-s', inAnHour(), '-i', sandbox);
    expect(await listed(draft[0]?.postId ?? '')).toMatchObject({ state: 'DRAFT', content: 'kept' });
    expect((await postiz(['posts:delete', draft[0]?.postId ?? ''])).code).toBe(0);
    expect(await listed(draft[0]?.postId ?? '')).toBeUndefined();
    const gone = await postiz(['posts:delete', draft[0]?.postId ?? '']);
    expect([gone.code, gone.err]).toEqual([1, expect.stringContaining('API Error (404)') as string]);
  }, 60_000);

  it('posts:create from a file, with settings and pauses, and what it says of a refusal', async () => {
    const file = join(dir, 'post.json');
    writeFileSync(file, JSON.stringify({ type: 'schedule', date: inAnHour(), shortLink: true, tags: [], posts: [{ integration: { id: sandbox }, value: [{ content: '<p>From a <b>file</b></p>', image: [] }], settings: { __type: 'sandbox', ending: 'slow' } }] }));
    expect(await told<Made>('posts:create', '--json', file)).toHaveLength(1);
    expect(await told<Made>('posts:create', '-c', 'one', '-c', 'two', '-d', '5', '-s', inAnHour(), '-i', sandbox, '--settings', '{"ending":"publish"}')).toHaveLength(1);
    const refused = await postiz(['posts:create', '-c', 'x'.repeat(501), '-s', inAnHour(), '-i', sandbox]);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('Sandbox takes 500 characters; this has 501.') as string]);
    const past = await postiz(['posts:create', '-c', 'x', '-s', '2024-12-31T12:00:00Z', '-i', sandbox]);
    expect(past.err).toContain('This time is past');
    const nowhere = await postiz(['posts:create', '-c', 'x', '-m', 'img1.jpg', '-s', inAnHour(), '-i', 'twitter-123']);
    expect(nowhere.err).toContain('There is no such channel');
  }, 30_000);

  it('posts:missing, posts:connect, analytics:post and analytics:platform', async () => {
    const made = await told<Made>('posts:create', '-c', 'nobody can tell', '-s', soon(), '-i', sandbox, '--settings', '{"ending":"silence"}');
    const id = made[0]?.postId ?? '';
    await expect.poll(async () => (await listed(id))?.releaseId, { timeout: 20_000, interval: 500 }).toBe('missing');
    expect(await told('analytics:post', id)).toEqual({ missing: true });
    const [candidate] = await told<{ id: string; url: string }[]>('posts:missing', id);
    expect((await postiz(['posts:connect', id, '--release-id', candidate?.id ?? ''])).code).toBe(0);
    expect(await listed(id)).toMatchObject({ state: 'PUBLISHED', releaseId: candidate?.id });
    expect(await told('analytics:post', id, '-d', '30')).toEqual([]);
    const [series] = await told<{ label: string; data: unknown[] }[]>('analytics:platform', sandbox, '-d', '30');
    expect([series?.label, series?.data.length]).toEqual(['Posts published', 30]);
  }, 60_000);

  it.skipIf(noPds !== null)('a thread with pictures goes out to a real Bluesky server', async () => {
    const [one, two] = [await picture('harbour.png', '#113355'), await picture('light.png', '#ddaa22')];
    const made = await told<Made>('posts:create', '-c', '<p>Ships in the <strong>harbour</strong></p><p>and their lights</p>', '-m', `${one},${two}`, '-c', 'The day after', '-m', two, '-s', soon(), '-i', `${bluesky},${sandbox}`);
    expect(made.map(({ integration }) => integration)).toEqual([bluesky, sandbox]);
    // One composition is one post here, whatever it is there.
    expect(new Set(made.map(({ postId }) => splitIds(postId)?.[0])).size).toBe(1);
    await expect.poll(async () => (await listed(made[0]?.postId ?? ''))?.state, { timeout: 30_000, interval: 500 }).toBe('PUBLISHED');
    const posts = (await pds?.listPosts(account?.did ?? '')) ?? [];
    expect(posts.map(({ value }) => value.text)).toEqual(['Ships in the harbour\nand their lights', 'The day after']);
    expect(posts.map(({ value }) => (value.embed as { images?: unknown[] } | undefined)?.images?.length)).toEqual([2, 1]);
    expect(posts[1]?.value).toMatchObject({ reply: { parent: { uri: posts[0]?.uri } } });
    expect(await listed(made[0]?.postId ?? '')).toMatchObject({ releaseId: posts[0]?.uri, releaseURL: expect.stringContaining('https://bsky.app/profile/') as string });
    expect(program.output()).not.toContain(key);
  }, 90_000);
});
