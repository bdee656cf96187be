import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFake, type FakePlatform } from '../../providers/fake/server.ts';
import { providers } from '../../providers/all.ts';
import { password, signedUp, testApp, visitor, type TestApp, type Visitor } from '../../testing/app.ts';
import { familySecret, plainFamily } from '../../testing/family.ts';
import { seedChannel } from '../../testing/world.ts';

let app: TestApp;
let ada: Visitor;
let fake: FakePlatform | undefined;
const card = '/settings/networks/plains';

async function start(env: Record<string, string> = {}) {
  app = await testApp({ PUBLIC_URL: 'https://post.example', ...env }, Date.now, [...providers, ...plainFamily()]);
  ada = await signedUp(app);
}
beforeEach(() => start());
afterEach(async () => {
  await app.close();
  await fake?.close();
  fake = undefined;
});

const save = (fields: Record<string, string>) => ada.post(card, fields);
const good = { PLAINS_CLIENT_ID: 'the-id', PLAINS_CLIENT_SECRET: familySecret };

/** The Plains' own server: knows one secret. */
async function withPlatform(answer: (bearer: string) => { status: number; body: unknown }) {
  fake = await startFake(['https://plain.test'], () => ({ headers }) => answer(headers['authorization']?.slice('Bearer '.length) ?? ''));
  await app.close();
  await start({ UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(',') });
}

describe('the list of networks', () => {
  it('says of each company how far it is', async () => {
    await withPlatform(() => ({ status: 200, body: { name: 'Harbour' } }));
    expect((await ada.get('/settings/networks')).body).toContain('Not set up');
    await save({ PLAINS_CLIENT_ID: 'the-id' });
    const { body } = await ada.get('/settings/networks');
    expect(body).toContain('Missing: App secret');
    expect(body).toContain('nothing to set up');
    await save(good);
    expect((await ada.get('/settings/networks')).body).toContain('Works for you only');
    await ada.post(`${card}/reviewed`);
    expect((await ada.get('/settings/networks')).body).toContain('Reviewed, for everybody');
    await ada.post(`${card}/unreviewed`);
    expect((await ada.get(card)).body).toContain('Works for you only');
  });
});

