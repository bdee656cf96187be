import type { Io, Privacy, Setting, Setup } from '../contract.ts';
import { defaultVersion, versionOf } from './api.ts';
import { page, profile, type Product } from './product.ts';
import { review } from './review.ts';
import { checkClient } from './session.ts';

const version: Setting = {
  env: 'LINKEDIN_API_VERSION', label: 'API version', secret: false, optional: true, fallback: defaultVersion,
  help: `A year and month such as ${defaultVersion}. LinkedIn retires each about a year after its month; set a newer one then.`,
};

const console = { label: 'LinkedIn Developers', url: 'https://www.linkedin.com/developers/apps' };

const terms: Pick<Privacy, 'revokeAt' | 'links'> = {
  revokeAt: { label: 'Permitted services in LinkedIn\'s settings', url: 'https://www.linkedin.com/mypreferences/d/data-sharing-for-permitted-services' },
  links: [{ label: 'LinkedIn\'s privacy policy', url: 'https://www.linkedin.com/legal/privacy-policy' }],
};

export const profileSetup: Setup = {
  id: 'linkedin',
  name: 'LinkedIn',
  settings: [
    { env: 'LINKEDIN_CLIENT_ID', label: 'Client ID', secret: false, help: 'Tab Auth of the app.' },
    { env: 'LINKEDIN_CLIENT_SECRET', label: 'Client secret', secret: true, help: 'Tab Auth of the app: "Primary Client Secret".' },
    version,
  ],
  cost: 'Free, without a review, in ten minutes. LinkedIn lets each connection last 60 days; then its owner connects again.',
  approvalDays: 0,
  steps: [
    'Create an app. LinkedIn wants a page behind it: any page of yours does, and its admin confirms the app.',
    'In the tab Products add "Share on LinkedIn" and "Sign In with LinkedIn using OpenID Connect". Both are given at once.',
    'In the tab Auth add {callback:linkedin} under "Authorized redirect URLs for your app".',
    'Copy the client ID and secret from the same tab into the fields below.',
    'Pages are another product with an app of its own: see the card "LinkedIn pages".',
  ],
  console,
  scopes: [
    { scope: 'openid', why: 'Tells which LinkedIn account was connected.' },
    { scope: 'profile', why: 'Shows its name and picture beside the channel.' },
    { scope: 'w_member_social', why: 'Publishes the posts that were scheduled.' },
  ],
  test: (io) => test(profile, io),
  privacy: {
    kept: ['access token', 'member id', 'name', 'address of the profile picture', 'ids of the posts that were published'],
    statements: ['Posts, connections and messages of a profile are never read; the permissions do not allow it.'],
    ...terms,
  },
};

export const pageSetup: Setup = {
  id: 'linkedin-page',
  name: 'LinkedIn pages',
  settings: [
    { env: 'LINKEDIN_PAGE_CLIENT_ID', label: 'Client ID', secret: false, or: 'LINKEDIN_CLIENT_ID', help: 'Tab Auth of the app for pages. Empty: the app for profiles, if LinkedIn has given it the product.' },
    { env: 'LINKEDIN_PAGE_CLIENT_SECRET', label: 'Client secret', secret: true, or: 'LINKEDIN_CLIENT_SECRET', help: 'Tab Auth of the app for pages: "Primary Client Secret".' },
    version,
  ],
  cost: 'Free, but LinkedIn reviews the request and takes registered companies alone: days for the first step, more for the second. Connections last 60 days, or a year where LinkedIn gives its partners refresh tokens.',
  approvalDays: 28,
  steps: [
    'Create an app for pages alone: LinkedIn gives "Community Management API" only to an app without any other product, and one app for both would end a member\'s connection to the profile when the same member connects a page.',
    'Let a super admin of your company\'s page confirm the app: tab Settings, "Verify".',
    'In the tab Products request "Community Management API" and fill in the form; texts for it stand below. LinkedIn answers with the development tier, whose daily limits are small.',
    'In the tab Auth add {callback:linkedin-page} under "Authorized redirect URLs for your app".',
    'Copy the client ID and secret from the same tab into the fields below.',
    'When that is too small, request the standard tier in the same place: that is when LinkedIn wants to see a screencast.',
  ],
  console,
  scopes: [
    { scope: 'rw_organization_admin', why: 'Lists the pages on which a person may post. Nothing of a page is changed; LinkedIn gives this product no permission that only reads.' },
    { scope: 'w_organization_social', why: 'Publishes the posts that were scheduled.' },
    { scope: 'r_organization_social', why: 'After an interruption tells whether a post is out, so that it is not posted twice.' },
    { scope: 'w_organization_social_feed', why: 'Writes the first comment that was scheduled with a post.' },
    { scope: 'r_organization_social_feed', why: 'After an interruption tells whether that comment is out.' },
  ],
  test: (io) => test(page, io),
  privacy: {
    kept: ['access token, and a refresh token where LinkedIn gives one', 'member id', 'ids and names of the pages that were chosen', 'ids of the posts that were published'],
    statements: ['Posts and comments of a page are read only to find out whether one of ours is out, and are not kept. Members, followers and reactions are never read.'],
    ...terms,
  },
  review,
};

/** No person is needed: LinkedIn tells a known app about any token, and an unknown one nothing. */
async function test(product: Product, io: Io): Promise<string> {
  await checkClient(product, io);
  const of = versionOf(io);
  const ends = Date.UTC(Number(of.slice(0, 4)) + 1, Number(of.slice(4, 6)) - 1, 1);
  const soon = Number.isNaN(ends) || ends - io.now() < 60 * 24 * 60 * 60 * 1000;
  return `LinkedIn knows this app.${soon ? ` Its API version ${of} is at its end: set LINKEDIN_API_VERSION to a newer one.` : ''}`;
}
