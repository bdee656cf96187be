import type { Review } from '../contract.ts';

/** App review and the audit of Direct Post (App Review Guidelines, Content Sharing Guidelines; copy of 2026-05-01). */
export const review: Review = {
  when: 'App review is needed before accounts other than a sandbox\'s target users can connect. The audit of Direct Post is needed before anything but "Only me" can be posted. TikTok passes neither for apps that are for private use alone.',
  asks: [
    'A name and an icon of the app\'s own, without a reference to any social network.',
    'A public website that is more than a landing or log-in page, on the domain that the video shows, with the privacy policy and the terms linked where they can be seen.',
    'Every product and scope that is asked for, shown in use, from the first click to the post on TikTok.',
    'Audit, point 1: the account\'s nickname, fetched anew for each post; a stop when the account cannot post now; the length of the video checked against the account\'s limit.',
    'Audit, point 2: an audience that the person chooses, without a default; comment, duet and stitch off at first and greyed where the account has turned them off; photos with comment alone.',
    'Audit, point 3: the disclosure of commercial content off at first, with both choices and what each leads to; branded content never private.',
    'Audit, point 4: the declaration before the button, which changes with branded content.',
    'Audit, point 5: a preview, text that can be edited, no watermark, consent before anything is sent, a word that processing takes minutes, and the post\'s status.',
  ],
  texts: [
    {
      title: 'What the app does',
      text: '{name} ({url}) is a scheduler for social media. People write a post once, see how it will look on each network, choose when it goes out, and {name} publishes it then and shows what became of it.',
    },
    {
      title: 'Login Kit and user.info.basic',
      text: 'A person connects a TikTok account of theirs with Login Kit. We read its display name and avatar, so that the person sees which account a post will go to. We keep the open id, the display name, the avatar\'s address and the tokens, encrypted, until the account is disconnected; disconnecting revokes the token and deletes all of it.',
    },
    {
      title: 'Content Posting API and video.publish',
      text: 'When a person composes a video or photos for TikTok we query creator info, show the nickname, and offer the audiences that it returns, with none chosen. Comment, duet and stitch are off until the person turns them on. Commercial content can be disclosed as your guidelines describe, with the prompts and the declaration before the button. When the post is due we query creator info again: if the chosen audience is no longer offered, nothing is sent and the person is asked to choose again. Videos are sent with FILE_UPLOAD, photos with PULL_FROM_URL from our verified domain. We poll the status of each post and receive your webhooks, and show the person what became of it. Nothing is added to the content.',
    },
  ],
  screencast: [
    'Show {url} with its address bar, and the links to the privacy policy and the terms.',
    'Log in, open Channels, connect TikTok: show the whole consent page with both scopes, and the account in the list.',
    'Open New post, choose the TikTok channel: point at the nickname and at the audience, which is empty. Open the list: it is what creator info returned.',
    'Show comment, duet and stitch, all off, with one that the account has turned off in TikTok greyed. Switch the format to Photos: only comment is left.',
    'Add a video longer than the account may post: the problem is shown and the post cannot be scheduled.',
    'Turn the disclosure on and choose nothing: scheduling is refused with the reason. Choose Your brand, then Branded content: the label and the declaration change. Choose "Only me": branded content is refused.',
    'Show the preview, edit the text, read the declaration, press Publish now.',
    'Show the post\'s page: waiting for TikTok, then published. Open TikTok and show the post on the profile.',
    'Disconnect the account, and show in TikTok\'s settings that the app is gone.',
  ],
  pages: [
    { label: 'Website', path: '/' }, { label: 'Privacy policy', path: '/privacy' }, { label: 'Terms', path: '/terms' },
    { label: 'Data deletion', path: '/data-deletion' },
  ],
};