describe('a card', () => {
  it('has everything that is needed at the company, with the exact addresses', async () => {
    const { body } = await ada.get(card);
    for (const text of [
      'Free; a review takes two weeks.', 'https://post.example/integrations/social/plain', 'https://post.example/integrations/social/plain-two', 'https://post.example/privacy',
      'https://post.example/hooks/plains/all', 'plain.publish', 'To publish what you schedule.', 'https://console.plain.test/', 'name="PLAINS_CLIENT_ID"', 'Callback of Plain Two', 'Only for accounts of others.',
      'Post Master at https://post.example publishes.', 'https://post.example/login', 'While it is empty, this counts: v1.',
    ]) expect(body.includes(text), text).toBe(true);
    // Placeholders are filled in everywhere.
    expect(body).not.toMatch(/\{(?:callback|url|name)/u);
    expect(body).toMatch(/<input[^>]*readonly[^>]*value="https:\/\/post\.example\/hooks\/plains\/all"|value="https:\/\/post\.example\/hooks\/plains\/all"[^>]*readonly/iu);
  });

  it('warns while the addresses are not those of an https instance', async () => {
    await app.close();
    await start({ PUBLIC_URL: 'http://localhost:3000' });
    const { body } = await ada.get(card);
    expect(body).toContain('These are not final');
    expect(body).toContain('It must be an https address');
  });

  it('is one for the networks that share an app, and none for what does not exist', async () => {
    expect((await ada.get('/settings/networks/plain-two')).statusCode).toBe(404);
    expect((await ada.post('/settings/networks/nowhere', good)).statusCode).toBe(404);
    for (const verb of ['test', 'check', 'remove']) expect((await ada.post(`/settings/networks/nowhere/${verb}`)).statusCode).toBe(404);
  });
});

describe('values', () => {
  it('count at once, for everybody, and secrets are never shown again', async () => {
    const eve = await signedUp(app, 'eve@example.org');
    expect((await eve.get('/channels')).body).not.toContain('>Plain<');
    const saved = await save(good);
    expect([saved.statusCode, saved.headers.location]).toEqual([303, `${card}#test`]);
    const page = await ada.get(card);
    expect(page.body).toContain('value="the-id"');
    expect(page.body).toContain(`Set, ends in …${familySecret.slice(-4)}`);
    expect(page.body).not.toContain(familySecret);
    expect(page.body).toMatch(/Saved by Ada/u);
    expect((await eve.get('/channels')).body).toContain('>Plain<');
    expect(app.logged()).not.toContain(familySecret);
  });

  it('keep a secret that is left empty, and forget another field that is', async () => {
    await save({ ...good, PLAINS_VERSION: 'v2' });
    await save({ PLAINS_CLIENT_ID: 'new-id', PLAINS_CLIENT_SECRET: '', PLAINS_VERSION: '' });
    const { settings } = app.deps;
    expect(['PLAINS_CLIENT_ID', 'PLAINS_CLIENT_SECRET', 'PLAINS_VERSION'].map(settings.get)).toEqual(['new-id', familySecret, undefined]);
    await save({ PLAINS_CLIENT_SECRET: 'short' });
    expect((await ada.get(card)).body).toContain('>Set. ');
  });

  it('give way to the environment, which is shown as such and cannot be changed here', async () => {
    await app.close();
    await start({ PLAINS_CLIENT_SECRET: 'secret-of-the-environment' });
    await save({ PLAINS_CLIENT_ID: 'the-id', PLAINS_CLIENT_SECRET: 'another-secret-altogether' });
    expect(app.deps.settings.get('PLAINS_CLIENT_SECRET')).toBe('secret-of-the-environment');
    expect((await app.deps.store.settings.all()).map(({ name }) => name)).toEqual(['PLAINS_CLIENT_ID']);
    const { body } = await ada.get(card);
    expect(body).toContain('Set by the environment');
    expect(body).toContain('Set, ends in …ment');
    expect(body).not.toContain('secret-of-the-environment');
    expect(body).not.toContain('name="PLAINS_CLIENT_SECRET"');
  });

  it('of a strange kind are refused beside their field, and what was typed comes back, secrets aside', async () => {
    const answer = await save({ PLAINS_CLIENT_ID: 'typed-id', PLAINS_CLIENT_SECRET: 'typed\nsecret-of-two-lines', PLAINS_VERSION: 'x'.repeat(4_001) });
    expect(answer.statusCode).toBe(422);
    expect(answer.body).toContain('App secret has a line break');
    expect(answer.body).toContain('Version can have 4000 characters.');
    expect(answer.body).toContain('value="typed-id"');
    expect(answer.body).not.toContain('secret-of-two-lines');
    expect(await app.deps.store.settings.all()).toEqual([]);
  });

  it('of other names are not taken', async () => {
    await save({ ...good, TELEGRAM_BOT_TOKEN: 'x', PATH: 'y' });
    expect((await app.deps.store.settings.all()).map(({ name }) => name).sort()).toEqual(['PLAINS_CLIENT_ID', 'PLAINS_CLIENT_SECRET']);
  });

  it('are removed together, after it was said whom that concerns', async () => {
    await save(good);
    await seedChannel(app.deps.store, 'plain-two', { grant: { token: 'x' }, target: { remoteId: '1', name: 'One', handle: '', url: null, avatarUrl: null } });
    expect((await ada.get(card)).body).toContain('1 channel is connected through it');
    await ada.post(`${card}/remove`);
    expect(await app.deps.store.settings.all()).toEqual([]);
    const page = await ada.get('/channels');
    expect(page.body).toContain('Set up The Plains');
    expect(page.body).not.toContain('>Plain<');
    expect((await ada.get(card)).body).not.toContain('Remove what is saved');
  });
});

describe('a test', () => {
  it('comes with what is saved whole, and says what the company answered', async () => {
    await withPlatform((bearer) => (bearer === familySecret ? { status: 200, body: { name: 'Harbour' } } : { status: 401, body: { message: 'unknown app' } }));
    expect((await ada.get(card)).body).not.toContain('Test connection');
    expect((await save({ PLAINS_CLIENT_ID: 'the-id' })).headers.location).toBe(`${card}#values`);
    expect(fake?.calls).toHaveLength(0);
    expect((await save({ ...good, PLAINS_CLIENT_SECRET: 'a-wrong-secret-indeed' })).headers.location).toBe(`${card}#test`);
    const failed = await ada.get(card);
    expect(failed.body).toContain('The test failed');
    expect(failed.body).toContain('Look whether every field is copied whole.');
    expect(failed.body).not.toContain('a-wrong-secret-indeed');
    await save(good);
    const fine = await ada.get(card);
    expect([fine.body.includes('The test failed'), fine.body.includes('The Plains know the app Harbour.')]).toEqual([false, true]);
    expect((await ada.post(`${card}/test`)).headers.location).toBe(`${card}#test`);
    expect(fake?.calls).toHaveLength(3);
    expect((await ada.get('/settings/networks')).body).toContain('Works for you only, tested');
  });

  it('says so when nobody answers', async () => {
    await withPlatform(() => ({ status: 503, body: {} }));
    await save(good);
    await ada.post(`${card}/test`);
    expect((await ada.get(card)).body).toContain('Try again in a moment.');
  });
});

describe('the self-check', () => {
  it('looks at the instance through its public address, as a reviewer would', async () => {
    await app.close();
    fake = await startFake(['https://post.example'], () => () => ({ status: 404, body: {} }));
    await start({ UPSTREAMS: [...fake.upstreams].map(([from, to]) => `${from}=${to}`).join(',') });
    await save(good);
    await ada.post(`${card}/check`);
    const wrong = await ada.get(card);
    expect(wrong.body).toContain('answered with status 404');
    expect(wrong.body).toContain('The public pages do not say: who runs it, contact e-mail.');
    // Its port is known only once it listens: now the public address leads here, as a proxy would.
    (app.deps.config.upstreams as Map<string, string>).set('https://post.example', await app.server.listen({ host: '127.0.0.1', port: 0 }));
    await ada.post('/settings/instance', { name: 'Harbour Posts', operator: 'Harbour & "Sons" <Ltd>', email: 'privacy@harbour.example' });
    await ada.post(`${card}/check`);
    const right = await ada.get(card);
    for (const text of ['Post Master answers at https://post.example.', 'A signed test picture came back unchanged.', 'It opens and names you.', 'The public pages name you.', 'Every callback uses https.']) {
      expect(right.body.includes(text), text).toBe(true);
    }
    expect(right.body).not.toContain('To do');
    expect(right.body).toContain('Harbour Posts at https://post.example publishes.');
  });

  it('reaches nothing inside a private network', async () => {
    await app.close();
    await start({ PUBLIC_URL: 'https://localhost' });
    await ada.post(`${card}/check`);
    const { body } = await ada.get(card);
    expect(body).toContain('From here the address is not a public https one');
    expect(body).toContain('Networks that fetch media need PUBLIC_URL');
  });
});

describe('what others see', () => {
  it('is only what is ready: no card, no link, no name of a setting', async () => {
    const eve = await signedUp(app, 'eve@example.org');
    const channels = await eve.get('/channels');
    for (const word of ['The Plains', 'PLAINS_', 'set up', 'Set up']) expect(channels.body, word).not.toContain(word);
    expect((await eve.get(card)).statusCode).toBe(403);
    expect((await eve.post(card, good)).statusCode).toBe(403);
    expect(await app.deps.store.settings.all()).toEqual([]);
    const refused = await eve.post('/channels/connect/plain');
    expect(refused.body).toContain('is not set up on this instance yet');
  });

  it('takes a session of the operator, not the word of one', async () => {
    const stranger = visitor(app);
    expect((await stranger.get(card)).headers.location).toMatch(/^\/login/u);
    await stranger.post('/login', { email: 'ada@example.org', password });
    expect((await stranger.get(card)).statusCode).toBe(200);
  });
});
