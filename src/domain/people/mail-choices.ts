import type { MailList } from '../texts/mails/text.ts';
import { names } from '../texts/names.ts';

/** How a person hears of posts that went out. */
export const publishedChoices = ['each', 'digest', 'off'] as const;
export type PublishedChoice = (typeof publishedChoices)[number];

/** Which mails a person wants. */
export interface MailChoices {
  published: PublishedChoice;
  /** A post was not published, or nobody knows whether it was. */
  trouble: boolean;
  /** The access to an account ends or has ended. */
  access: boolean;
}

/** What needs a person is mailed unless they say no; what went well comes once a day. */
export const usualChoices: MailChoices = { published: 'digest', trouble: true, access: true };

/** The hour of the workspace's day at which the daily mail goes. */
export const digestHour = 8;

/** Words for each, as the person and the page that turns them off read them. */
export const listWords: Record<MailList, string> = names.mailLists;

export function withoutList(choices: MailChoices, list: MailList): MailChoices {
  return list === 'published' ? { ...choices, published: 'off' } : { ...choices, [list]: false };
}
