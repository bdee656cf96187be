import type { FastifyInstance } from 'fastify';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import { ApiError } from './answers.ts';

/** Largest call but for files (bytes): text for a hundred channels is far less. */
export const bodyLimit = 4_000_000;
const deepest = 40;
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** Reads JSON strictly, and an empty body as none: clients say `application/json` of a DELETE without one. */
export function readJson(server: FastifyInstance) {
  server.removeContentTypeParser(['application/json', 'text/plain', 'application/x-www-form-urlencoded']);
  server.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (_request, body, done) => {
    try {
      done(null, jsonOf(body as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}

function jsonOf(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    throw new ApiError(400, t.notUtf8);
  }
  if (isDeeperThan(text, deepest)) throw new ApiError(400, t.tooDeep);
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(400, t.notJson);
  }
}

/** Told from the text: what walks the value later may recurse. */
function isDeeperThan(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const c = text.charCodeAt(i);
    if (quoted) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x5b || c === 0x7b) {
      depth += 1;
      if (depth > most) return true;
    } else if (c === 0x5d || c === 0x7d) depth -= 1;
  }
  return false;
}
