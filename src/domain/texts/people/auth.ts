import { linkHours } from '../mails/account.ts';

/** Signing up, logging in, and what mailed links open. */
export const authTexts = {
  name: 'Name',
  email: 'E-mail',
  password: 'Password',
  newPassword: 'New password',
  passwordHelp: '8 characters or more.',
  // A sentence and no box to tick: it asks for nothing more to be sent, and a tick proves no age.
  age: 'By creating an account you say that you are at least 13 years old, or 16 where your law asks for it, and agree to the <terms>terms</terms>. The <privacy>privacy page</privacy> says what is kept of you.',
  logIn: 'Log in',
  toLogIn: 'To log-in',
  backToLogIn: '<a>Back to log-in</a>',
  toStart: 'To the start page',
  goOn: 'Go on',

  signUp: {
    title: 'Create your account',
    lead: 'A workspace of your own comes with it.',
    button: 'Create account',
    haveOne: 'You have an account already? <a>Log in</a>',
    closed: 'Registration is closed',
    closedSays: 'New accounts are made by invitation here. Ask whoever runs this instance, or a member of the workspace you want to join.',
  },

  login: {
    changed: 'The password is set. Log in with it.',
    codeOver: 'The time for the code was over, or too many were wrong. Log in again.',
    forgot: 'Forgot your password?',
    fresh: 'New here? <a>Create an account</a>',
  },

  code: {
    title: 'One more step',
    lead: 'Type the six digits that your app shows, or one of your recovery codes.',
    label: 'Code',
    anew: 'Begin anew',
  },

  forgot: {
    title: 'Choose a new password',
    lead: 'Tell us the e-mail address of your account. A link comes by mail.',
    button: 'Send the link',
    sent: 'Look into your mailbox',
    sentLead: 'If there is an account with this address, a mail with a link is on its way. The link works once, for one hour.',
    noMails: 'This instance sends no mails at present. Ask whoever runs it: they make you a link for a new one.',
    runIt: 'You run it? On its machine, {command} sets a new password.',
    nothing: 'Nothing there after some minutes? Look among unwanted mails, then <a>ask again</a>.',
  },

  reset: {
    title: 'Choose a new password',
    lead: 'Every session of yours ends with it.',
    button: 'Set the password',
    gone: 'This link no longer works',
    goneLead: 'It works once, for one hour, and the newest mail counts.',
    again: 'Ask for a new link',
  },

  verify: {
    title: 'Confirm your e-mail address',
    lead: 'One press, and mails about your posts reach you.',
    button: 'Confirm this address',
    gone: 'This link no longer works',
    goneLead: `It works once, for ${linkHours.verify} hours. Log in, and the banner on top sends a new one.`,
    done: 'Your address is confirmed',
    doneLead: 'Mails about your posts reach you from now on.',
    sent: 'A fresh link is on its way to you.',
  },

  invited: {
    hasAccount: (name: string) => `You are logged in as ${name} and have an account here already.`,
    loggedIn: (name: string, email: string) => `You are logged in as ${name}, ${email}.`,
    madeFor: (email: string) => ` The invitation was made for ${email}.`,
    accept: 'Accept',
    notYou: 'Not you? {out} and open the link again.',
    logOut: 'Log out',
    logInFirst: (email: string) => `There is an account for ${email}. Log in, then you can accept.`,
    emailHelp: 'You log in with it.',
    otherAddress: 'You have an account under another address? <a>Log in</a>',
  },
} as const;
