import { ProviderError, type Connected, type Io, type OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes } from '../oauth.ts';
import { userinfo } from './api.ts';
import type { Product } from './product.ts';
import { endOf, tokensFor, type Grant } from './session.ts';
import { organizationAt, rolesOf } from './targets.ts';
import { member, type Member } from './wire.ts';

/** LinkedIn's web flow has no PKCE (learn.microsoft.com, "Authorization Code Flow"): state and secret protect it. */
export function connectTo(product: Product): OAuthConnect<Grant> {
  return {
    kind: 'oauth2',
    fields: [],

    async authorizeUrl({ redirectUri, state }, io) {
      const { id } = clientOf(io, ...product.settings);
      const url = consentUrl('https://www.linkedin.com/oauth/v2/authorization', {
        response_type: 'code', client_id: id, redirect_uri: redirectUri, state, scope: product.scopes.join(' '),
      });
      return { url, memo: null };
    },

    async exchange({ code, redirectUri }, io): Promise<Connected<Grant>> {
      const { tokens, scope, idToken } = await tokensFor(product, { grant_type: 'authorization_code', code, redirect_uri: redirectUri }, io);
      requireScopes(scope, product.scopes);
      const who = product.id === 'linkedin' ? await memberOf(tokens.accessToken, idToken, io) : await editorOf(tokens, io);
      return { account: { id: who.member, name: who.name }, grant: { ...who, ...tokens }, expiresAt: endOf(tokens) };
    },
  };
}

type Who = Pick<Grant, 'member' | 'name' | 'picture'>;

/** From the ID token, which came straight from LinkedIn: a call with a token this new may be refused, and is rationed by app. */
async function memberOf(accessToken: string, idToken: string | null, io: Io): Promise<Who> {
  const { sub, name, given_name: given, family_name: family, picture } = claimsIn(idToken) ?? (await known(userinfo(io, accessToken))).read(member);
  const full = name?.trim() || [given, family].filter(Boolean).join(' ');
  return { member: `urn:li:person:${sub}`, name: full || 'LinkedIn member', picture: picture ?? null };
}

function claimsIn(idToken: string | null): Member | null {
  try {
    return member.parse(JSON.parse(Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** The scopes for pages show no name, so the connection is called after its pages; who it is stands in the roles. */
async function editorOf(tokens: Pick<Grant, 'accessToken' | 'issuedAt'>, io: Io): Promise<Who> {
  const [first, ...more] = await known(rolesOf(tokens, io));
  if (!first) {
    throw new ProviderError({
      kind: 'rejected', code: 'no_pages', message: 'This account may not post on any page.',
      fix: 'Ask an admin of the page for the role of content admin, then connect again.',
    });
  }
  const { name } = await known(organizationAt(first.organization, tokens, io));
  const others = more.length === 0 ? '' : ` and ${more.length} more`;
  return { member: first.roleAssignee, name: `${name}${others}`, picture: null };
}

/** The code is used up, so all that helps against a token that is not known everywhere yet is a new one. */
async function known<T>(call: Promise<T>): Promise<T> {
  return call.catch((error: unknown) => {
    if (!(error instanceof ProviderError) || error.failure.evidence?.status !== 401) throw error;
    const { code, evidence } = error.failure;
    throw new ProviderError({ kind: 'transient', reached: true, code, message: 'LinkedIn does not know its own answer yet.', ...(evidence && { evidence }) });
  });
}
