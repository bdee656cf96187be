import { ProviderError, type Io, type Review, type Setup } from '../contract.ts';
import { tokensFor } from './session.ts';

const review: Review = {
  when: 'Google verifies the consent screen when others than you connect their channels (up to 100 people can without it, past a warning). YouTube\'s audit is another matter: until your project has passed it, every video uploaded through it stays private.',
  asks: [
    'A home page on a domain of your own, readable without logging in, that says what the app does and links the privacy policy.',
    'A privacy policy at the same domain that says what of Google\'s data is used, stored and shared, with the Limited Use statement.',
    'Why each scope is needed, and a video that shows the whole consent in English, with the client id in the address bar.',
    'For the audit: screenshots or a demo account, what happens with stored data, and the sentence about YouTube\'s terms where people upload.',
  ],
  texts: [
    {
      title: 'What the app does',
      text: '{name} ({url}) schedules posts. A person connects their own YouTube channel, writes title and description, chooses a video, its audience and a time, and {name} uploads that video to that channel at that time.',
    },
    {
      title: 'youtube.upload',
      text: 'Used only to upload the videos that the person scheduled, with their thumbnails, to the person\'s own channel (videos.insert, thumbnails.set). Nothing else on the channel is changed.',
    },
    {
      title: 'youtube.readonly',
      text: 'Shows the name and picture of the connected channel so that the person sees where a video goes (channels.list), offers the categories of its region (videoCategories.list), and checks after an interrupted upload whether the video has arrived and was processed (videos.list, playlistItems.list of the person\'s own uploads). Nothing of this is kept but the channel\'s id, name and picture.',
    },
    {
      title: 'userinfo.profile and userinfo.email',
      text: 'Tell which Google account a connection belongs to, so that connecting again renews that connection and disconnecting revokes the right one. The e-mail address is not stored.',
    },
    {
      title: 'Limited Use',
      text: 'The use that {name} makes of information received from Google APIs adheres to the Google API Services User Data Policy, including the Limited Use requirements. Tokens are encrypted, shared with nobody, and revoked and deleted when the person disconnects.',
    },
  ],
  screencast: [
    'Open {url} while logged out: the home page and the link to the privacy policy.',
    'Log in, open Channels, press Connect beside YouTube. Show Google\'s consent page in English with the app\'s name, the client id in the address bar and all scopes.',
    'Allow, and show the channel with its name and picture in the list.',
    'Write a post with a video: title, description, who can see it, made for kids, and the sentence about YouTube\'s terms. Schedule it.',
    'Show the published video in YouTube Studio.',
    'Disconnect the channel, and show at myaccount.google.com/permissions that the access is gone.',
  ],
  pages: [{ label: 'Home page', path: '/' }, { label: 'Privacy policy', path: '/privacy' }, { label: 'Terms', path: '/terms' }],
};

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
