import type { FakeAnswer, LedgerEntry } from '../fake/server.ts';
import { blobsIn, cidOf, recordProblem, type StoredBlob } from './fake-lexicons.ts';

/** Thrown where a server would refuse. */
export class Refusal extends Error {
  readonly answer: FakeAnswer;
  constructor(status: number, error: string, message: string) {
    super(message);
    this.answer = { status, body: { error, message } };
  }
}

export interface PostRecord {
  $type: string;
  text: string;
  createdAt: string;
  langs?: string[];
  facets?: { index: { byteStart: number; byteEnd: number }; features: { $type: string; uri?: string; did?: string; tag?: string }[] }[];
  reply?: { root: { uri: string; cid: string }; parent: { uri: string; cid: string } };
  embed?: {
    $type: string;
    images?: { image: unknown; alt: string; aspectRatio?: { width: number; height: number } }[];
    video?: unknown;
    alt?: string;
    external?: { uri: string; title: string; description: string; thumb?: unknown };
  };
}

interface Put {
  repo: string;
  collection: string;
  rkey: string;
  record: PostRecord;
  swapRecord?: string | null;
}

export interface FakeRepo {
  put(input: Put): { uri: string; cid: string; validationStatus: string };
  get(query: { repo: string; collection: string; rkey: string }): { uri: string; cid: string; value: PostRecord };
  /** What is stored, by record key. */
  records: Map<string, { cid: string; value: PostRecord }>;
  /** As a server does with uploads that no record refers to for some hours. */
  forgetBlobs(): void;
}

/** The records of one account: writes as the reference server does them (@atproto/pds, putRecord, read 2026-11-24). */
export function fakeRepo(did: string, blobs: Map<string, StoredBlob>, ledger: LedgerEntry[]): FakeRepo {
  const records: FakeRepo['records'] = new Map();
  const uriOf = (rkey: string) => `at://${did}/app.bsky.feed.post/${rkey}`;
  const stored = (uri: string) => records.get(uri.split('/').at(-1) ?? '');

  return {
    records,
    forgetBlobs: () => blobs.clear(),
    put({ repo, collection, rkey, record, swapRecord }) {
      if (repo !== did) throw new Refusal(401, 'AuthenticationRequired', 'Authentication Required');
      if (collection !== 'app.bsky.feed.post') throw new Refusal(400, 'InvalidRequest', `the fake keeps no ${collection}`);
      if (!/^[2-7a-j][2-7a-z]{12}$/u.test(rkey)) throw new Refusal(400, 'InvalidRequest', `Invalid record key for ${collection}: ${rkey}`);
      const problem = recordProblem(collection, record) ?? facetProblem(record) ?? replyProblem(record, stored);
      if (problem !== null) throw new Refusal(400, 'InvalidRequest', `Invalid ${collection} record: ${problem}`);
      for (const { ref, mimeType, size, maxSize } of blobsIn(collection, record)) {
        const blob = blobs.get(ref);
        if (!blob) throw new Refusal(400, 'BlobNotFound', `Could not find blob: ${ref}`);
        if (blob.mimeType !== mimeType) throw new Refusal(400, 'InvalidMimeType', `Referenced Mimetype does not match stored blob. Expected: ${blob.mimeType}, Got: ${mimeType}`);
        if (blob.size !== size) throw new Refusal(400, 'InvalidSize', `Referenced Size does not match stored blob. Expected: ${blob.size}, Got: ${size}`);
        if (size > maxSize) throw new Refusal(400, 'InvalidRequest', `Invalid ${collection} record: This file is too large. It is ${size} bytes but the maximum size is ${maxSize} bytes.`);
      }
      const uri = uriOf(rkey);
      const cid = cidOf(canonical(record), 'dag-cbor');
      const current = records.get(rkey);
      if (current?.cid === cid) return { uri, cid, validationStatus: 'valid' };
      if (swapRecord !== undefined && swapRecord !== (current?.cid ?? null)) {
        throw new Refusal(400, 'InvalidSwap', `Record was at ${current?.cid ?? 'null'}`);
      }
      records.set(rkey, { cid, value: record });
      const entry: LedgerEntry = {
        id: uri, text: record.text, media: record.embed?.video ? [{ alt: record.embed.alt ?? '', kind: 'video' }] : (record.embed?.images ?? []).map(({ alt }) => ({ alt })),
        ...(record.reply && { replyTo: record.reply.parent.uri }),
      };
      // An overwritten post is lost: it leaves the ledger, so that a test sees it.
      const at = ledger.findIndex(({ id }) => id === uri);
      if (at === -1) ledger.push(entry);
      else ledger[at] = entry;
      return { uri, cid, validationStatus: 'valid' };
    },
    get({ repo, collection, rkey }) {
      if (repo !== did) throw new Refusal(400, 'InvalidRequest', `Could not find repo: ${repo}`);
      const found = records.get(rkey);
      const uri = `at://${did}/${collection}/${rkey}`;
      if (!found || uri !== uriOf(rkey)) throw new Refusal(400, 'RecordNotFound', `Could not locate record: ${uri}`);
      return { uri, ...found };
    },
  };
}

/** Beyond the lexicon: facets lie within the text, on whole letters, and side by side. */
function facetProblem({ text, facets = [] }: PostRecord): string | null {
  const bytes = Buffer.from(text);
  const starts = (at: number) => at === bytes.length || ((bytes[at] ?? 0x80) & 0xc0) !== 0x80;
  let end = 0;
  for (const { index: { byteStart, byteEnd } } of facets) {
    if (byteStart < end || byteEnd <= byteStart) return 'facets overlap or are empty';
    if (byteEnd > bytes.length || !starts(byteStart) || !starts(byteEnd)) return 'a facet cuts a letter or leaves the text';
    end = byteEnd;
  }
  return null;
}

/** Beyond the lexicon: what is answered is there, as it is said to be. */
function replyProblem({ reply }: PostRecord, stored: (uri: string) => { cid: string } | undefined): string | null {
  const wrong = reply && [reply.root, reply.parent].find(({ uri, cid }) => stored(uri)?.cid !== cid);
  return wrong ? `there is no ${wrong.uri} at ${wrong.cid}` : null;
}

/** JSON with its keys in order. Not DAG-CBOR, so the address is not the one a real server would give; it differs as theirs does. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`;
}
