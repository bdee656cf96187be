import { ProviderError, type OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes } from '../oauth.ts';
import { errors } from './errors.ts';
import { tokensFor, type Grant } from './session.ts';
import { channelAt, nameOf } from './targets.ts';
import { userinfo } from './wire.ts';

const scope = (name: string) => `https://www.googleapis.com/auth/${name}`;

/** What is asked for, in the order of the consent page; the first two are what publishing needs. */
export const scopes = [scope('youtube.upload'), scope('youtube.readonly'), scope('userinfo.profile'), scope('userinfo.email')] as const;

/** developers.google.com/identity/protocols/oauth2/web-server (read 2026-11-23). */
export const connect: OAuthConnect<Grant> = {
  kind: 'oauth2',
  fields: [],

  async authorizeUrl({ redirectUri, state, codeChallenge }, io) {
    const url = consentUrl('https://accounts.google.com/o/oauth2/v2/auth', {
      client_id: clientOf(io, 'GOOGLE').id, redirect_uri: redirectUri, response_type: 'code', scope: scopes.join(' '), state,
      // Without the consent page a second connection gets no refresh token; the account page is where a channel is chosen.
      access_type: 'offline', prompt: 'select_account consent',
      code_challenge: codeChallenge, code_challenge_method: 'S256',
    });
    return { url, memo: null };
  },

  async exchange({ code, redirectUri, codeVerifier }, io) {
    const { scope: granted, ...tokens } = await tokensFor(
      { grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: codeVerifier }, null, io);
    requireScopes(granted, scopes.slice(0, 2));
    const { id: userId } = (await io.http({
      method: 'GET', url: 'https://www.googleapis.com/oauth2/v2/userinfo', bearer: tokens.accessToken, errors,
    })).read(userinfo);
    const channel = await channelAt(tokens.accessToken, io);
    if (!channel) throw new ProviderError(noChannel);
    return {
      account: { id: userId, name: nameOf(channel) },
      grant: { ...tokens, userId, channelId: channel.id },
      ...(tokens.endsAt !== null && { expiresAt: tokens.endsAt }),
    };
  },
};

const noChannel = {
  kind: 'rejected', code: 'no_channel', message: 'This Google account has no YouTube channel.', fix: 'Create one at youtube.com, then connect again.',
} as const;
