import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeIo } from '../fake/io.ts';
import { startFakeMastodon, type FakeMastodon } from './fake.ts';
import { mentions } from './mentions.ts';
import { accountOf } from './subject.ts';

let fake: FakeMastodon;
beforeEach(async () => { fake = await startFakeMastodon(); });
afterEach(() => fake.close());
const io = () => fakeIo({ upstreams: fake.upstreams });
const grant = () => accountOf(fake).grant;
const searches = () => fake.calls.filter(({ path }) => path.endsWith('/search'));

describe('people to mention', () => {
  it('are looked up without the token, which may not search', async () => {
    expect(await mentions(grant(), 'bob', io())).toEqual([
      { name: 'Bob', handle: '@bob@mastodon.test', text: '@bob@mastodon.test' },
      { name: '@bobby@elsewhere.test', handle: '@bobby@elsewhere.test', text: '@bobby@elsewhere.test' },
    ]);
    // The stand-in refuses a token without `read:search` here.
    expect(searches()).toHaveLength(1);
  });

  it('are looked up with the token where the server lets nobody else search and the token may', async () => {
    fake.state.searchIsOpen = false;
    const { clientId, secret } = fake.oauth.addApp('Post Master', ['https://post.example/'], ['read:accounts', 'write:statuses']);
    const { accessToken } = fake.oauth.addToken(clientId, ['read:accounts', 'write:statuses'], true);
    expect((await mentions({ ...grant(), clientId, clientSecret: secret, accessToken }, 'bobby', io())).map(({ text }) => text)).toEqual(['@bobby@elsewhere.test']);
  });

  it('are nobody where neither may: that a permission is missing says nothing about the connection', async () => {
    fake.state.searchIsOpen = false;
    expect(await mentions(grant(), 'bob', io())).toEqual([]);
    expect(searches()).toHaveLength(2);
  });

  it('are nobody on a server that has no such search', async () => {
    fake.state.version = '3.5.0';
    expect(await mentions(grant(), 'bob', io())).toEqual([]);
  });
});
