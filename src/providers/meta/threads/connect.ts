import * as z from 'zod';
import type { Io, OAuthConnect } from '../../contract.ts';
import { clientOf, consentUrl, type Client } from '../../oauth.ts';
import { errors } from './errors.ts';
import { grantOf, type Grant } from './session.ts';
import { consent, longToken, origin, profile, threads } from './wire.ts';

const basic = ['threads_basic', 'threads_content_publish'] as const;

/** Whether answering one's own post needs a permission more is not documented; the operator can have it asked for. */
function scopesOf(io: Pick<Io, 'setting'>): string[] {
  return [...basic, ...(/^(?:on|true|yes|1)$/iu.test(io.setting('THREADS_MANAGE_REPLIES') ?? '') ? ['threads_manage_replies'] : [])];
}

export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields: [],

  /** No PKCE is documented ("Get access tokens", read 2026-11-23). */
  async authorizeUrl({ redirectUri, state }, io) {
    const { id } = clientOf(io, 'THREADS');
    return { memo: null, url: consentUrl(consent, { client_id: id, redirect_uri: redirectUri, scope: scopesOf(io).join(','), response_type: 'code', state }) };
  },

  /** A token of an hour, at once made into one of 60 days; the first is not kept. */
  async exchange({ code, redirectUri }, io) {
    const client = clientOf(io, 'THREADS');
    const short = await shortToken(io, client, code.replace(/#_$/u, ''), redirectUri);
    const long = (await io.http({
      method: 'GET', url: `${origin}/access_token`, errors, secrets: [client.secret, short],
      query: { grant_type: 'th_exchange_token', client_secret: client.secret, access_token: short },
    })).read(longToken);
    const { id, username } = (await threads(io, { method: 'GET', path: 'me', token: long.access_token, query: { fields: 'id,username' }, errors })).read(profile);
    return { account: { id, name: `@${username}` }, ...grantOf({ userId: id, ...long }, io.now()) };
  },
};

/** Read with care: `user_id` beside it is a number that no number holds. Refusals have a shape of their own here. */
async function shortToken(io: Io, { id, secret }: Client, code: string, redirectUri: string): Promise<string> {
  const answer = await io.http({
    method: 'POST', url: `${origin}/oauth/access_token`, secrets: [secret, code],
    errors: {
      read: (json) => {
        const { error_message: message, code: number } = z.object({ error_message: z.string().optional(), code: z.unknown() }).safeParse(json).data ?? {};
        return message === undefined ? errors.read(json) : { code: `oauth_${String(number)}`, message };
      },
      rules: [
        { code: 'oauth_400', kind: 'rejected', message: 'The log-in took too long or was used twice.', fix: 'Connect again.' },
        { code: '101', kind: 'rejected', message: 'Threads does not know this instance\'s app.', fix: 'Whoever runs it checks the Threads app id and secret.' },
        ...errors.rules,
      ],
    },
    body: { form: { client_id: id, client_secret: secret, grant_type: 'authorization_code', redirect_uri: redirectUri, code } },
  });
  return answer.read(z.object({ access_token: z.string().min(1) })).access_token;
}
