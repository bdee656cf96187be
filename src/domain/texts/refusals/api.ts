/** What programs are told, and what is said about their keys. */
export const apiRefusals = {
  // Posts
  otherChannel: 'This post does not go to this channel.',

  fileGone: 'This file is not there. Upload it again.',
  fileUnknown: 'This file is not there. Upload it first, and send the id and the path that you got.',
  tooManyFetched: (mostFetched: number) => `At most ${mostFetched} files are fetched for one call. Upload the others first.`,

  noSetting: (network: string, name: string) => `${network} has no setting "${name}" here. Leave it out.`,
  notAPicture: 'This is not a picture: send its id or its path.',
  notAValue: 'This is not a text, a number, a yes or no, or a list of them.',
  notAChoice: (text: string, keys: string) => `This cannot be "${text}". Take one of: ${keys}.`,

  channelUnknown: 'There is no such channel. Ask for the list of integrations.',
  channelTwice: 'A channel is named twice. Send the second post by itself.',

  // Keys
  keyNameMissing: 'Give it a name, so that you know later what it is for.',
  keyNameTooLong: (count: number) => `A name has at most 60 characters; this has ${count}.`,
  keyScopeMissing: 'Choose what it may do.',
  tooManyKeys: (mostKeys: number) => `A workspace has at most ${mostKeys} keys. Revoke one that is not used any more.`,

  keyRevoked: 'That key was revoked already.',
} as const;
