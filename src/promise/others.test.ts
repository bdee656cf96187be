import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { Json } from '../domain/json.ts';
import { providers } from '../providers/all.ts';
import { subject as bluesky } from '../providers/bluesky/subject.ts';
import { subject as devto } from '../providers/devto/subject.ts';
import { botSubject, subject as discord } from '../providers/discord/subject.ts';
import { pageSubject, profileSubject } from '../providers/linkedin/subject.ts';
import { subject as mastodon } from '../providers/mastodon/subject.ts';
import { subject as threads } from '../providers/meta/threads/subject.ts';
import { subject as pinterest } from '../providers/pinterest/subject.ts';
import { subject as reddit } from '../providers/reddit/subject.ts';
import type { Subject } from '../providers/subject.ts';
import { currentId, noteMove } from '../providers/telegram/chat.ts';
import { subject as telegram } from '../providers/telegram/subject.ts';
import { subject as x } from '../providers/x/subject.ts';
import { expectForgotten } from '../testing/promise/promise-checks.ts';
import { connectedWorld, pathsOf, type ConnectedWorld } from '../testing/promise/promise-network.ts';

// Every other network (sentence 23): the least permissions, tokens and basic identifiers, gone after disconnecting.

let connected: ConnectedWorld | undefined;
afterEach(async () => {
  await connected?.close();
  connected = undefined;
});

/** What may be asked for and what may be in a grant, to the letter; whatever is added anywhere has to be written here too. */
const allowed: readonly { subject: Subject; scopes: readonly string[]; grant: readonly string[] }[] = [
  { subject: threads, scopes: ['threads_basic', 'threads_content_publish'], grant: ['expiresAt', 'issuedAt', 'token', 'userId'] },
  { subject: profileSubject, scopes: ['openid', 'profile', 'w_member_social'], grant: ['accessEndsAt', 'accessToken', 'issuedAt', 'member', 'name', 'picture'] },
  {
    subject: pageSubject, scopes: ['rw_organization_admin', 'w_organization_social', 'r_organization_social', 'w_organization_social_feed', 'r_organization_social_feed'],
    grant: ['accessEndsAt', 'accessToken', 'issuedAt', 'member', 'name', 'picture'],
  },
  {
    subject: x, scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
    // Whether the account pays X says how long a post may be.
    grant: ['accessToken', 'account.avatarUrl', 'account.id', 'account.name', 'account.subscription', 'account.username', 'expiresAt', 'issuedAt', 'refreshToken'],
  },
  { subject: pinterest, scopes: ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'], grant: ['accessToken', 'place', 'refreshToken'] },
  { subject: reddit, scopes: ['identity', 'submit', 'read', 'flair', 'mysubreddits', 'history'], grant: ['accessToken', 'avatarUrl', 'name', 'refreshToken', 'userId'] },
  { subject: telegram, scopes: [], grant: ['accountId', 'botId', 'chatId', 'title', 'topicId', 'username'] },
  { subject: bluesky, scopes: [], grant: ['accessJwt', 'did', 'handle', 'pds', 'refreshJwt'] },
  { subject: mastodon, scopes: [], grant: ['accessToken', 'clientId', 'clientSecret', 'origin'] },
  { subject: discord, scopes: [], grant: ['channelId', 'guildId', 'id', 'name', 'token'] },
  { subject: botSubject, scopes: ['bot'], grant: ['guildId', 'icon', 'name'] },
  { subject: devto, scopes: [], grant: ['apiKey'] },
];
const each = allowed.map((one) => ({ name: one.subject.provider.id, ...one }));

it('promise 23: is shown for every network that is not in sentences of its own', () => {
  const elsewhere = ['facebook', 'instagram', 'youtube', 'tiktok'];
  expect([...each.map(({ name }) => name), ...elsewhere].toSorted()).toEqual(providers.filter(({ local }) => !local).map(({ id }) => id).toSorted());
});

it('promise 23: a group of Telegram that became a supergroup leaves neither of its ids behind', async () => {
  connected = await connectedWorld(telegram);
  const { world, actor } = connected;
  const { store } = world.app.deps;
  const [grant] = (await connected.grants()) as { chatId: string }[];
  const moved = '-1009998887776';
  const io = { notes: {
    get: (key: string) => store.connecting.note('telegram', key), put: (key: string, value: Json) => store.connecting.putNote('telegram', key, value, world.clock.now()),
  } };
  await noteMove(io, grant?.chatId ?? '', moved);
  expect(await currentId(io, grant?.chatId ?? '')).toBe(moved);
  expect(world.scan(moved)).toEqual([]);
  await connected.disconnectAll();
  expect(await currentId(io, grant?.chatId ?? '')).toBe(grant?.chatId);
  expect(await store.channels.list(actor.workspaceId)).toHaveLength(1);
  const sqlite = new Database(world.app.file, { readonly: true });
  expect(sqlite.prepare("select key from notes where provider = 'telegram'").all()).toEqual([]);
  sqlite.close();
});

describe.each(each)('promise 23: $name', ({ subject, scopes, grant }) => {
  it('promise 23: is asked for what publishing needs, with a reason on the privacy page', async () => {
    connected = await connectedWorld(subject);
    expect(connected.asked.toSorted()).toEqual([...scopes].toSorted());
    const page = (await connected.world.app.server.inject({ url: '/privacy' })).body;
    for (const scope of scopes) expect(page).toContain(`<dt><code>${scope}</code></dt>`);
  });

  it('promise 23: leaves tokens and basic identifiers with us and nothing else', async () => {
    connected = await connectedWorld(subject);
    await connected.publish();
    expect((await connected.grants()).flatMap((one) => pathsOf(one))).toEqual([...grant].toSorted());
    const opened = JSON.stringify([await connected.grants(), await connected.known()]).toLowerCase();
    for (const word of ['follower', 'following', 'friend', 'message', 'audience', 'birth', 'email', 'e-mail', 'phone', 'gender']) expect(opened).not.toContain(word);
  });

  it('promise 23: is forgotten after disconnecting, in every byte', async () => {
    connected = await connectedWorld(subject);
    await connected.publish();
    await expectForgotten(connected);
  });
});
