import type { Review } from '../contract.ts';

/** support.google.com/cloud/answer/13463073 and developers.google.com/youtube/terms/developer-policies (read 2026-11-23). */
export const review: Review = {
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
