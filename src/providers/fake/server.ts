import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/**
 * The ground a strict fake platform stands on: a real HTTP server on loopback, a ledger of what was really created, a log
 * of calls, and faults to order. The platform's own rules are in `handle`.
 */
export interface FakePlatform {
  /** The origin this stands in for, e.g. `https://bsky.social`; `upstreams` maps it to here. */
  origin: string;
  upstreams: ReadonlyMap<string, string>;
  /** What people would see, in order of creation. */
  ledger: LedgerEntry[];
  calls: { method: string; path: string; status: number | 'cut'; /** Of the body, as far as it came. */ bytes: number }[];
  /** Orders a fault for the calls it matches, `times` times (once unless told). */
  fault(fault: Fault): void;
  clearFaults(): void;
  /** After how many bytes of this body (`length` as announced) the connection breaks; undefined: it does not. */
  breakUpload?: (path: string, length: number) => number | undefined;
  /** How long a call lies around before it is handled, and its answer after (ms). */
  latency: () => number;
  close(): Promise<void>;
}

export interface LedgerEntry {
  id: string;
  text: string;
  /** Pictures and videos with their descriptions. */
  media: { alt: string; kind?: 'image' | 'video' }[];
  /** The entry this one answers, in a thread. */
  replyTo?: string;
}

export interface Fault {
  method?: string;
  /** Matched against path and query. */
  path?: RegExp;
  times?: number;
  kind:
    | { cut: 'before' } // the connection breaks before the call is handled
    | { cut: 'after' } // … after it was handled, without an answer
    | { cut: 'body' } // … in the middle of the answer
    | { answer: FakeAnswer } // answered like this instead of being handled
    | { lie: FakeAnswer } // handled, but answered like this
    | { silence: true } // handled, and never answered
    | { drip: number } // handled, answered one byte every so many ms
    | { cutRequest: number }; // the connection breaks when so many bytes of the body have come; handled with those, never answered
}

export interface FakeRequest {
  method: string;
  /** The host that the caller meant. */
  host: string;
  path: string;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** Empty, or its beginning, where only `bytes` and `sha256` are kept. */
  body: Buffer;
  bytes: number;
  /** Hex. */
  sha256: string;
  /** True when the connection broke before the whole body had come. */
  partial: boolean;
  json(): unknown;
  form(): URLSearchParams;
  /** Parts of a multipart body by name; a file has a filename. */
  multipart(): Promise<Map<string, string | File>>;
}

export interface FakeAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Objects go out as JSON, strings and bytes as they are. */
  body?: unknown;
}

export type FakeHandler = (request: FakeRequest) => FakeAnswer | Promise<FakeAnswer>;

