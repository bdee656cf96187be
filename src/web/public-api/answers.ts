import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type * as z from 'zod';
import type { Problem } from '../../domain/limits.ts';
import { apiRefusals as t } from '../../domain/texts/refusals/api.ts';
import type { Registry } from '../../providers/index.ts';
import type { Channel } from '../../store/channels.ts';
import { KeyError } from '../session/key-header.ts';

/** A refusal with the sentence that the caller reads. */
export class ApiError extends Error {
  readonly statusCode: number;
  readonly more: object;
  constructor(statusCode: number, message: string, more: object = {}) {
    super(message);
    this.statusCode = statusCode;
    this.more = more;
  }
}

/** What is there no more, or belongs to somebody else: no difference can be seen. */
export function missing(what: string): ApiError {
  return new ApiError(404, t.notThere(what));
}

/** What was sent, in its shape; throws with everything that is wrong about it, a line each. */
export function parsed<T>(schema: z.ZodType<T>, sent: unknown): T {
  const read = schema.safeParse(sent);
  if (read.success) return read.data;
  const lines = read.error.issues.slice(0, 20).map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
  throw new ApiError(400, lines.join('\n'), { message: lines });
}

/**
 * What stands in the way of a post, on every network at once. `provider`, `name` and `message` are what clients of Postiz
 * show; `problems` has each by itself.
 */
export function refusal(problems: readonly Problem[], channels: ReadonlyMap<string, Channel>, providers: Registry): ApiError {
  const blocking = problems.filter(({ level }) => level !== 'warning');
  const list = blocking.map(({ field, message, channelId }) => {
    const channel = channelId === undefined ? undefined : channels.get(channelId);
    const provider = channel && providers.get(channel.provider);
    const own = channelId !== undefined && field.startsWith(`${channelId}.`) ? field.slice(channelId.length + 1) : field;
    return { integration: channelId ?? null, provider: provider ? (provider.dialect?.name ?? provider.id) : null, name: channel?.name ?? null, field: fieldOf(own), message };
  });
  const sentences = [...new Set(list.map(({ name, message }) => (name === null || message.startsWith(name) ? message : `${name}: ${message}`)))];
  const first = list.find(({ provider }) => provider !== null);
  return new ApiError(400, sentences.join('\n'), { provider: first?.provider ?? null, name: first?.name ?? null, problems: list });
}

/** Fields by the names that the caller sent them under. */
function fieldOf(field: string): string {
  return field
    .replace(/^part\.(\d+)\.alt\.(\d+)$/u, 'value.$1.image.$2.alt').replace(/^part\.(\d+)\.media$/u, 'value.$1.image').replace(/^part\.(\d+)\.wait$/u, 'value.$1.delay').replace(/^part\.(\d+)$/u, 'value.$1.content')
    .replace(/^option\./u, 'settings.').replace(/^wall$/u, 'date').replace(/^channels$/u, 'integration');
}

/** Everything below is JSON, whatever went wrong. */
export function answerAsJson(server: FastifyInstance) {
  server.setNotFoundHandler((_request, reply) => sendError(reply, 404, t.nothingHere));
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const status = error.statusCode ?? 500;
    if (error instanceof ApiError || error instanceof KeyError) return sendError(reply, status, error.message, 'more' in error ? error.more : {});
    if (status >= 500) request.log.error({ err: error }, 'a call of the public API failed');
    return sendError(reply, status, words(status));
  });
}

export function sendError(reply: FastifyReply, status: number, message: string, more: object = {}): FastifyReply {
  return reply.code(status).type('application/json; charset=utf-8').send(JSON.stringify({ statusCode: status, error: STATUS_CODES[status] ?? 'Error', message, msg: message, ...more }));
}

function words(status: number): string {
  switch (status) {
    case 403: return t.notAllowed;
    case 413: return t.bodyTooLarge;
    case 414: return t.addressTooLong;
    case 415: return t.wrongType;
    case 500: return t.broken;
    default: return status < 500 ? t.notUnderstood : t.notNow;
  }
}
