import { createHmac, timingSafeEqual } from 'node:crypto';
import { parseJson } from '../http.ts';
import type { Hook, HookEvent, HookRequest } from '../contract.ts';
import { clientOf } from '../oauth.ts';
import { refused } from './errors.ts';
import { heardOf } from './heard.ts';
import { postEvent, webhook } from './wire.ts';

/** How old or early a call may be (ms); TikTok leaves that to us. */
const tolerance = 5 * 60 * 1000;

/**
 * What TikTok tells about accounts and posts (Webhooks: Events, Verification; Get Post Status). It repeats what was not
 * answered with 200 for three days, so everything here may come twice. All events come, known or not.
 */
export const hook: Hook = async (request, io) => {
  const { id, secret } = clientOf(io, 'TIKTOK');
  if (!isGenuine(request, secret, io.now())) throw refused('signature', 'The call is not signed by TikTok.', 'Compare the client secret with the one in the TikTok app.');
  const told = webhook.safeParse(parseJson(request.body.toString('utf8'))).data;
  if (!told || told.client_key !== id) throw refused('not_ours', 'The call is not about this instance\'s app.', 'Compare the client key with the one in the TikTok app.');
  const { event, user_openid: accountId, content } = told;
  const events: HookEvent[] = [];
  if (accountId && event === 'authorization.removed') events.push({ kind: 'deauthorized', accountId });
  if (accountId && event.startsWith('post.publish.')) {
    const about = postEvent.safeParse(parseJson(content ?? '')).data;
    if (about) await heardOf(accountId, about.publish_id, io);
    events.push({ kind: 'nudge', accountId });
  }
  return { events };
};

/** `TikTok-Signature: t=SECONDS,s=HEX`, where s is HMAC-SHA256 of "t.body" with the client secret. */
function isGenuine({ headers, body }: HookRequest, secret: string, now: number): boolean {
  const pairs = new Map((headers['tiktok-signature'] ?? '').split(',').map((pair) => pair.trim().split('=', 2) as [string, string | undefined]));
  const [at, given] = [pairs.get('t') ?? '', pairs.get('s') ?? ''];
  if (!/^\d{1,12}$/u.test(at) || !/^[\da-f]{64}$/iu.test(given)) return false;
  const expected = createHmac('sha256', secret).update(`${at}.`).update(body).digest();
  return timingSafeEqual(expected, Buffer.from(given, 'hex')) && Math.abs(now - Number(at) * 1000) <= tolerance;
}
