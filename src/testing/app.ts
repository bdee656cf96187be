import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { readConfig } from '../config.ts';
import type { Deps } from '../deps.ts';
import { createAssets, type Assets } from '../lib/assets.ts';
import { createSend } from '../lib/net-guard.ts';
import { createLog } from '../lib/log.ts';
import { createTally } from '../lib/tally.ts';
import { createPasswords } from '../lib/secrets/passwords.ts';
import { openKeyRing } from '../lib/secrets/seal.ts';
import { createMediaUrls, type MediaUrls } from '../media/public-url.ts';
import { createStorage } from '../media/storage.ts';
import { providers as allProviders } from '../providers/all.ts';
import type { Provider } from '../providers/contract.ts';
import { registryOf } from '../providers/index.ts';
import { settingNames } from '../providers/setups.ts';
import { createEngine } from '../publishing/engine.ts';
import { createIo } from '../publishing/io.ts';
import { loadSettings } from '../settings.ts';
import { createServer } from '../web/server.ts';
import { scratch } from './scratch.ts';
import { testStore } from './store.ts';

export interface TestApp {
  server: FastifyInstance;
  deps: Deps;
  urls: MediaUrls;
  /** The data directory, which the database, the media and the logs are in. */
  dir: string;
  /** The database, for what no store method does. */
  file: string;
  /** Everything that was logged, as text. */
  logged(): string;
  close(): Promise<void>;
}

/** The whole web over a real store and real files, without a port and without a clock; `assets` where the built pages are, none unless told. */
export async function testApp(env: Record<string, string> = {}, now: () => number = Date.now, networks: readonly Provider[] = allProviders, assets?: Assets): Promise<TestApp> {
  const dir = scratch();
  mkdirSync(join(dir, 'public'));
  const test = testStore(dir);
  const lines: string[] = [];
  const log = createLog({ level: 'info', out: (line) => void lines.push(line) });
  const config = readConfig({ REGISTRATION: 'open', DATA_DIR: dir, ...env });
  const ring = openKeyRing('a-key-for-tests-and-for-nothing-else');
  const storage = createStorage(join(dir, 'media'));
  const providers = registryOf(networks);
  const urls = createMediaUrls({ ring, publicUrl: config.publicUrl, anywhere: config.upstreams.size > 0, now });
  const settings = await loadSettings({ store: test.store, environment: config.environment, names: settingNames(providers) });
  const send = createSend(config.upstreams);
  const io = createIo({ store: test.store, storage, send, urls, setting: settings.get, now });
  const attempts = createTally();
  const engine = createEngine({ ended: (provider, outcome) => attempts.add(provider, outcome), store: test.store, providers, io, now, log, boot: 'test', alone: true, concurrency: 4 });
  const deps: Deps = {
    config, store: test.store, settings, providers, io, storage, passwords: createPasswords(), engine, now, log,
  };
  const server = await createServer(deps, { assets: assets ?? createAssets(dir), logger: log, ring, urls, send, attempts });
  return {
    server, deps, urls, dir, file: test.file, logged: () => lines.join(''),
    async close() {
      await server.close();
      test.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** A browser reduced to what matters here: cookies, and the token of the last page. */
export interface Visitor {
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Sends a form with the token of a page fetched before. */
  post(url: string, fields?: Record<string, string | string[]>, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Sends a multipart form with files. */
  upload(url: string, files: { name: string; filename: string; bytes: Buffer; type?: string }[], fields?: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  token(): Promise<string>;
  cookies: Map<string, string>;
}

export function visitor({ server }: Pick<TestApp, 'server'>): Visitor {
  const cookies = new Map<string, string>();
  const cookie = () => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const keep = (answer: LightMyRequestResponse) => {
    for (const { name, value, expires } of answer.cookies as { name: string; value: string; expires?: Date }[]) {
      if (value === '' || (expires && expires.getTime() < Date.now())) cookies.delete(name);
      else cookies.set(name, encodeURIComponent(value));
    }
    return answer;
  };
  const send = async (method: 'GET' | 'POST', url: string, headers: Record<string, string>, payload?: string | Buffer) =>
    keep(await server.inject({ method, url, headers: { cookie: cookie(), ...headers }, ...(payload !== undefined && { payload }) }));
  const visit: Visitor = {
    cookies,
    get: (url, headers = {}) => send('GET', url, headers),
    async token() {
      const page = await visit.get([...cookies.keys()].some((name) => name.endsWith('session')) ? '/settings' : '/login');
      const html = page.statusCode === 303 ? (await visit.get('/signup')).body : page.body;
      return /name="_csrf" value="([^"]+)"/u.exec(html)?.[1] ?? '';
    },
    async post(url, fields = {}, headers = {}) {
      const body = new URLSearchParams({ _csrf: await visit.token() });
      for (const [name, value] of Object.entries(fields)) for (const item of [value].flat()) body.append(name, item);
      return send('POST', url, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, body.toString());
    },
    async upload(url, files, fields = {}, headers = {}) {
      const boundary = 'x-test-boundary';
      const chunks: Buffer[] = [];
      for (const [name, value] of Object.entries({ _csrf: await visit.token(), ...fields })) {
        chunks.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`));
      }
      for (const { name, filename, bytes, type = 'application/octet-stream' } of files) {
        chunks.push(Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${filename}"\r\ncontent-type: ${type}\r\n\r\n`), bytes, Buffer.from('\r\n'));
      }
      chunks.push(Buffer.from(`--${boundary}--\r\n`));
      return send('POST', url, { 'content-type': `multipart/form-data; boundary=${boundary}`, ...headers }, Buffer.concat(chunks));
    },
  };
  return visit;
}

export const password = 'a walk along the harbour';

/** Signs a new person up and gives their browser. */
export async function signedUp(app: TestApp, email = 'ada@example.org'): Promise<Visitor> {
  const visit = visitor(app);
  const answer = await visit.post('/signup', { name: 'Ada', email, password, zone: 'Europe/Berlin' });
  if (answer.statusCode !== 303) throw new Error(`sign-up answered ${answer.statusCode}: ${answer.body.slice(0, 500)}`);
  return visit;
}
