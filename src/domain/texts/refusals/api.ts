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

  // Keys of programs. The first two are what clients of Postiz know
  noKey: 'No API Key found',
  badKey: 'Invalid API key',
  keyBusy: (reset: number) => `This key has done all it may for now. Go on in ${reset} s.`,
  planBusy: (limit: number, reset: number) => `The plan has ${limit} requests an hour. Go on in ${reset} s.`,
  scopeMissing: (scope: string) => `This key may not ${scope}. Make one that may under Settings, Keys.`,

  // Answers
  notThere: (what: string) => `There is no such ${what}.`,
  nothingHere: 'There is nothing at this address.',
  notAllowed: 'This is not allowed.',
  bodyTooLarge: 'That is more than one call can hold. Upload files by themselves and send their ids.',
  addressTooLong: 'This address is too long.',
  wrongType: 'Send JSON, with the content type application/json; files as multipart/form-data.',
  broken: 'Something went wrong on our side. Try again. If it stays, the log of the server says why.',
  notUnderstood: 'The call could not be understood.',
  notNow: 'This cannot be done right now. Try again in a moment.',

  notUtf8: 'This is not UTF-8.',
  tooDeep: 'This is nested too deeply.',
  notJson: 'This is not JSON.',

  networkUnknown: (integration: string) => `There is no network "${integration}" here.`,

  stillDraft: 'This post is a draft: there is nothing of it at a network yet.',

  tooManyListed: (mostListed: number) => `There are more than ${mostListed} posts between these dates. Ask for a shorter time.`,
  keyOfOtherPost: 'This Idempotency-Key was given to another post. Take a new one.',
  keyOfDeletedPost: 'This post was made before and is deleted. Take a new Idempotency-Key to make it again.',
  noRepeats: 'Posts that repeat by themselves are not there yet. Leave out "inter", and send each one.',
  differentPosts: 'These are different posts. Send each one by itself.',
  deletedWhatWaited: 'What had not begun is canceled. What is out stays on record.',
  outStays: 'This is out, or on its way: it stays on record here, and what is out must be deleted at the network itself.',
  manyChannels: (count: number) => `This post goes to ${count} channels at one time. Name all of them to move it, or make a post of its own for this one.`,

  notOffered: 'Post Master makes no videos and searches no people. This call of Postiz is not answered here.',

  choicesFor: (label: string) => `What can be chosen for "${label}"`,
  noSettings: 'No additional settings required',
  kindOfPost: 'Kind of post',

  connectionEnded: (accountName: string) => `The connection to ${accountName} has ended. Connect it again under Channels.`,
  postsPublished: 'Posts published',

  sendMultipart: 'Send the file as multipart/form-data, in the field "file".',
  noFile: 'There is no file in the field "file".',

  // In sentences
  aChannel: 'a channel',
  inDoubt: (where: string, why: string) => `A post on ${where} may be out, and we cannot tell. ${why === '' ? '' : `${why} `}Look there, and say what you found.`,
  failed: (where: string, why: string) => `A post on ${where} failed. ${why}`.trim(),
  noTool: (network: string, method: string, known: string) => `${network} has no "${method}" here. ${known === '' ? 'It has nothing to ask for.' : `It has: ${known}.`}`,
  sameAs: (option: string) => `The same as ${option}.`,
} as const;
