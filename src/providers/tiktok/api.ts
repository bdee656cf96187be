import * as z from 'zod';
import type { Io } from '../contract.ts';
import { errors } from './errors.ts';
import type { Grant } from './session.ts';

export const api = 'https://open.tiktokapis.com';

/** A call to the API; with `json` a POST that carries it. Gives `data` of the envelope that every answer has. */
export async function ask<T>(
  io: Pick<Io, 'http'>, { accessToken }: Pick<Grant, 'accessToken'>, method: 'GET' | 'POST', path: string, data: z.ZodType<T>, json?: object,
): Promise<T> {
  const answer = await io.http({
    method, url: `${api}${path}`, bearer: accessToken, errors,
    // "Content-Type: application/json; charset=UTF-8" is required even where there is no body (Query Creator Info).
    ...(method === 'POST' && { headers: { 'content-type': 'application/json; charset=UTF-8' } }),
    ...(json && { body: { json } }),
  });
  return answer.read(z.object({ data, error: z.object({ code: z.literal('ok') }) })).data;
}
