import type { MailTexts } from './text.ts';

export interface SupportMails {
  contact_received: { secret: string };
  support_reply: { text: string; path: string };
  support_new: { from: string; text: string; threadId: string };
}

export const supportMails: MailTexts<SupportMails> = {
  contact_received: {
    subject: (_, { instance }) => `${instance} has your message`,
    // Nothing of what was typed: the form sends this to whatever address stands in it.
    body: (_, { instance }) => [
      `Somebody, probably you, wrote to ${instance} and gave this address.`, 'The answer comes by mail. With the link you can read what was written and add to it; keep it to yourself.',
      'If it was not you, do nothing.',
    ],
    action: ({ secret }) => ({ label: 'Read the conversation', path: `/contact/${secret}` }),
    list: null, inDoubt: 'again', unverified: true, hours: 72,
  },
  support_reply: {
    subject: (_, { instance }) => `An answer from ${instance}`,
    body: ({ text }, { instance }) => [`${instance} has answered you:`, { quote: text }],
    action: ({ path }) => ({ label: 'Read and answer', path }),
    // Somebody waits for it: two are better than none.
    list: null, inDoubt: 'again', unverified: true, hours: null,
  },
  support_new: {
    subject: () => 'A message for you came in',
    body: ({ from, text }) => [`${from} wrote:`, { quote: text }],
    action: ({ threadId }) => ({ label: 'Read and answer', path: `/settings/inbox/${threadId}` }),
    list: null, inDoubt: 'leave', unverified: false, hours: 7 * 24,
  },
};
