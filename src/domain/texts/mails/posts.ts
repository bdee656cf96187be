import type { MailTexts } from './text.ts';

/** A post on one channel. */
interface Place {
  excerpt: string;
  network: string;
  channel: string;
}

export interface PostMails {
  published: Place & { when: string; url: string | null; postId: string };
  /** What went out on one day; `more` were left out. */
  digest: { day: string; items: (Place & { when: string; url: string | null })[]; more: number };
  failed: Place & { message: string; fix: string | null; postId: string };
  unconfirmed: Place & { message: string; postId: string };
  access_lost: { network: string; account: string; waiting: number };
  access_ending: { network: string; account: string; when: string; waiting: number };
}

const quoted = (excerpt: string) => (excerpt === '' ? [] : [{ quote: excerpt }]);
const posts = (n: number) => (n === 1 ? '1 post waits' : `${n} posts wait`);

/*
 * None of these is sent again after a doubt: the dashboard says the same, and a second mail about one failure reads as a
 * second failure.
 */
export const postMails: MailTexts<PostMails> = {
  published: {
    subject: ({ network }) => `Published on ${network}`,
    body: ({ excerpt, network, channel, when, url }) => [`Your post is out on ${network}, ${channel}, since ${when}.`, ...quoted(excerpt), ...(url === null ? [] : [url])],
    action: ({ postId }) => ({ label: 'See the post', path: `/posts/${postId}` }),
    list: 'published', inDoubt: 'leave', unverified: false, hours: 72,
  },
  digest: {
    subject: ({ day, items, more }) => (items.length + more === 1 ? `1 post went out on ${day}` : `${items.length + more} posts went out on ${day}`),
    body: ({ day, items, more }) => [
      `This went out for you on ${day}:`,
      { list: items.map(({ excerpt, network, channel, when, url }) => `${when}, ${network}, ${channel}${excerpt === '' ? '' : `: ${excerpt}`}${url === null ? '' : `\n${url}`}`) },
      ...(more > 0 ? [`And ${more} more.`] : []),
    ],
    action: () => ({ label: 'See all posts', path: '/posts' }),
    list: 'published', inDoubt: 'leave', unverified: false, hours: 72,
  },
  failed: {
    subject: ({ network }) => `Not published on ${network}`,
    body: ({ excerpt, network, channel, message, fix }) => [`This post was not published on ${network}, ${channel}.`, ...quoted(excerpt), message, ...(fix === null ? [] : [fix])],
    action: ({ postId }) => ({ label: 'Look at the post', path: `/posts/${postId}` }),
    list: 'trouble', inDoubt: 'leave', unverified: false, hours: 7 * 24,
  },
  unconfirmed: {
    subject: ({ network }) => `Is this out on ${network}? Look, and say so`,
    body: ({ excerpt, network, channel, message }) => [
      `Nobody can tell whether this post is out on ${network}, ${channel}. It is not sent again by itself, so that it is not out twice.`,
      ...quoted(excerpt), message, `Look at ${channel} on ${network}, then say here whether it is there.`,
    ],
    action: () => ({ label: 'Look and decide', path: '/unconfirmed' }),
    list: 'trouble', inDoubt: 'leave', unverified: false, hours: 7 * 24,
  },
  access_lost: {
    subject: ({ network }) => `Reconnect ${network}, so that posts go out`,
    body: ({ network, account, waiting }) => [
      `${network} no longer lets us publish for ${account}.`,
      waiting === 0 ? 'Nothing waits there at present.' : `${posts(waiting)} there. What comes due is kept and goes out when you have reconnected.`,
    ],
    action: () => ({ label: 'Reconnect', path: '/channels' }),
    list: 'access', inDoubt: 'leave', unverified: false, hours: 7 * 24,
  },
  access_ending: {
    subject: ({ network }) => `Access to ${network} ends soon`,
    body: ({ network, account, when, waiting }) => [
      `The access to ${account} on ${network} ends on ${when}, and ${network} does not let us renew it.`,
      waiting === 0 ? 'Reconnect before that, and nothing is interrupted.' : `${posts(waiting)} there. Reconnect before that, and nothing is interrupted.`,
    ],
    action: () => ({ label: 'Reconnect', path: '/channels' }),
    list: 'access', inDoubt: 'leave', unverified: false, hours: 7 * 24,
  },
};
