import { createServer } from 'node:http';
import sharp from 'sharp';
import type { Assets } from '../../lib/assets.ts';
import { providers } from '../../providers/all.ts';
import type { Composing } from '../../providers/contract.ts';
import type { Post } from '../../store/posts.ts';
import { signedUp, testApp, type TestApp, type Visitor } from '../app.ts';
import { readPage, type ReadPage } from './html.ts';
import { richAnswer, richProvider } from './rich.ts';
import { seedChannel, seedVideo } from '../world.ts';

export type Fields = Record<string, string | string[]>;

/** A workspace to compose in: the sandbox and a channel of the richest network, a picture, a wide one, and a video's row. */
export interface Stage {
  app: TestApp;
  ada: Visitor;
  workspaceId: string;
  rich: string;
  sandbox: string;
  picture: string;
  wide: string;
  video: string;
  /** What the rich network says; a minute passes, so that it is asked anew. */
  says: (answer: () => Promise<Composing>) => void;
  setNow: (now: number) => void;
  now: () => number;
  /** Sends the composer's form and reads what comes back. */
  page: (fields: Fields, url?: string) => Promise<ReadPage & { status: number; to: string; body: string }>;
  opened: (url: string) => Promise<ReadPage>;
  /** The post that an address belongs to. */
  savedAs: (url: string) => Promise<Post | undefined>;
  upload: (filename: string, width: number, height: number) => Promise<string>;
  /** A site on the web with one picture, at https://files.test; held, it answers when it is let go. */
  site: { hold: () => () => void };
  close: () => Promise<void>;
}

export async function stage({ assets, env = {} }: { assets?: Assets; env?: Record<string, string> } = {}): Promise<Stage> {
  let answer = async () => richAnswer;
  let at = Date.UTC(2026, 10, 24, 8);
  const now = () => at;
  const site = await startSite();
  const app = await testApp({ ...env, UPSTREAMS: [`https://files.test=${site.origin}`, env['UPSTREAMS']].filter(Boolean).join(',') }, now, [...providers, richProvider(() => answer())], assets);
  const ada = await signedUp(app);
  const { store } = app.deps;
  const user = await store.people.userByEmail('ada@example.org');
  const userId = user?.id ?? '';
  const workspaceId = (await store.people.workspacesOf(userId))[0]?.id ?? '';
  const sandbox = (await store.channels.list(workspaceId))[0]?.id ?? '';
  const target = { remoteId: 'r', name: 'Harbour', handle: '@harbour', url: null, avatarUrl: null };
  const { channelId: rich } = await seedChannel(store, 'rich', { grant: {}, target }, { userId, workspaceId });
  const upload = async (filename: string, width: number, height: number) => {
    const bytes = await sharp({ create: { width, height, channels: 3, background: '#3a6ea5' } }).jpeg().toBuffer();
    const sent = await ada.upload('/media', [{ name: 'media', filename, bytes }], {}, { accept: 'application/json' });
    return sent.json<{ media: { id: string }[] }>().media[0]?.id ?? '';
  };
  return {
    app, ada, workspaceId, rich, sandbox, now, upload, site,
    async close() {
      await app.close();
      site.close();
    },
    picture: await upload('boat.jpg', 500, 400), wide: await upload('wide.jpg', 1200, 400), video: await seedVideo(store, workspaceId, { durationMs: 15_000 }),
    says: (next) => { answer = next; at += 61_000; },
    setNow: (next) => { at = next; },
    async page(fields, url = '/posts') {
      const sent = await ada.post(url, fields);
      return { status: sent.statusCode, to: sent.headers.location ?? '', body: sent.body, ...readPage(sent.body) };
    },
    opened: async (url) => readPage((await ada.get(url)).body),
    savedAs: async (url) => store.posts.get(workspaceId, /^\/posts\/([\da-f-]{36})/u.exec(url)?.[1] ?? ''),
  };
}

async function startSite() {
  const picture = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#6a5acd' } }).jpeg().toBuffer();
  let held = Promise.resolve();
  const server = createServer((_request, response) => void held.then(() => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture)));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  // Whoever closes the app alone does not wait for it.
  server.unref();
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    hold: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => { held = Promise.resolve(); resolve(); };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
