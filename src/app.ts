import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ConfigError, type Config } from './config.ts';
import type { Deps } from './deps.ts';
import { createClock } from './jobs/clock.ts';
import { jobsOf } from './jobs/index.ts';
import type { Assets } from './lib/assets.ts';
import { newId } from './lib/ids.ts';
import { createLog } from './lib/log.ts';
import { createDailyLog, logFolder } from './lib/log-files.ts';
import { createSend } from './lib/net-guard.ts';
import { createPasswords } from './lib/secrets/passwords.ts';
import { loadOrCreateSecretKey, openKeyRing, SealError, type KeyRing } from './lib/secrets/seal.ts';
import { createTally } from './lib/tally.ts';
import { createMediaUrls } from './media/public-url.ts';
import { createStorage } from './media/storage.ts';
import { providers as allProviders } from './providers/all.ts';
import { registryOf } from './providers/index.ts';
import { settingNames } from './providers/setups.ts';
import { reapplyErasures } from './actions/privacy/reapply.ts';
import { createEngine } from './publishing/engine.ts';
import { createIo } from './publishing/io.ts';
import { loadSettings } from './settings.ts';
import type { Store } from './store/index.ts';
import { lockInstance } from './store/lock.ts';
import type { Migration } from './store/migrate.ts';
import { openStore, type Opened } from './store/open.ts';
import { createServer } from './web/server.ts';

export interface App {
  deps: Deps;
  server: FastifyInstance;
  /** Listens and starts the clock; resolves with the address. */
  start(): Promise<string>;
  /** Stops taking requests and claims, lets what is in flight end for 25 s at most, closes everything. */
  stop(): Promise<void>;
}

const drainMs = 25_000;

/** Builds the house: everything is made here once and handed on. */
export async function createApp(config: Config, assets: Assets, now: () => number = Date.now): Promise<App> {
  const daily = createDailyLog(join(config.dataDir, logFolder), now);
  const log = createLog({ level: config.logLevel, out: (line) => void process.stdout.write(line), daily });
  // First of all: whoever is second must not touch the database of the one that serves.
  mkdirSync(config.dataDir, { recursive: true });
  const release = lockInstance(join(config.dataDir, 'serve.lock'));
  const { store, ring, applied, copy } = await openData(config, assets, now);
  if (applied.length > 0) log.info({ applied, copy }, 'database brought up to date');

  const storage = createStorage(join(config.dataDir, 'media'));
  const providers = registryOf(allProviders);
  if (config.upstreams.size > 0) log.warn({ upstreams: Object.fromEntries(config.upstreams) }, 'UPSTREAMS is set: calls go to stand-ins on this machine');
  const urls = createMediaUrls({ ring, publicUrl: config.publicUrl, anywhere: config.upstreams.size > 0, now });
  const settings = await loadSettings({ store, environment: config.environment, names: settingNames(providers) });
  const send = createSend(config.upstreams);
  const io = createIo({ store, storage, send, urls, setting: settings.get, now });
  const attempts = createTally();
  const engine = createEngine({ store, providers, io, now, log, ended: (provider, outcome) => attempts.add(provider, outcome), boot: newId(now()), alone: true, concurrency: 8 });
  const deps: Deps = { config, store, settings, providers, io, storage, passwords: createPasswords(), engine, now, log };
  // Before anything is shown or sent: an older copy of the database may have been put back.
  await reapplyErasures(deps);
  const server = await createServer(deps, { assets, logger: log, ring, urls, send, attempts });
  const clock = createClock(jobsOf(deps), { tickMs: config.tickMs, now, log });

  return {
    deps, server,
    async start() {
      await storage.sweepBroken();
      const address = await server.listen({ host: config.host, port: config.port });
      clock.start();
      return address;
    },
    async stop() {
      const all = Promise.all([engine.stop(drainMs), clock.stop(), server.close()]).then(([drained]) => drained);
      const drained = await Promise.race([all, new Promise<false>((resolve) => { setTimeout(resolve, drainMs, false).unref(); })]);
      if (!drained) log.warn({}, 'stopped with work in flight: it is taken up at the next start');
      store.close();
      release();
      await daily.flush();
    },
  };
}

export interface OpenedData extends Opened {
  ring: KeyRing;
}

/** The database of an instance with the keys to its secrets, for the server and for the other subcommands. */
export async function openData(config: Pick<Config, 'dataDir' | 'secretKey'>, assets: Assets, now: () => number): Promise<OpenedData> {
  const secret = config.secretKey ?? (await loadOrCreateSecretKey(join(config.dataDir, 'secret.key'))).secret;
  const ring = openKeyRing(secret);
  const opened = openStore(config.dataDir, await migrationsOf(assets), ring, now());
  await checkKey(opened.store, now());
  return { ring, ...opened };
}

/** A note sealed at the first start tells at every later one whether the key is still the same. */
async function checkKey(store: Store, now: number): Promise<void> {
  try {
    if ((await store.connecting.note('', 'key-check')) === undefined) await store.connecting.putNote('', 'key-check', true, now);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    store.close();
    throw new ConfigError('The secret key does not open this database. Put back the SECRET_KEY or secret.key that belongs to it.', { cause: error });
  }
}

export async function migrationsOf(assets: Assets): Promise<Migration[]> {
  const names = (await assets.list('migrations')).filter((name) => name.endsWith('.sql'));
  return Promise.all(names.map(async (name) => ({
    name: basename(name, '.sql'), sql: (await assets.read(name)).toString('utf8'),
  })));
}
