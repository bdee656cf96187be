/** What is said about plans, payment and Stripe. */
export const billingRefusals = {
  // Calls of Stripe
  nothingSoldHere: 'Nothing is sold here.',
  signatureOld: 'The signature is too old.',
  signatureWrong: 'The signature does not fit.',
  notReadBack: 'The state could not be read back. Send it again.',

  // Set-up
  secretKeyShape: 'A secret key of Stripe starts with sk_test_, sk_live_, rk_test_ or rk_live_.',
  signingSecretShape: 'A signing secret of Stripe starts with whsec_.',
  publishableKeyShape: 'A publishable key of Stripe starts with pk_test_ or pk_live_.',
  keyFinding: 'Key',
  keyWorks: 'Stripe takes it.',
  hookFinding: 'Webhook',
  hookSet: (hook: string) => `Stripe calls ${hook}.`,
  hookMissing: (hook: string) => `Add an endpoint at Stripe that calls ${hook}. Until then changes are seen when people come back and each night.`,
  stripeFinding: 'Stripe',
  settingMalformed: 'This is too long, or has a character in it that cannot be seen. Copy it once more.',
  priceFine: (price: string) => `${price} can be bought.`,
  priceArchived: (price: string) => `${price} is archived at Stripe. Correct it under Prices.`,
  priceUnknown: (price: string) => `${price} is not known to Stripe. Correct it under Prices.`,
  priceNotRecurring: (price: string) => `${price} is not a recurring price with an amount of its own. Correct it under Prices.`,

  // Choosing and changing
  planUnknown: 'Choose one of the plans.',
  subscribedAlready: 'This workspace has a subscription already. Change its plan instead.',
  planMissing: 'Choose a plan first.',
  priceChanged: 'What this costs has changed meanwhile. Look again and confirm.',
  nothingSold: 'Nothing is sold on this instance. Everything is allowed.',
  formBroken: 'This form was not whole. Reload the page and try again.',
  workspaceGone: 'This workspace is no longer there. Choose another one.',
  nothingToChange: 'There is no subscription to change. Choose a plan.',
  planAlready: 'This is your plan already.',
  billOpen: 'Pay the open bill first, then change the plan.',

  // Stripe
  notStripe: 'Something that is not Stripe answered.',
  cardDeclined: (message: string) => `The card was declined, and nothing was changed. ${message} Use another card, then try again.`,
  keyRefused: 'Stripe refuses the key of this instance. Nothing was changed. Ask whoever runs it.',
  pageOld: 'This page was open for too long. Reload it and try again.',
  requestRefused: 'Stripe did not take this, and nothing was changed. Reload the page and try again; if it stays, ask whoever runs this instance.',
  noAnswer: 'Stripe did not answer. Nothing is lost: if it went through all the same it shows here by itself. Try again in a moment.',

  // What a plan allows
  yourTrial: 'Your trial',
  yourPlan: 'Your plan',
  planWithoutApi: 'Your plan does not include the API. Choose a larger one.',
  storageFull: (yours: string, size: string, free: string) => `${yours} holds ${size} of media, and ${free} are free. Delete files that you no longer need, or choose a larger plan.`,
  full: (yours: string, most: string, counted: string, used: string) => `${yours} has room for ${most} ${counted}, and ${used} are in use. Choose a larger plan, or make room.`,
  counted: { channels: 'channels', members: 'members', scheduled: 'scheduled posts' },
  ended: {
    trial: 'The trial has ended, so nothing new can be added. What is here stays. Choose a plan to go on.',
    canceled: 'The subscription has ended, so nothing new can be added. What is here stays. Choose a plan to go on.',
    unpaid: 'The subscription is unpaid, so nothing new can be added. What is here stays. Choose a plan to go on.',
  },
  plansPage: 'Plans and billing',

  // Settings
  secretKey: 'Secret key',
  secretKeyHelp: 'From Stripe, Developers, API keys. It starts with sk_ or, restricted, with rk_.',
  signingSecret: 'Signing secret of the webhook',
  signingSecretHelp: 'From the webhook endpoint that you add at Stripe. It starts with whsec_.',
  publishableKey: 'Publishable key',
  publishableKeyHelp: 'Not needed while people pay on Stripe’s own pages, as they do here.',
  prices: 'Prices',
  pricesHelp: (plans: string) => `What sells which plan: plan:price, comma-separated, e.g. plus:price_1AbC,pro:price_2DeF. Plans: ${plans}. A plan may have several, one a month and one a year for example.`,
  stripeTax: 'Stripe Tax',
  stripeTaxHelp: '“on” has Stripe work out taxes; switch Stripe Tax on there first.',
  trialDays: 'Days of trial',
  trialDaysHelp: 'How long a new workspace may try it without a card.',
  graceDays: 'Days of grace',
  graceDaysHelp: 'How long scheduled posts still go out after a payment failed or a subscription ended.',
  daysMalformed: 'Give a whole number of days.',

  // Plans
  plusFor: 'For one person with a few accounts.',
  proFor: 'For those who publish for a living.',
  teamFor: 'For teams and agencies.',

  // What a plan gives, line by line
  channels: (n: string) => `${n} channels`,
  members: (n: string) => `${n} members`,
  scheduled: (n: string) => `${n} scheduled posts`,
  storage: (size: string) => `${size} of media`,
  noApi: 'no API',
  api: (n: string) => `API, ${n} requests an hour`,

  // Prices
  notAPlan: (planId: string, plans: string) => `“${planId}” is not a plan. The plans are ${plans}.`,
  notAPrice: (pair: string) => `“${pair}” does not name a price. Prices of Stripe start with price_.`,
  priceTwice: (priceId: string) => `${priceId} is there twice.`,
} as const;
