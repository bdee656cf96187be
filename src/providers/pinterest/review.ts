import type { Review } from '../contract.ts';

/** What Pinterest's review for Standard access asks (docs/getting-started/access-tiers, read 2026-08). */
export const review: Review = {
  when: 'Trial access is given after a look at the form. Standard access, which Pins for everybody need, is given after Pinterest has seen a video of the app.',
  asks: [
    'The video shows the whole OAuth log-in: the button in the app, Pinterest\'s consent page with its permissions, and the way back.',
    'The video shows the integration at work: a Pin being made in the sandbox through the app, and the Pin on Pinterest.',
    'The website and the privacy policy are public and belong to whoever asks.',
    'The app makes new content of its users. Saving what others have made is not what this is for.',
  ],
  texts: [
    {
      title: 'What the app does',
      text: '{name} is a tool for scheduling posts. People connect their own Pinterest account, write a Pin with a picture, a carousel or a video, choose one of their boards and a time, and {name} creates the Pin at that time. It publishes only what its users made and scheduled, and neither saves Pins of others nor acts on its own.',
    },
    {
      title: 'Why each permission is needed',
      text: 'user_accounts:read shows which account is connected. boards:read lists the boards and sections to choose from. pins:read, pins:write and boards:write are what creating a Pin requires; pins:read also finds a Pin whose answer was lost, so that it is not made twice. Analytics, followers, advertising and secret boards are not asked for.',
    },
    {
      title: 'Data handling',
      text: 'Kept: the access token and refresh token (encrypted), and the account\'s id, name and profile picture address. All of it is deleted when the person disconnects the account or deletes theirs: {url}/privacy.',
    },
  ],
  screencast: [
    'Leave Standard access empty in the settings, and have one board in the sandbox.',
    'Open {url}, log in, open Channels and press Pinterest.',
    'Show Pinterest\'s consent page with every permission, press Give access, and show the account among the channels.',
    'Press New post, tick the account, add a picture, choose the board, enter title, text and link, and schedule it a minute ahead.',
    'Wait until it says Published, press Look, and show the Pin on the profile at pinterest.com.',
    'Open Channels, press Disconnect, and show that the account is gone.',
  ],
  pages: [
    { label: 'Privacy policy', path: '/privacy' },
    { label: 'Terms of service', path: '/terms' },
  ],
};
