import type { MailTexts } from './text.ts';

/** Sums and days come in words. */
export interface BillingMails {
  receipt: { number: string; amount: string; tax: string; on: string; link: string | null };
  payment_failed: { number: string; amount: string; until: string };
  trial_ending: { workspace: string; on: string; /** What begins then, with a card; null: nothing is chosen. */ plan: string | null };
  held: { workspace: string };
  resumed: { workspace: string };
}

const billing = (label: string) => () => ({ label, path: '/settings/billing' });

/** Everybody who pays gets them: they are about money, or about posts that do not go out. */
const always = { list: null, unverified: true, hours: null } as const;

export const billingMails: MailTexts<BillingMails> = {
  receipt: {
    subject: ({ number }, { instance }) => `Receipt ${number} from ${instance}`,
    body: ({ number, amount, tax, on, link }, { instance }) => [
      `${instance} received ${amount} on ${on} for bill ${number}. Tax in it: ${tax}.`, ...(link === null ? [] : [`The bill itself, to keep or to print:\n${link}`]), 'Thank you.',
    ],
    action: billing('See all bills'),
    // A receipt that comes twice looks like paying twice; the bill is on the page and at Stripe.
    ...always, inDoubt: 'leave',
  },
  payment_failed: {
    subject: ({ number }) => `The payment of bill ${number} failed`,
    body: ({ amount, until }) => [
      `${amount} could not be charged. It is tried again by itself.`, `Everything goes on until ${until}. If it is not paid by then, nothing more is sent; what you have stays.`,
      'Pay it or use another card, and nothing is interrupted.',
    ],
    action: billing('Pay or change the card'), ...always, inDoubt: 'again',
  },
  trial_ending: {
    subject: ({ on }, { instance }) => `Your trial of ${instance} ends on ${on}`,
    body: ({ workspace, on, plan }) => (plan === null
      ? [`The trial of ${workspace} ends on ${on}. Choose a plan to go on; what is left of the trial carries over.`, 'If you do nothing, nothing is charged and nothing is deleted. What is scheduled still goes out for the days of grace.']
      : [`The trial of ${workspace} ends on ${on}. From then on it is ${plan}, and your card is charged.`, 'If you do not want that, cancel before.']),
    action: billing('See plans and billing'), ...always, unverified: false, inDoubt: 'leave', hours: 72,
  },
  held: {
    subject: (_, { instance }) => `Nothing is sent any more by ${instance}`,
    body: ({ workspace }) => [`The days of grace of ${workspace} are over, so its scheduled posts wait. They are not lost and nothing is deleted.`, 'As soon as it is paid for, they go on.'],
    action: billing('See plans and billing'), ...always, inDoubt: 'again',
  },
  resumed: {
    subject: (_, { instance }) => `Your posts go out again at ${instance}`,
    body: ({ workspace }) => [`${workspace} is paid for, and what waited goes on. What is more than a day late waits for your word.`],
    action: () => ({ label: 'Look at the posts', path: '/posts?show=scheduled' }), ...always, inDoubt: 'leave', hours: 72,
  },
};
