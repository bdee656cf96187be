import * as z from 'zod';
import type { MultipartPart } from '../body.ts';
import type { Io } from '../contract.ts';
import type { HttpAnswer, HttpRequest } from '../http.ts';
import { errors } from './errors.ts';

// What Discord answers (API v10, docs of 2026-08-06), as far as it is looked at. Ids are snowflakes and stay text.

export const api = 'https://discord.com/api/v10';

const id = z.string().regex(/^\d{5,20}$/u);

export const webhook = z.object({ id, type: z.number(), name: z.string().nullish(), guild_id: id.nullish(), channel_id: id.nullish() });

export const message = z.object({ id, channel_id: id });

/** A message in a channel's history. */
export const listed = message.extend({
  author: z.object({ id }), content: z.string(), attachments: z.array(z.unknown()).default([]), poll: z.unknown().optional(),
});

export const user = z.object({ id, username: z.string() });

export const guild = z.object({ id, name: z.string(), icon: z.string().nullish() });

export const channel = z.object({ id, type: z.number(), name: z.string().nullish() });

export interface Call extends Pick<HttpRequest, 'method' | 'query' | 'timeoutMs'> {
  /** Below the API's address. */
  path: string;
  secrets: readonly string[];
  authorization?: string;
  body?: { json: unknown } | { multipart: readonly MultipartPart[] } | { form: Record<string, string> };
}

/** Discord turns away callers that do not say who they are in its own form (reference, "User Agent"). */
export function call(io: Io, { path, authorization, ...request }: Call): Promise<HttpAnswer> {
  return io.http({
    ...request, url: `${api}${path}`, errors,
    headers: {
      'user-agent': `DiscordBot (${io.setting('PUBLIC_URL') ?? 'http://localhost:3000'}, 1.0)`,
      ...(authorization !== undefined && { authorization }),
    },
  });
}

