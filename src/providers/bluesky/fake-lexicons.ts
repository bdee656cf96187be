import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonToLex, Lexicons, type LexiconDoc } from '@atproto/lexicon';

/** The official definitions, copied into `lexicons/` with their licence. */
export const lexiconFolder = join(import.meta.dirname, 'lexicons');

const lexicons = new Lexicons(readdirSync(lexiconFolder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(readFileSync(join(lexiconFolder, file), 'utf8')) as LexiconDoc));

/** Written from the documentation (docs.bsky.app, app.bsky.actor.searchActorsTypeahead, read 2026-11-26): it is not among the copies. */
lexicons.add({
  lexicon: 1, id: 'app.bsky.actor.searchActorsTypeahead',
  defs: { main: {
    type: 'query', parameters: { type: 'params', properties: { q: { type: 'string' }, term: { type: 'string' }, limit: { type: 'integer', minimum: 1, maximum: 100 } } },
    output: { encoding: 'application/json', schema: { type: 'object', required: ['actors'], properties: { actors: { type: 'array', items: { type: 'ref', ref: 'app.bsky.actor.defs#profileViewBasic' } } } } },
  } },
});

/** As much of a definition as it takes to find what it does not name. References are absolute once they are loaded. */
interface Def {
  type: string;
  properties?: Record<string, Def>;
  items?: Def;
  ref?: string;
  refs?: string[];
  record?: Def;
  parameters?: Def;
  input?: { encoding: string; schema?: Def };
  output?: { schema?: Def };
  /** Of blobs. */
  maxSize?: number;
}

export interface StoredBlob {
  mimeType: string;
  size: number;
}

export function methodOf(nsid: string): Def | undefined {
  const def = lexicons.getDef(nsid) as unknown as Def | undefined;
  return def?.type === 'query' || def?.type === 'procedure' ? def : undefined;
}

/** What is wrong with the parameters or the input of a call, or null. Names that the definition does not have are wrong too. */
export function callProblem(nsid: string, kind: 'params' | 'input', value: unknown): string | null {
  const def = methodOf(nsid);
  const schema = kind === 'params' ? def?.parameters : def?.input?.schema;
  return problemOf(() => (kind === 'params' ? lexicons.assertValidXrpcParams(nsid, value) : lexicons.assertValidXrpcInput(nsid, value)))
    ?? strange(value, schema ?? { type: 'object', properties: {} }, kind);
}

/** What is wrong with an answer of the fake itself, or null. */
export function answerProblem(nsid: string, value: unknown): string | null {
  const schema = methodOf(nsid)?.output?.schema;
  if (!schema) return value === undefined ? null : 'an answer that nobody asked for';
  return problemOf(() => lexicons.assertValidXrpcOutput(nsid, jsonToLex(value))) ?? strange(value, schema, 'output');
}

/** What is wrong with a record, or null. */
export function recordProblem(collection: string, value: unknown): string | null {
  return problemOf(() => lexicons.assertValidRecord(collection, jsonToLex(value)))
    ?? strange(value, lexicons.getDefOrThrow(collection) as unknown as Def, 'Record');
}

/** Every blob in a record, with the most bytes it may have there. */
export function blobsIn(collection: string, value: unknown): { ref: string; mimeType: string; size: number; maxSize: number }[] {
  const found: { ref: string; mimeType: string; size: number; maxSize: number }[] = [];
  walk(value, lexicons.getDefOrThrow(collection) as unknown as Def, 'Record', (part, def) => {
    if (def.type !== 'blob') return null;
    const { ref, mimeType, size } = part as { ref: { $link: string }; mimeType: string; size: number };
    found.push({ ref: ref.$link, mimeType, size, maxSize: def.maxSize ?? Infinity });
    return null;
  });
  return found;
}

/** A version 1 CID by SHA-256: what blobs (raw) and records (dag-cbor) are called. */
export function cidOf(bytes: Uint8Array | string, codec: 'raw' | 'dag-cbor'): string {
  const digest = createHash('sha256').update(bytes).digest();
  return `b${base32(Buffer.concat([Buffer.from([1, codec === 'raw' ? 0x55 : 0x71, 0x12, 0x20]), digest]))}`;
}

function strange(value: unknown, schema: Def, path: string): string | null {
  return walk(value, schema, path, (part, def, at) => {
    if (typeof part !== 'object' || part === null || !def.properties) return null;
    const extra = Object.keys(part).find((key) => key !== '$type' && !def.properties?.[key]);
    return extra === undefined ? null : `${at}/${extra} is not known`;
  });
}

/** Visits a value beside its definition, depth first, until a visit gives a word of complaint. */
function walk(value: unknown, def: Def, path: string, visit: (part: unknown, def: Def, path: string) => string | null): string | null {
  const into = (uri: string) => walk(value, lexicons.getDefOrThrow(uri) as unknown as Def, path, visit);
  if (def.type === 'record' && def.record) return walk(value, def.record, path, visit);
  if (def.type === 'ref' && def.ref !== undefined) return into(def.ref);
  if (def.type === 'union') {
    const type = `lex:${String((value as { $type?: unknown }).$type)}`;
    return def.refs?.some((ref) => ref === type || ref === `${type}#main`) ? into(type) : `${path} must be one of ${def.refs?.join(', ')}`;
  }
  const complaint = visit(value, def, path);
  if (complaint !== null) return complaint;
  if (Array.isArray(value) && def.items) {
    for (const [i, item] of value.entries()) {
      const inner = walk(item, def.items, `${path}/${i}`, visit);
      if (inner !== null) return inner;
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(def.properties ?? {})) {
      const part = (value as Record<string, unknown>)[key];
      const problem = part === undefined || part === null ? null : walk(part, inner, `${path}/${key}`, visit);
      if (problem !== null) return problem;
    }
  }
  return null;
}

function problemOf(check: () => unknown): string | null {
  try {
    check();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'invalid';
  }
}

/** RFC 4648, lower case, unpadded. */
function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/gu) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('');
}
