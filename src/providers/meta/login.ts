import * as z from 'zod';
import { ProviderError, type Connected, type Field, type Io, type OAuthConnect } from '../contract.ts';
import { clientOf, consentUrl, requireScopes, tokenAnswer, type Client } from '../oauth.ts';
import { metaErrors } from './errors.ts';
import { dialogOrigin, graph, graphAsApp, graphOrigin, versionOf } from './graph.ts';
import { pagesOf, type PageQuery, type PageRow, type ReachedPage } from './pages.ts';

const errors = metaErrors([]);

/** Lets the businesses be asked for Pages that the person's own list lacks; asked for only where the person says so. */
const businessScope = 'business_management';

const fields: readonly Field[] = [{
  name: 'business', label: 'My Pages are in a business portfolio (Meta Business Suite)', kind: 'checkbox',
  help: 'Such Pages need one permission more. It is asked for only when this is ticked.',
}];

export interface FacebookLogin<Grant, Row extends PageRow> {
  /** Prefixes of the app's settings, the first that is set counts. */
  app: readonly [string, ...string[]];
  /** Without `business_management`. */
  scopes: readonly string[];
  /** `rerequest` asks again for what was once declined, `reauthorize` renews the 90 days of data access. */
  authType: 'rerequest' | 'reauthorize';
  /** How the Pages are asked for. */
  pages: PageQuery<Row>;
  /** Whether to ask until when the person's data may be read. */
  dataAccess?: true;
  /** What to keep. Throws `rejected` when there is nothing to publish to. */
  grantOf(session: Session<Row>): Pick<Connected<Grant>, 'grant' | 'expiresAt'>;
}

/** What a login brought. The person's own token has done its work by then and is not in here. */
export interface Session<Row extends PageRow> {
  /** App-scoped. */
  userId: string;
  pages: readonly ReachedPage<Row>[];
  /** Epoch ms; undefined when it never ends or was not asked for. */
  dataAccessEndsAt: number | undefined;
}

/**
 * Facebook Login ("Manually Build a Login Flow", 2026-03-10): a code becomes a short-lived token of the person, that a
 * long-lived one, that one token per Page. PKCE is documented for the OpenID flow alone, so there is none.
 */
export function facebookLogin<Grant, Row extends PageRow>(login: FacebookLogin<Grant, Row>): OAuthConnect<Grant> {
  return {
    kind: 'oauth2',
    fields,

    async authorizeUrl({ input, redirectUri, state }, io) {
      const business = input['business'] ?? '';
      if (business !== 'on' && business !== '') throw new ProviderError({ kind: 'rejected', code: 'business', message: 'This can only be ticked or not.', fix: 'Tick it or leave it.' });
      const { id } = clientOf(io, ...login.app);
      // Apps with Facebook Login for Business have their permissions in a configuration, which is that of one app alone.
      const configuration = id === (io.setting('FACEBOOK_CLIENT_ID') ?? id) ? io.setting('META_LOGIN_CONFIG_ID') : undefined;
      const scope = [...login.scopes, ...(business === 'on' ? [businessScope] : [])].join(',');
      return {
        memo: null,
        url: consentUrl(`${dialogOrigin}/${versionOf(io)}/dialog/oauth`, {
          client_id: id, redirect_uri: redirectUri, state, response_type: 'code', auth_type: login.authType,
          ...(configuration === undefined ? { scope } : { config_id: configuration }),
        }),
      };
    },

    async exchange({ code, redirectUri }, io) {
      const app = clientOf(io, ...login.app);
      const token = await longLivedToken(io, app, { code, redirectUri });
      const granted = await grantedScopes(io, app, token);
      requireScopes(granted.join(','), login.scopes);
      const { id: userId, name } = (await graph(io, { method: 'GET', path: 'me', query: { fields: 'id,name' }, app, token, errors })).read(person);
      const session = {
        userId,
        pages: await pagesOf(io, app, token, login.pages, granted.includes(businessScope)),
        dataAccessEndsAt: login.dataAccess ? await dataAccessEnd(io, app, token) : undefined,
      };
      return { account: { id: userId, name }, ...login.grantOf(session) };
    },
  };
}

const person = z.object({ id: z.string().min(1), name: z.string() });

/** GET is how Meta documents both calls; queries are in no evidence. */
async function longLivedToken(io: Io, { id, secret }: Client, { code, redirectUri }: { code: string; redirectUri: string }): Promise<string> {
  const ask = async (query: Record<string, string>, secrets: readonly string[]) => (await io.http({
    method: 'GET', url: `${graphOrigin}/${versionOf(io)}/oauth/access_token`, errors,
    query: { client_id: id, client_secret: secret, ...query }, secrets: [secret, ...secrets],
  })).read(tokenAnswer).access_token;
  const short = await ask({ redirect_uri: redirectUri, code }, [code]);
  return ask({ grant_type: 'fb_exchange_token', fb_exchange_token: short }, [short]);
}

async function grantedScopes(io: Io, app: Client, token: string): Promise<string[]> {
  const answer = await graph(io, { method: 'GET', path: 'me/permissions', app, token, errors });
  const { data } = answer.read(z.object({ data: z.array(z.object({ permission: z.string(), status: z.string() })) }));
  return data.filter(({ status }) => status === 'granted').map(({ permission }) => permission);
}

/** Zero stands for never. */
async function dataAccessEnd(io: Io, app: Client, token: string): Promise<number | undefined> {
  const answer = await graphAsApp(io, { method: 'GET', path: 'debug_token', query: { input_token: token }, app, errors });
  const { data } = answer.read(z.object({ data: z.object({ data_access_expires_at: z.number().nullish() }) }));
  return data.data_access_expires_at ? data.data_access_expires_at * 1000 : undefined;
}

/**
 * Takes the app away from the person's account: of every product at once, which is why it is for the last connection of an
 * account. The app's own token does it, so that no token of the person is needed.
 */
export async function removeApp(io: Io, app: Client, userId: string): Promise<void> {
  await graphAsApp(io, { method: 'DELETE', path: `${encodeURIComponent(userId)}/permissions`, app, errors });
}
