import type { Review } from '../contract.ts';

/** learn.microsoft.com, "Community Management App Review" and "Increasing Access"; linkedin.com/help answer 139737 (read 2026-11-25). */
export const review: Review = {
  when: 'LinkedIn reviews every request for the Community Management API: the form and the company for the development tier, the app and a screencast for the standard tier. Profiles need none of it.',
  asks: [
    'A registered company and a commercial use. LinkedIn checks its legal name, registered address, website and privacy policy.',
    'A business e-mail address on the company\'s own domain, which is verified. Private addresses are refused.',
    'An app that a super admin of the company\'s page has confirmed. The page, its website and the e-mail address belong to the same company.',
    'A name and a logo without any part of "LinkedIn" or "Microsoft", so no "Linked" and no "In".',
    'A use that is on the list: page management, that is creating posts and comments for pages whose admins have consented.',
    'For the standard tier a screencast of the whole way, with the consent page of LinkedIn in it.',
  ],
  texts: [
    {
      title: 'Use case',
      text: '{name} at {url} is a social-media scheduler that we host for our own team. Admins and content admins of our LinkedIn pages connect a page, write a post, choose a time, and {name} publishes it at that time in the name of the page, with its pictures, video, document, poll or link, and if they wish with a first comment.',
    },
    {
      title: 'How each permission is used',
      text: 'rw_organization_admin: to list the pages on which the person may post, so that they can choose; nothing of a page is changed. w_organization_social: to publish the scheduled post. r_organization_social: to find out after an interruption whether the post was published, so that it is never published twice. w_organization_social_feed and r_organization_social_feed: the same for the first comment of the post.',
    },
    {
      title: 'What is stored',
      text: 'The access token (encrypted), the member id, the ids and names of the pages that were chosen, and the ids of the posts that were published. No data about members, followers or reactions is read or stored. Disconnecting a page deletes the token at once. See {url}/privacy and {url}/data-deletion.',
    },
  ],
  screencast: [
    'Open {url}, log in, and show the address bar.',
    'Open Channels, press "LinkedIn Page", and show the whole consent page of LinkedIn with the app\'s name and its permissions. Allow.',
    'Choose a page from the list and show that it stands under Channels.',
    'Write a post with a picture, choose the page and a time in two minutes, and fill in a first comment. Schedule.',
    'Wait until it is published, follow "See it", and show the post and its comment on the page.',
    'Disconnect the channel and say that the token is deleted with it.',
  ],
  pages: [
    { label: 'Privacy policy', path: '/privacy' },
    { label: 'Terms', path: '/terms' },
    { label: 'How data is deleted', path: '/data-deletion' },
  ],
};
