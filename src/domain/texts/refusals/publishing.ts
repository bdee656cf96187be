/** Why something was not published, and what to do about it. */
export const publishingRefusals = {
  channelDisconnected: 'The channel was disconnected.',
  frozen: 'This workspace is frozen: nothing is asked at networks.',
  fileGone: 'A file of this post is no longer there.',
  pictureNeeded: 'This network takes a picture here, not a video.',
  videoNeeded: 'This network takes a video here, not a picture.',
  notReachable: 'This network fetches media from Post Master, and this instance has no address that can be reached from outside.',
  notReachableFix: 'Whoever runs it sets PUBLIC_URL to its https address. Then publish again.',
  allowanceSpent: 'This instance has sent as much to this network as it may for now.',
  otherFileFix: 'Use another file and schedule it again.',
  networkUnknown: (provider: string) => `This version of Post Master does not know “${provider}”.`,
  networkUnknownFix: 'Update Post Master.',
  disconnected: 'The channel is disconnected.',
  tooLate: 'This was due more than a day ago and could not be sent then.',
  tooLateFix: 'Publish it now, or drop it.',
  stopped: (failures: number) => `Post Master stopped ${failures} times while it was sending this.`,
  stoppedFix: 'Look into the log, then try again.',
  broken: 'Something went wrong inside Post Master. The log has the details.',
  postGone: 'The post is no longer there.',
  writeAnew: 'Write the post anew.',
  neverReady: 'The network has been preparing this for a day and is still not ready.',
  neverReadyFix: 'Try again, or check the pictures.',
  answerLost: 'The post was being sent when the answer was lost. It may be out, and the network cannot be asked.',
  evidenceDeleted: 'What it was about was deleted with the content of the post.',

  // What was kept of an account
  accountForgotten: 'The channel was disconnected, and what this instance knew of the account is deleted.',
  accountForgottenFix: 'Connect the account again and schedule the post anew.',

  // Access
  notAccepted: (name: string) => `${name} no longer accepts this connection.`,
} as const;