/** Starts a fake for `origins` (the first is its name) on a free loopback port. */
export async function startFake(
  origins: readonly [string, ...string[]],
  handle: (platform: FakePlatform) => FakeHandler,
  /** Calls whose body is too large to be kept: it is counted and hashed. A number keeps that many bytes of its beginning. */
  tooLargeToKeep: (method: string, path: string) => boolean | number = () => false,
): Promise<FakePlatform> {
  const faults: (Fault & { left: number })[] = [];
  const upstreams = new Map<string, string>();
  const platform: FakePlatform = {
    origin: origins[0], upstreams, ledger: [], calls: [],
    latency: () => 0,
    fault: (fault) => void faults.push({ ...fault, left: fault.times ?? 1 }),
    clearFaults: () => void faults.splice(0),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
  const handler = handle(platform);
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(599).end(error instanceof Error ? (error.stack ?? error.message) : 'fake platform failed');
    });
  });
  async function serve(incoming: IncomingMessage, outgoing: ServerResponse) {
    const method = incoming.method ?? 'GET';
    const { pathname, search } = new URL(incoming.url ?? '/', 'http://fake');
    const fault = faults.find((f) => f.left > 0 && (f.method ?? method) === method && (f.path?.test(pathname + search) ?? true));
    if (fault) fault.left -= 1;
    const kind = fault?.kind;
    const broken = platform.breakUpload?.(pathname + search, Number(incoming.headers['content-length'] ?? 0));
    const most = broken ?? (kind && 'cutRequest' in kind ? kind.cutRequest : Number.POSITIVE_INFINITY);
    const tooLarge = tooLargeToKeep(method, pathname);
    const request = await readRequest(incoming, typeof tooLarge === 'number' ? tooLarge : tooLarge ? 0 : Number.POSITIVE_INFINITY, most);
    const log = (status: number | 'cut') => platform.calls.push({ method: request.method, path: request.path, status, bytes: request.bytes });
    if (kind && 'cut' in kind && kind.cut === 'before') {
      log('cut');
      incoming.socket.destroy();
      return;
    }
    if (kind && 'answer' in kind) {
      log(kind.answer.status);
      write(outgoing, kind.answer);
      return;
    }
    await pause(platform.latency());
    const answer = await handler(request);
    await pause(platform.latency());
    if (broken === undefined && kind && 'lie' in kind) {
      log(kind.lie.status);
      write(outgoing, kind.lie);
    } else if (broken !== undefined || (kind && 'cutRequest' in kind)) {
      log('cut');
      incoming.socket.destroy();
    } else if (kind && 'silence' in kind) {
      log('cut');
    } else if (kind && 'cut' in kind && kind.cut === 'after') {
      log('cut');
      incoming.socket.destroy();
    } else if (kind && 'cut' in kind) {
      log('cut');
      const text = textOf(answer);
      outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(text.length + 10) });
      outgoing.write(text.slice(0, Math.ceil(text.length / 2)), () => incoming.socket.destroy());
    } else if (kind && 'drip' in kind) {
      log(answer.status);
      outgoing.writeHead(answer.status, answer.headers);
      for (const byte of textOf(answer)) {
        if (outgoing.destroyed) return;
        outgoing.write(byte);
        await new Promise((resolve) => setTimeout(resolve, kind.drip));
      }
      outgoing.end();
    } else {
      log(answer.status);
      write(outgoing, answer);
    }
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  for (const origin of origins) upstreams.set(origin, `http://127.0.0.1:${port}`);
  return platform;
}

async function pause(ms: number) {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}

function write(outgoing: ServerResponse, answer: FakeAnswer) {
  const type = typeof answer.body === 'string' ? 'text/html' : 'application/json';
  outgoing.writeHead(answer.status, { 'content-type': type, ...answer.headers }).end(textOf(answer));
}

function textOf(answer: FakeAnswer): string | Buffer {
  if (answer.body === undefined) return '';
  if (Buffer.isBuffer(answer.body)) return answer.body;
  return typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
}

async function readRequest(incoming: IncomingMessage, keep: number, most: number): Promise<FakeRequest> {
  const chunks: Buffer[] = [];
  const hash = createHash('sha256');
  let bytes = 0;
  let ended = true;
  try {
    // Left early, the stream must stay open: the connection breaks only when this was handled.
    for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
      const piece = (chunk as Buffer).subarray(0, most - bytes);
      if (bytes < keep) chunks.push(piece.subarray(0, keep - bytes));
      bytes += piece.length;
      hash.update(piece);
      if (bytes >= most) break;
    }
  } catch {
    ended = false;
  }
  const body = Buffer.concat(chunks);
  const url = new URL(incoming.url ?? '/', 'http://fake');
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([k, v]) => [k, String(v)]));
  return {
    method: incoming.method ?? 'GET', host: headers['host'] ?? '', path: url.pathname, query: url.searchParams, headers, body, bytes,
    sha256: hash.digest('hex'), partial: !ended || bytes < Number(headers['content-length'] ?? 0),
    json: () => JSON.parse(body.toString('utf8')) as unknown,
    form: () => new URLSearchParams(body.toString('utf8')),
    multipart: async () => {
      const data = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type'] ?? '' } }).formData();
      return new Map(data);
    },
  };
}
