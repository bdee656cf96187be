import { ProviderError, type Io, type Setup } from '../contract.ts';
import { review } from './review.ts';
import { tokensFor } from './session.ts';

export const setup: Setup = {
  id: 'google',
  name: 'Google',
  settings: [
    { env: 'GOOGLE_CLIENT_ID', label: 'Client ID', secret: false, help: 'Ends in .apps.googleusercontent.com.' },
    { env: 'GOOGLE_CLIENT_SECRET', label: 'Client secret', secret: true, help: 'Shown once, when the client is made.' },
    {
      env: 'YOUTUBE_PROJECT_AUDITED', label: 'YouTube has audited the project', secret: false, optional: true, fallback: 'no',
      help: '"yes" once YouTube has confirmed it, or for a project from before 28 July 2020. Until then people are told that their videos stay private.',
    },
    {
      env: 'YOUTUBE_UPLOADS_PER_DAY', label: 'Uploads per day', secret: false, optional: true, fallback: '100',
      help: 'What YouTube allows the whole project between two midnights Pacific time. More can be asked for with the audit form.',
    },
  ],
  cost: 'Free. A client takes a quarter of an hour. The audit without which videos stay private takes YouTube some weeks, and so may the verification of the consent screen, which you need when more than 100 people connect.',
  approvalDays: 28,
  steps: [
    'Create a project in the Google Cloud console.',
    'Under APIs & Services, Library, enable "YouTube Data API v3".',
    'Under Google Auth Platform, Branding, enter a name, the home page {url:/}, the privacy policy {url:/privacy} and the terms {url:/terms}.',
    'Under Audience choose "External" and press "Publish app". While it stays in testing, every connection ends after 7 days and only listed test users can connect.',
    'Under Data access add the four scopes below.',
    'Under Clients create one of the type "Web application" with the redirect address {callback:youtube}, letter by letter.',
    'Copy its id and secret into the fields below.',
    'Ask YouTube to audit the project (support.google.com/youtube/contact/yt_api_form). When it has, set "YouTube has audited the project" to yes.',
  ],
  console: { label: 'Google Cloud console', url: 'https://console.cloud.google.com/auth/clients' },
  scopes: [
    { scope: 'https://www.googleapis.com/auth/youtube.upload', why: 'Uploads the scheduled videos and their thumbnails to the person\'s own channel.' },
    { scope: 'https://www.googleapis.com/auth/youtube.readonly', why: 'Shows which channel is connected, and looks whether an upload has arrived.' },
    { scope: 'https://www.googleapis.com/auth/userinfo.profile', why: 'Tells which Google account a connection belongs to.' },
    { scope: 'https://www.googleapis.com/auth/userinfo.email', why: 'The same, where an account is known by its address. It is not stored.' },
  ],
  test,
  review,
  privacy: {
    kept: ['access token', 'refresh token', 'Google user id', 'channel id', 'channel name', 'address of the profile picture'],
    statements: [
      'Videos go to YouTube through YouTube API Services. The permission to upload is used for the videos that a person scheduled, with their thumbnails, to that person\'s own channel; nothing else on the channel is read for its own sake or changed. Nothing of Drive, Gmail, Ads or Analytics is asked for.',
      'The e-mail address tells Google accounts apart while a channel is connected. It is not kept.',
      'The use of information received from Google APIs adheres to the Google API Services User Data Policy, including the Limited Use requirements: no advertising, no sale or transfer for other purposes, and no person reads it unless you allow it, security calls for it or the law does.',
      'Disconnecting a channel revokes the access at Google and deletes all stored Google tokens. Google ends the access of this instance to the whole account with it, so it is revoked with the last channel of an account; until then the tokens of the channel are deleted here.',
    ],
    revokeAt: { label: 'Google: your connections to third-party apps', url: 'https://myaccount.google.com/permissions' },
    links: [
      { label: 'Terms of Service of YouTube', url: 'https://www.youtube.com/t/terms' },
      { label: 'Privacy policy of Google', url: 'https://policies.google.com/privacy' },
      { label: 'Google API Services User Data Policy', url: 'https://developers.google.com/terms/api-services-user-data-policy' },
    ],
  },
};

/** A refresh token that nobody has: Google looks at the client first, and refuses the token only of one that it knows. */
async function test(io: Io): Promise<string> {
  try {
    await tokensFor({ grant_type: 'refresh_token', refresh_token: 'not-a-token' }, null, io);
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.code !== 'invalid_grant') throw error;
  }
  return 'Google knows this client. Whether the API is enabled and the redirect address is right shows when you connect a channel.';
}

/** Whether videos of this instance can be seen by others than their channel. Unsaid is no: that is what nobody is let down by. */
export function isAudited(io: Pick<Io, 'setting'>): boolean {
  return /^(?:yes|true|on|1)$/iu.test(io.setting('YOUTUBE_PROJECT_AUDITED')?.trim() ?? '');
}
