/** What is refused of help with another person's log-in. */
export const accountRefusals = {
  gone: 'This account is no longer there.',
  own: 'This is your own account. Change it under Settings, Security.',
  noSecondStep: 'The second step of this account is off already.',
} as const;
