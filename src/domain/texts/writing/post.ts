import type { Remedy } from '../../posts/remedy.ts';

/** One post: what it says, where it goes, and what can be done where it did not go. */
export const postTexts = {
  untitled: 'Post',
  noTime: 'No time yet',
  edit: 'Edit',
  move: 'Move…',
  cancel: 'Cancel',
  remove: 'Delete',
  places: 'Where it goes',
  nowhere: 'Nowhere yet: this is a draft.',
  needsYou: (n: number) => (n === 1 ? '1 of these needs you' : `${n} of these need you`),
  noDescription: (name: string) => `${name}: no description`,
  contentDeleted: (days: number) =>
    `The content of this post was deleted on {day}: words and files are kept for ${days} days after a post has come to its end. When and where it went, and how it ended, stays. <kept>What is kept, and how long</kept>`,
  canceled: 'Canceled. Nothing of it went out.',
  deleted: (days: number) => `Deleted. It can be taken back for ${days} days.`,

  outSince: 'Out since {when}.',
  outSinceLate: (late: string) => `Out since {when}, ${late} after its time.`,
  seeIt: (network: string) => `See it on ${network}`,
  since: 'Since {when}',
  tried: (n: number) => (n === 1 ? 'Tried once.' : `Tried ${n} times.`),
  partsOut: (out: number, open: number) => `${out === 1 ? '1 part is' : `${out} parts are`} out already${open > 0 ? `, and of ${open} we cannot tell` : ''}. What is out is not sent again.`,

  /** The one thing to do, as its button says it. */
  act: {
    reconnect: 'Reconnect the channel', resume: 'Resume publishing', unfreeze: 'Unfreeze the workspace', pay: 'See the subscription',
    look: 'It is there', edit: 'Change it as a new post', retry: 'Try again', write: 'Write a new post',
  } satisfies Record<Remedy, string>,
  /** What it leads to, in a sentence beside the button. */
  why: {
    reconnect: 'Log in there once more. You come back to this page, and what is held goes on.',
    resume: 'What is due goes out then.',
    unfreeze: 'What is due goes out once that is lifted.',
    pay: 'What is due goes out once it is paid.',
    look: '',
    edit: 'It opens in the composer with all that is in it. Once that is scheduled, drop this one.',
    retry: 'It is sent as it is.',
    write: 'The words and files of this one are deleted.',
  } satisfies Record<Remedy, string>,
  /** For whoever may not do it. */
  ask: {
    reconnect: 'An admin of this workspace can reconnect the channel.', resume: 'An admin of this workspace can resume publishing.',
    unfreeze: 'An admin of this workspace can unfreeze it.', pay: 'An owner of this workspace can see to the subscription.',
    look: 'An editor of this workspace decides what becomes of it.', edit: 'An editor of this workspace can change it.',
    retry: 'An editor of this workspace can try it again.', write: 'An editor of this workspace can write a new one.',
  } satisfies Record<Remedy, string>,
  whoCan: 'See who that is',
  reconnectedSince: 'The channel is connected again since.',
  allFailedHere: 'All that failed on this channel',
  again: 'Try again',
  drop: 'Drop it',

  unconfirmedWhy: 'It was being sent when the answer got lost, so it may be out. It is not sent again until you say so.',
  partsBehind: 'Parts of the thread that come after it have not been sent. They go out only if you publish again.',
  lookFirst: 'Look at the channel, then say what you saw.',
  checkOn: (network: string) => `Check on ${network}`,
  itsAddress: 'It is there. Its address:',
  addressBegins: 'https://',
  notThere: 'It is not there: publish again',

  attempts: (n: number) => (n === 1 ? '1 attempt' : `${n} attempts`),
  attempt: (n: number) => `Attempt ${n}`,
  attemptAt: '{attempt} at {when}: {outcome}',
  outcome: { published: 'published', failed: 'failed', unconfirmed: 'unconfirmed', later: 'will be tried again', waiting: 'waits for the network', crashed: 'interrupted', running: 'under way' },
  stepAt: '{step} at {when}: {state}',
  step: { done: 'done', waiting: 'waiting', intended: 'begun, no answer' },
  asked: 'Asked',
  answered: 'Answered',
  answeredAs: (status: number) => `status ${status}`,
  noAnswer: 'nothing',
  requestId: 'Request id',
  code: 'Code',
  rawAnswer: 'The answer as it came',

  unconfirmedTitle: 'Unconfirmed',
  unconfirmedLead: 'These were being sent when the answer got lost, and the network cannot be asked. They are not sent again until you say so.',
  unconfirmedMore: (n: number) => (n === 1 ? '1 more comes up when you have decided about one of these.' : `${n.toLocaleString('en')} more come up as you decide about these.`),
  unconfirmedNone: 'Nothing waits for you here.',
  confirmed: 'Noted: it is published.',
  sentAgain: 'It is on its way again.',
  retried: 'It is tried again now.',
  dropped: 'Dropped.',
} as const;
