/** What is said about accounts, log-in, members and workspaces. */
export const peopleRefusals = {
  // Accounts
  cannotSuspend: 'This account cannot be suspended, or is suspended already.',
  notSuspended: 'This account is not suspended.',
  nameCorrected: 'Your name is corrected.',
  addressIsYours: 'This is your address already.',
  addressCorrected: 'Your e-mail address is corrected.',
  addressTaken: 'Another account has this address by now. Choose another one.',
  addressLinkOver: 'This link is no longer good. Ask for a new one in your profile.',
  resetTooOften: (n: number) => `A link was asked for too often. Wait ${n} min and try again.`,
  registrationClosed: 'Registration is closed on this instance. Ask its owner for an account.',
  accountExists: 'There is an account with this e-mail already. Log in instead.',
  nameMissing: 'Tell us your name.',
  nameTooLong: 'Use 100 characters or fewer.',
  emailMissing: 'Tell us your e-mail address.',
  emailMalformed: 'This does not look like an e-mail address. Look whether it is typed whole.',
  passwordTooShort: 'Use 8 characters or more. A few words are easy to remember.',
  passwordTooLong: 'Use 500 characters or fewer.',
  passwordGuessable: 'This is too easy to guess. Take a few words that have nothing to do with each other.',
  accountGone: 'This account is no longer there. Log in again.',
  tooManyTries: (n: number) => `Too many tries. Wait ${n} min and try again.`,
  passwordWrong: 'This is not your present password.',
  verifyTooOften: (n: number) => `The link was sent often already. Look among unwanted mails too; in ${n} min you can ask again.`,

  // Log-in
  logInMismatch: 'E-mail and password do not match. Try again, or set a new password.',
  codeWrong: 'This code does not fit, or was used before. Type the one that the app shows now, or a recovery code.',
  suspended: 'This account is suspended. Ask whoever runs this instance.',
  secondStepOnAlready: 'It is on already.',
  nothingToConfirm: 'There is nothing to confirm. Begin again.',
  confirmCodeWrong: 'This code does not fit. Type the six digits that the app shows now.',
  secretReplaced: 'This secret was replaced meanwhile. Begin again.',
  secondStepOff: 'The second step is off.',

  // Members
  roleUnknownHere: 'Choose a role from the list. Ownership is handed over below.',
  memberMissing: 'Choose a member.',
  memberGone: 'This person is no longer a member.',
  roleTooLow: 'Your role here does not allow this. Ask an owner.',
  lastOwner: 'A workspace needs an owner. Hand the ownership over first.',
  invitationOver: 'This invitation is no longer open. Ask whoever invited you for a new one.',
  accountExistsForInvitation: 'There is an account with this e-mail already. Log in with it, and this invitation opens again.',
  roleUnknown: 'Choose a role from the list.',
  mayNotInvite: 'You may no longer invite people here. Ask an admin.',
  memberAlready: 'This person is a member already.',
  accountExistsOnInstance: 'There is an account with this e-mail already.',
  invitationClosed: 'This invitation is no longer open. Invite the person again.',
  invitedJustNow: 'This address was invited a moment ago. Wait a minute before you invite it again.',
  tooManyWaiting: (mostWaiting: number) => `${mostWaiting} invitations wait for an answer already. Take some back first.`,
  tooManyMembers: (mostMembers: number) => `This workspace has ${mostMembers} members, which is the most it can have. Remove one first.`,

  // Workspaces
  workspaceName: 'Give the workspace a name of 1 to 100 characters.',
  zoneUnknown: 'Choose a time zone from the list.',
  tooManyOwned: (mostOwned: number) => `You own ${mostOwned} workspaces. Hand one over or delete one first.`,

  // Names
  somebody: 'Somebody',
} as const;
