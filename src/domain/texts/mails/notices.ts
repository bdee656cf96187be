import type { MailTexts } from './text.ts';

export interface NoticeMails {
  policy_change: { summary: string; effective: string; versionId: string };
  breach: { happened: string; data: string; done: string; todo: string; contact: string };
}

/** The operator's lines as paragraphs. */
const paragraphs = (text: string) => text.split(/\n\s*\n/u).map((part) => part.trim()).filter((part) => part !== '');

/*
 * Both must reach everybody: after a doubt they are sent again, for a notice twice is a nuisance and none is a breach of
 * duty. They go to addresses that nobody has confirmed too; they say nothing of the account.
 */
export const noticeMails: MailTexts<NoticeMails> = {
  policy_change: {
    subject: ({ effective }, { instance }) => `What ${instance} promises you changes on ${effective}`,
    body: ({ summary, effective }, { instance }) => [
      `The policy of ${instance} changes on ${effective}. This is what changes:`, { quote: summary },
      'With the link you can read now what will hold then, and what held before. If you do not agree, you can delete your account before that day.',
    ],
    action: ({ versionId }) => ({ label: 'Read what will hold', path: `/policy/${versionId}` }),
    list: null, inDoubt: 'again', unverified: true, hours: null,
  },
  breach: {
    subject: (_, { instance }) => `Important: about your data at ${instance}`,
    body: ({ happened, data, done, todo, contact }) => [
      'What happened:', ...paragraphs(happened), 'What data it concerns:', ...paragraphs(data), 'What we have done:', ...paragraphs(done),
      'What you can do:', ...paragraphs(todo), 'Whom to ask:', ...paragraphs(contact),
    ],
    action: () => ({ label: 'Write to us', path: '/contact' }),
    list: null, inDoubt: 'again', unverified: true, hours: null,
  },
};
