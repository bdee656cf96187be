import { ProviderError, type Io, type Setup } from '../../contract.ts';
import { clientOf } from '../../oauth.ts';
import { errors } from './errors.ts';
import { origin } from './wire.ts';

/** A card of its own: the Threads use case has an id and a secret beside those of the app that it is in. */
export const setup: Setup = {
  id: 'threads',
  name: 'Threads',
  settings: [
    { env: 'THREADS_CLIENT_ID', label: 'Threads app ID', secret: false, help: 'App settings > Basic, under "Threads App ID". It is not the app\'s own ID.' },
    { env: 'THREADS_CLIENT_SECRET', label: 'Threads app secret', secret: true, help: 'App settings > Basic, under "Threads App secret".' },
    { env: 'THREADS_MANAGE_REPLIES', label: 'Ask for threads_manage_replies', secret: false, optional: true, fallback: 'off', help: 'Write "on" when Threads refuses the second part of a thread for want of a permission.' },
  ],
  cost: 'Free. Half an hour to set up; works at once for people with the role of a tester. For everybody else Meta reviews the app, which takes days to weeks.',
  approvalDays: 21,
  steps: [
    'Open the app dashboard, create an app and choose the use case "Access the Threads API".',
    'In the use case\'s settings put {callback:threads} under Redirect Callback URLs, {url:/hooks/meta/deauthorize} under Uninstall and {url:/hooks/meta/data-deletion} under Delete.',
    'Copy the Threads app ID and secret from App settings > Basic into the fields below.',
    'Under App roles add everybody as a Threads tester; they accept in their Threads settings, under Website permissions.',
  ],
  console: { label: 'Meta app dashboard', url: 'https://developers.facebook.com/apps/' },
  scopes: [
    { scope: 'threads_basic', why: 'Shows which profile is connected; every other permission requires it.' },
    { scope: 'threads_content_publish', why: 'Publishes the posts that were scheduled.' },
  ],
  addresses: [
    { label: 'Uninstall callback', path: '/hooks/meta/deauthorize' },
    { label: 'Delete callback', path: '/hooks/meta/data-deletion' },
  ],
  privacy: {
    kept: ['access token', 'id, user name and name of the profile', 'address of its picture'],
    statements: ['Nothing of the profile\'s followers, replies, insights or messages is read or kept.'],
    revokeAt: { label: 'Website permissions at Threads', url: 'https://www.threads.net/settings/account' },
  },
  // There is no upload: pictures and videos are fetched.
  pulls: true,
  test,
  review: {
    when: 'Not needed while everybody who connects is a tester of the app. Needed before anybody else connects.',
    asks: [
      'App settings > Basic is complete, with a privacy policy that names Threads.',
      'For each permission why it is needed, and a screencast that shows it in use.',
      'The reviewer can log in.',
    ],
    texts: [
      { title: 'threads_basic', text: '{name} shows the person which Threads profile they connected (id, user name, name, picture). Nothing else of the profile is read or kept.' },
      { title: 'threads_content_publish', text: 'The person writes a post with text, pictures, a video or a carousel in {name}, or a chain of posts, chooses the Threads profile and a time, and {name} publishes it at that time. {name} publishes only what the person scheduled.' },
    ],
    screencast: [
      'Open {url}, log in with the reviewer\'s account, open Channels and press Threads.',
      'Go through the whole consent page and allow both permissions.',
      'Press New post, write a text, add a picture, tick the profile, choose a time a minute ahead and press Schedule.',
      'Wait until the post says Published, and show it at threads.net.',
      'Open Channels, press Disconnect, and show that the channel is gone.',
    ],
    pages: [
      { label: 'Privacy policy', path: '/privacy' },
      { label: 'Terms of service', path: '/terms' },
      { label: 'Data deletion', path: '/data-deletion' },
    ],
  },
};

/** A code that nobody has: whoever knows the app complains of the code, and whoever does not, of the app. */
async function test(io: Io): Promise<string> {
  const { id, secret } = clientOf(io, 'THREADS');
  try {
    await io.http({
      method: 'POST', url: `${origin}/oauth/access_token`, secrets: [secret],
      errors: { read: (json) => ({ message: (json as { error_message?: string } | undefined)?.error_message ?? errors.read(json).message }), rules: [{ says: /code/iu, kind: 'rejected', message: 'code' }] },
      body: { form: { client_id: id, client_secret: secret, grant_type: 'authorization_code', redirect_uri: 'https://example.org/', code: 'none' } },
    });
  } catch (error) {
    if (!(error instanceof ProviderError) || error.failure.kind !== 'rejected') throw error;
    if (error.failure.message === 'code') return `Threads knows the app ${id}.`;
    throw new ProviderError({ kind: 'rejected', code: 'not_accepted', message: 'Threads does not know this app id with this secret.', fix: 'Copy both again from App settings > Basic.' });
  }
  return `Threads knows the app ${id}.`;
}
