import { ProviderError, type Io, type Setup } from '../contract.ts';
import { clientOf, type Client } from '../oauth.ts';
import * as z from 'zod';
import { metaErrors } from './errors.ts';
import { defaultVersion, graphAsApp, versionOf } from './graph.ts';
import { review } from './review.ts';

const name = 'Meta';

/** One card for what one app at Meta serves: Pages and Instagram. */
export const setup: Setup = {
  id: 'meta',
  name,
  settings: [
    { env: 'FACEBOOK_CLIENT_ID', label: 'App ID', secret: false, help: 'App settings > Basic.' },
    { env: 'FACEBOOK_CLIENT_SECRET', label: 'App secret', secret: true, help: 'App settings > Basic > Show.' },
    { env: 'INSTAGRAM_CLIENT_ID', label: 'App ID for Instagram', secret: false, optional: true, fallback: 'the app above', help: 'Only where Instagram has an app of its own.' },
    { env: 'INSTAGRAM_CLIENT_SECRET', label: 'App secret for Instagram', secret: true, optional: true, fallback: 'the app above', help: 'Only where Instagram has an app of its own.' },
    {
      env: 'META_LOGIN_CONFIG_ID', label: 'Login configuration', secret: false, optional: true, fallback: 'the permissions below',
      help: 'Only where the app for Facebook has Facebook Login for Business: the id of a configuration for user access tokens that has the permissions below.',
    },
    { env: 'META_GRAPH_VERSION', label: 'Graph API version', secret: false, optional: true, fallback: defaultVersion, help: `Such as ${defaultVersion}. Empty is right until Meta retires it.` },
  ],
  cost: 'Free. An hour to set up; works at once for people with a role in the app. For everybody else Meta reviews the app and verifies the business, which takes days to weeks.',
  approvalDays: 28,
  steps: [
    'Open the app dashboard and create an app of the type Business.',
    'Add the products "Facebook Login for Business" (or "Facebook Login") and, for Instagram, "Instagram" with the API setup with Facebook login.',
    'In the login product\'s settings put these under Valid OAuth Redirect URIs: {callback:facebook} and {callback:instagram}.',
    'In the same place put {url:/hooks/meta/deauthorize} under Deauthorize callback URL and {url:/hooks/meta/data-deletion} under Data Deletion Request URL.',
    'In App settings > Basic put {url:/privacy} under Privacy policy URL and {url:/terms} under Terms of Service URL, and copy App ID and App secret into the fields below.',
    'Turn on "Require app secret" in App settings > Advanced: every call is signed with it.',
    'Under App roles add everybody who shall use this before the review is through. Then switch the app to Live.',
  ],
  console: { label: 'Meta app dashboard', url: 'https://developers.facebook.com/apps/' },
  scopes: [
    { scope: 'pages_show_list', why: 'Shows the Pages that a person may choose from.' },
    { scope: 'pages_read_engagement', why: 'Publishing to a Page requires it, and tells whether an interrupted post is out.' },
    { scope: 'pages_manage_posts', why: 'Publishes the posts, Reels and Stories that were scheduled.' },
    { scope: 'instagram_basic', why: 'Shows which Instagram account belongs to a Page.' },
    { scope: 'instagram_content_publish', why: 'Publishes to that Instagram account.' },
    { scope: 'business_management', why: 'Finds Pages in a business portfolio; asked for only when a person says that theirs are in one.' },
  ],
  addresses: [
    { label: 'Deauthorize callback', path: '/hooks/meta/deauthorize' },
    { label: 'Data deletion callback', path: '/hooks/meta/data-deletion' },
  ],
  // Instagram fetches pictures; Pages need nothing of the kind.
  pulls: true,
  test,
  review,
  privacy: {
    kept: [
      'the access token of each Page', 'id and name of the Page; id, name and user name of the Instagram account', 'address of its profile picture',
      'the id by which Meta tells this app of a person who wants their data deleted',
    ],
    statements: [
      'The person\'s own access token is exchanged for the tokens of the Pages and is not kept after that.',
      'Text, links, images, videos, Reels and Stories are published to Pages; images, videos, Reels, carousels and Stories to Instagram professional accounts.',
      'Engagement, audience, followers and advertising accounts are neither read nor kept.',
    ],
    revokeAt: { label: 'Business integrations at Facebook', url: 'https://www.facebook.com/settings/?tab=business_tools' },
    links: [{ label: 'Privacy policy of Meta', url: 'https://www.facebook.com/privacy/policy/' }],
  },
};

/** Meta tells an app about its own token, which is its id and secret: no person is needed. Instagram's own app is asked for too. */
async function test(io: Io): Promise<string> {
  const own = ['INSTAGRAM_CLIENT_ID', 'INSTAGRAM_CLIENT_SECRET'].every((name) => io.setting(name) !== undefined);
  const names: string[] = [];
  for (const prefix of ['FACEBOOK', ...(own ? ['INSTAGRAM'] : [])]) names.push(await appNameOf(io, clientOf(io, prefix)));
  return `Meta answered for the app ${names.map((one) => `"${one}"`).join(' and the app ')}, Graph API ${versionOf(io)}.`;
}

async function appNameOf(io: Io, app: Client): Promise<string> {
  const answer = await graphAsApp(io, { method: 'GET', path: 'debug_token', query: { input_token: `${app.id}|${app.secret}` }, app, errors: metaErrors([]) })
    .catch((error: unknown) => { throw notAccepted(error, app); });
  const { data } = answer.read(z.object({ data: z.object({ is_valid: z.boolean(), application: z.string().nullish() }) }));
  if (!data.is_valid) throw notAccepted(undefined, app);
  return data.application ?? app.id;
}

/** Whatever Meta says about a pair that does not fit: it means one thing here. */
function notAccepted(error: unknown, { id }: Client): unknown {
  if (error instanceof ProviderError && (error.failure.kind === 'transient' || error.failure.kind === 'rate_limited' || error.failure.code === '2500')) return error;
  if (error !== undefined && !(error instanceof ProviderError)) return error;
  return new ProviderError({ kind: 'rejected', code: 'not_accepted', message: `Meta does not know the app id ${id} with its secret.`, fix: 'Copy both again from App settings > Basic.' });
}
