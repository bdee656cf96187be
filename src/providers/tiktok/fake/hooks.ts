import { createHmac } from 'node:crypto';
import type { HookRequest } from '../../contract.ts';
import type { TikTokState } from './state.ts';

/** A call as TikTok's webhooks make it: signed with the client secret, its content a JSON text (Webhooks, copy of 2026-05-01). */
export function webhookCall(
  { client, user, now }: Pick<TikTokState, 'client' | 'user' | 'now'>, event: string, content: object, as: { openId?: string; secret?: string; at?: number } = {},
): HookRequest {
  const { openId = user.openId, secret = client.secret, at = Math.floor(now() / 1000) } = as;
  const body = Buffer.from(JSON.stringify({ client_key: client.id, event, create_time: at, user_openid: openId, content: JSON.stringify(content) }));
  const signature = createHmac('sha256', secret).update(`${at}.`).update(body).digest('hex');
  return { headers: { 'tiktok-signature': `t=${at},s=${signature}`, 'content-type': 'application/json' }, body, contentType: 'application/json' };
}
