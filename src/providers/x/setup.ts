import { dollars } from '../../domain/billing/costs.ts';
import { ProviderError, type Setup } from '../contract.ts';
import { clientOf, tokenCall } from '../oauth.ts';
import { errors } from './errors.ts';
import { documented, priceSettings } from './prices.ts';
import { api } from './session.ts';

const price = (env: string, label: string, amount: number) => ({
  env, label, secret: false, optional: true, fallback: String(amount), help: `In US dollars, for what people are told before they schedule. X's list has ${dollars(amount)} (2026-11-25).`,
} as const);

export const setup: Setup = {
  id: 'x',
  name: 'X',
  settings: [
    { env: 'X_CLIENT_ID', label: 'Client ID', secret: false, help: 'Under "OAuth 2.0 Client ID and Client Secret" on the app\'s page "Keys and tokens".' },
    { env: 'X_CLIENT_SECRET', label: 'Client secret', secret: true, help: 'Shown once, beside the client ID. There is one only for an app of the type "Web App, Automated App or Bot".' },
    price(priceSettings.part, 'Price of a post', documented.part),
    price(priceSettings.partWithLink, 'Price of a post with a link', documented.partWithLink),
    price(priceSettings.description, 'Price of a description', documented.description),
  ],
  cost: `No review. X charges by use, from credits bought beforehand: ${dollars(documented.part)} for a post, ${dollars(documented.partWithLink)} for one with a link, ${dollars(documented.description)} for each description of a picture, $0.01 for connecting an account, and $0.005 for each post that has to be looked at after a lost answer. About ten minutes.`,
  approvalDays: 0,
  steps: [
    'Log in to the X developer console and accept the developer agreement.',
    'Buy credits under Billing, and set a spending limit. Without credits X refuses everything.',
    'Create an app. Its name is shown to people when they connect, and its website may be this instance.',
    'Open "User authentication settings" of the app and press "Set up".',
    'App permissions: "Read and write". Type of app: "Web App, Automated App or Bot".',
    'Callback URI: {callback:x} (exactly like this). Website URL: {url:/}',
    'Save, and copy the OAuth 2.0 client ID and client secret into the fields below. The API key and the bearer token are something else and are not needed.',
  ],
  console: { label: 'X developer console', url: 'https://console.x.com' },
  scopes: [
    { scope: 'tweet.write', why: 'Publishes the posts.' },
    { scope: 'tweet.read', why: 'X asks for it with every post. It is used to look whether a post is out when its answer was lost.' },
    { scope: 'users.read', why: 'Shows which account was connected, and whether it may write long posts.' },
    { scope: 'media.write', why: 'Uploads pictures, GIFs and videos with their descriptions.' },
    { scope: 'offline.access', why: 'Keeps the account connected: without it a connection ends after two hours.' },
  ],

  privacy: {
    kept: ['access token and refresh token', 'account id, name and user name', 'address of the profile picture', 'whether the account has a subscription', 'ids of the posts that were published'],
    statements: ['Posts of the account are read only to find out whether one of ours is out, and are not kept. Followers, messages, likes and lists are never read; the permissions do not allow it.'],
    revokeAt: { label: 'Connected apps at X', url: 'https://x.com/settings/connected_apps' },
    links: [{ label: 'Privacy policy of X', url: 'https://x.com/privacy' }],
  },

  /** X names an app it does not know before it looks at a code, so a code that nobody has tells which it is. */
  async test(io) {
    const form = { grant_type: 'authorization_code', code: 'test-of-the-settings', redirect_uri: 'https://example.com/', code_verifier: 'test-of-the-settings-with-forty-three-letters' };
    try {
      await tokenCall(io, { url: `${api}/2/oauth2/token`, form, client: clientOf(io, 'X'), auth: 'basic', errors });
    } catch (error) {
      if (error instanceof ProviderError && ['invalid_request', 'invalid_grant'].includes(error.failure.code)) {
        return 'X knows this app and its secret. Whether the callback address and the credits are right shows when an account is connected.';
      }
      throw error;
    }
    return 'X answered, in a way that says nothing about the app.';
  },
};
