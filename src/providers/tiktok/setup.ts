import { ProviderError, type Io, type Setup } from '../contract.ts';
import { isAudited } from './creator.ts';
import { reachText } from './reach.ts';
import { review } from './review.ts';
import { clientToken } from './session.ts';

export const setup: Setup = {
  id: 'tiktok',
  name: 'TikTok',
  settings: [
    { env: 'TIKTOK_CLIENT_ID', label: 'Client key', secret: false, help: 'In the app on developers.tiktok.com, under Credentials.' },
    { env: 'TIKTOK_CLIENT_SECRET', label: 'Client secret', secret: true, help: 'Beside the client key.' },
    {
      env: 'TIKTOK_AUDITED', label: 'Audited by TikTok', secret: false, optional: true, fallback: 'no',
      help: 'Enter yes once TikTok has passed the app\'s audit for Direct Post. Until then only private posts are offered.',
    },
  ],
  cost: 'Free. App review takes some days to two weeks. The audit for public posts is a second step, and TikTok refuses it to tools that only serve the accounts of their own operator: without it, at most five accounts a day can post, privately.',
  approvalDays: 14,
  steps: [
    'Register on developers.tiktok.com and create an app, with this instance\'s own name (no network\'s name in it), its website {url:/}, {url:/terms} and {url:/privacy}.',
    'Add the product Login Kit, choose Web, and enter the redirect URI {callback:tiktok}. It must begin with https.',
    'Add the product Content Posting API and switch Direct Post on.',
    'Add the scopes user.info.basic and video.publish, and no others.',
    'For photo posts: under URL properties verify this instance\'s domain by the DNS record that TikTok shows. TikTok fetches photos from {url:/m/} and takes no other way. A URL prefix can be verified instead, with the file that TikTok gives served from that place.',
    'Enter {url:/hooks/tiktok} as the callback URL under Webhooks: it tells of accounts that take the app off and of posts whose answer was lost.',
    'Copy the client key and the client secret into the fields below. A sandbox of the app, with your own account as a target user, works before any review.',
    'Submit the app for review. Once it is live, apply for the audit of Direct Post, and enter yes below when it has passed.',
  ],
  console: { label: 'developers.tiktok.com', url: 'https://developers.tiktok.com/apps/' },
  scopes: [
    { scope: 'user.info.basic', why: 'Shows the name and picture of the account, so that people see where a post goes.' },
    { scope: 'video.publish', why: 'Asks what the account may post just now, and publishes what was scheduled.' },
  ],
  addresses: [{ label: 'Webhook', path: '/hooks/tiktok' }, { label: 'Where TikTok fetches photos', path: '/m/' }],
  pulls: true,
  test,
  review,
  privacy: {
    kept: ['access token', 'refresh token', 'open id', 'display name', 'address of the profile picture'],
    statements: [
      'What an account may post, its user name among it, is read from TikTok while a post for it is composed and again when it is sent. Of this only the user name is kept, and only with the post: in the address of it and in the journal of its sending.',
      'Videos and photos are sent to TikTok when a scheduled post is due, and not before. Nothing is added to them.',
      'Disconnecting takes Post Master off the account at TikTok and deletes the tokens. The TikTok app does the same under Settings and privacy, Security and permissions, Apps and services permissions.',
    ],
    links: [{ label: 'Privacy policy of TikTok', url: 'https://www.tiktok.com/legal/privacy-policy' }],
  },
};

/** Client credentials need no user. An app that may not have such a token is still told apart from one that is unknown. */
async function test(io: Io): Promise<string> {
  await clientToken(io).catch((error: unknown) => {
    const refusedThis = error instanceof ProviderError && ['unauthorized_client', 'unsupported_grant_type', 'invalid_scope'].includes(error.failure.code);
    if (!refusedThis) throw error;
  });
  const audit = isAudited(io) ? 'Counted as audited: every audience is offered.' : 'Not counted as audited: only private posts are offered.';
  return `TikTok accepts the client key and secret. ${audit} ${await reachText(io)}`;
}
