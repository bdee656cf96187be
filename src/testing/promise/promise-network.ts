import Database from 'better-sqlite3';
import { beginConnecting, finishConnecting } from '../../actions/channels/connect.ts';
import { disconnect, type Ended } from '../../actions/channels/disconnect.ts';
import { putChannels, targetsOf } from '../../actions/channels/keep-connected.ts';
import type { Person } from '../../domain/actor.ts';
import type { Json } from '../../domain/json.ts';
import { newId } from '../../lib/ids.ts';
import type { FakePlatform } from '../../providers/fake/server.ts';
import type { Subject } from '../../providers/subject.ts';
import type { Publication } from '../../domain/publication.ts';
import { bootEngine, drive } from '../drive.ts';
import { promiseWorld, type PromiseWorld } from './promise.ts';
import { plantPerson } from './promise-post.ts';
import { trialIo } from '../trial.ts';
import { seedMedia, seedPost, seedVideo } from '../world.ts';

/** An account of a network, connected as a person does it, over the real adapter and the network's strict fake. */
export interface ConnectedWorld {
  world: PromiseWorld;
  fake: FakePlatform;
  actor: Person;
  /** The scopes that the consent page was asked for; empty where there is none. */
  asked: string[];
  /** Publishes the subject's first case on the first channel. */
  publish: () => Promise<Publication>;
  /** Every grant of the workspace, opened. */
  grants: () => Promise<Json[]>;
  /** The grants as they lie in the file. */
  sealed: () => Buffer[];
  /** What connections and channels say, without our own ids and times. */
  known: () => Promise<Record<string, Json>[]>;
  /** Disconnects everything; how each channel ended. */
  disconnectAll: () => Promise<(Ended | undefined)[]>;
  close: () => Promise<void>;
}

/** `prepare` may change the fake before anybody connects; `input` is what the person types or ticks. */
export async function connectedWorld(
  subject: Subject, { prepare = () => {}, input = subject.connecting?.good ?? {} }: { prepare?: (fake: FakePlatform) => void; input?: Record<string, string> } = {},
): Promise<ConnectedWorld> {
  const { provider } = subject;
  const fake = await subject.start();
  prepare(fake);
  const world = await promiseWorld({ PUBLIC_URL: 'https://post.example', ...subject.settings });
  const { app: { deps: base, file }, clock } = world;
  const { userId, workspaceId } = await plantPerson(world, 'person');
  const actor: Person = { userId, workspaceId, role: 'owner', sessionId: 'session' };
  const io = trialIo({ subject, fake, clock, workspaceId, store: base.store });
  const deps = { ...base, io };
  const asked: string[] = [];

  if (provider.connect.kind === 'oauth2' && subject.connecting?.approve) {
    const begun = await beginConnecting(deps, actor, provider, input, null);
    if (!begun.ok || begun.next !== 'consent') throw new Error(`${provider.id} did not begin: ${JSON.stringify(begun)}`);
    const { searchParams } = new URL(begun.url);
    asked.push(...(searchParams.get('scope') ?? '').split(/[\s,]+/u).filter(Boolean));
    const ended = await finishConnecting(deps, actor, provider, { state: searchParams.get('state') ?? '', code: await subject.connecting.approve(fake, begun.url) });
    if (!ended.ok) throw new Error(`${provider.id} was not connected: ${JSON.stringify(ended)}`);
    const connection = await base.store.connections.get(workspaceId, ended.connectionId);
    if (connection) await putChannels(deps, workspaceId, provider, connection.id, await targetsOf(deps, workspaceId, provider, connection));
  } else if (provider.connect.kind === 'form') {
    const begun = await beginConnecting(deps, actor, provider, input, null);
    if (!begun.ok) throw new Error(`${provider.id} was not connected: ${JSON.stringify(begun)}`);
  } else {
    // A bot hears of its chats elsewhere; what it keeps of one is what counts here.
    const { grant, target } = subject.account(fake);
    const connection = await base.store.connections.connect(workspaceId, {
      id: newId(clock.now()), provider: provider.id, accountId: target.remoteId, accountName: target.name, grant, expiresAt: null, now: clock.now(),
    });
    await putChannels(deps, workspaceId, provider, connection.id, [target]);
  }

  const rows = <T>(sql: string): T[] => {
    const sqlite = new Database(file, { readonly: true });
    try {
      return sqlite.prepare(sql).all() as T[];
    } finally {
      sqlite.close();
    }
  };
  return {
    world, fake, actor, asked,
    async publish() {
      const [channel] = await base.store.channels.list(workspaceId);
      const [of] = subject.cases;
      if (!channel || !of) throw new Error('nothing to publish on');
      const [first, ...rest] = await Promise.all(of.parts.map(async ({ text, images = [], videos = [] }) => ({
        text,
        media: [
          ...(await Promise.all(images.map(async (alt) => ({ mediaId: await seedMedia(base.store, workspaceId, clock.now()), alt })))),
          ...(await Promise.all(videos.map(async ({ alt = '', ...facts }) => ({ mediaId: await seedVideo(base.store, workspaceId, facts, clock.now()), alt })))),
        ],
      })));
      if (!first) throw new Error('a case needs a part');
      const on = { userId, workspaceId, connectionId: channel.connectionId, channelId: channel.id };
      const { publicationId } = await seedPost(base.store, on, provider.id, { parts: [first, ...rest] }, { ...(of.options as object) }, clock.now());
      return drive(bootEngine({ store: base.store, providers: [provider], io, clock }), { store: base.store, clock, workspaceId, publicationId });
    },
    async grants() {
      const opened = await Promise.all((await base.store.connections.list(workspaceId)).map(({ id }) => base.store.connections.grant(workspaceId, id)));
      return opened.flatMap((one) => (one ? [one.grant] : []));
    },
    sealed: () => rows<{ bytes: Buffer }>('select "grant" as bytes from connections where "grant" is not null').map(({ bytes }) => bytes),
    known: async () => [
      ...(await base.store.connections.list(workspaceId)).map(({ accountId, accountName }) => ({ accountId, accountName })),
      ...(await base.store.channels.list(workspaceId)).map(({ remoteId, name, handle, url, avatarUrl }) => ({ remoteId, name, handle, url, avatarUrl })),
    ],
    async disconnectAll() {
      const ends: (Ended | undefined)[] = [];
      for (const { id } of await base.store.channels.list(workspaceId)) ends.push(await disconnect(deps, actor, id));
      return ends;
    },
    async close() {
      await world.close();
      await fake.close();
    },
  };
}

/** Where something stands in a value: `pages.*.token` for every entry of a record with ids as keys. */
export function pathsOf(value: Json, records: readonly string[] = [], at = ''): string[] {
  if (value === null || typeof value !== 'object') return [at];
  const entries = Object.entries(value as { [key: string]: Json });
  const isRecord = Array.isArray(value) || records.includes(at);
  return [...new Set(entries.flatMap(([key, one]) => pathsOf(one, records, [at, isRecord ? '*' : key].filter(Boolean).join('.'))))].toSorted();
}

/** Every text of a value. */
export function textsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return value === null || typeof value !== 'object' ? [] : Object.values(value as { [key: string]: Json }).flatMap(textsOf);
}
