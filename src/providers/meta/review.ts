import type { Review } from '../contract.ts';

/** What Meta's App Review asks of an app that publishes (App Review, "Access verification", read 2026-09-11). */
export const review: Review = {
  when: 'Not needed while everybody who connects has a role in the app (administrator, developer or tester). Needed, with a verified business, before anybody else connects.',
  asks: [
    'App settings > Basic is complete: icon of 1024 by 1024, category, privacy policy, contact address, domain.',
    'The business is verified, and access is verified when others\' Pages are managed.',
    'Each permission was used once with success in the last 30 days, by somebody with a role in the app.',
    'For each permission: why it is needed, and a screencast of its own, at least 1080p, with the interface in English or with captions.',
    'The reviewer can log in: an account made for them, good for a year.',
    'Questions about data handling, answered once and again every year ("Data Use Checkup").',
  ],
  texts: [
    {
      title: 'pages_show_list',
      text: '{name} is a tool for scheduling posts. After logging in with Facebook, the person sees the Pages they manage and ticks those that {name} shall publish to. pages_show_list is used to show that list, and for nothing else.',
    },
    {
      title: 'pages_read_engagement',
      text: 'Publishing to a Page requires this permission. {name} also uses it to find out whether a post that was being sent when the connection broke has been published, so that it is not published twice. Engagement, followers and comments are neither read nor kept.',
    },
    {
      title: 'pages_manage_posts',
      text: 'The person writes a post with text, a link, photos or a video in {name}, chooses a Page and a time, and {name} publishes it to the Page at that time: as a post, a Reel or a Story. {name} publishes only what the person scheduled and changes nothing else on the Page.',
    },
    {
      title: 'instagram_basic',
      text: '{name} shows the person which Instagram professional account belongs to each of their Pages (id, user name, profile picture), so that they can choose where to publish. Nothing else of the account is read.',
    },
    {
      title: 'instagram_content_publish',
      text: 'The person schedules photos, videos, Reels, carousels or Stories in {name}, and {name} publishes them to the Instagram professional account that the person chose, at the time that the person set.',
    },
    {
      title: 'business_management',
      text: 'Pages that are managed through a business portfolio are missing from the list of the person\'s own Pages. When the person says that theirs are in one, {name} asks for this permission and uses it to list the Pages of their businesses, and for nothing else.',
    },
    {
      title: 'Data handling',
      text: 'Kept: the access token of each chosen Page (encrypted), its id, name and picture, and the app-scoped id of the person for the deletion callback. The person\'s own access token is exchanged for Page tokens and not kept. Everything is deleted when the person disconnects or deletes the account; {url}/hooks/meta/data-deletion is the deletion callback.',
    },
  ],
  screencast: [
    'Open {url}, log in with the reviewer\'s account, open Channels and press Facebook.',
    'Go through the whole consent dialog in English: log in, choose the Pages, and show each permission that is asked for.',
    'Back in {name}, tick a Page and press "Use these" (pages_show_list).',
    'Press New post, write a text, add a photo, tick the Page, choose a time a minute ahead and press Schedule (pages_manage_posts, pages_read_engagement).',
    'Wait until the post says Published, press Look, and show the post on the Page at facebook.com.',
    'For Instagram the same with an account that belongs to a Page (instagram_basic, instagram_content_publish), and the post at instagram.com.',
    'For business_management: open {url}/channels/connect/facebook, tick that the Pages are in a business portfolio, connect once more, and show a Page of the portfolio in the list.',
    'Open Channels, press Disconnect, and show that the channel is gone.',
  ],
  pages: [
    { label: 'Privacy policy', path: '/privacy' },
    { label: 'Terms of service', path: '/terms' },
    { label: 'Data deletion', path: '/data-deletion' },
  ],
};
