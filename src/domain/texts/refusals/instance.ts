/** What is said about the set-up of an instance and its mails. */
export const instanceRefusals = {
  // Settings
  settingTooLong: (label: string, max: number) => `${label} can have ${max} characters.`,
  settingUnseen: (label: string) => `${label} has a character in it that cannot be seen. Copy it once more.`,
  testOf: (name: string) => `Test at ${name}`,
  copiedWhole: 'Look whether every field is copied whole.',
  tryAgain: 'Try again in a moment.',
  networkSettingTooLong: (label: string, longest: number) => `${label} can have ${longest} characters.`,
  networkSettingUnseen: (label: string) => `${label} has a line break, an accent or another character that no key has. Copy it once more.`,

  // The check of itself
  publicAddress: 'Public address',
  callbacksSecure: 'Every callback uses https.',
  callbacksPlain: 'The callbacks use http, and most networks take https only.',
  settingsComplete: 'Everything that is needed is filled in.',
  settingsMissing: (missing: string) => `Not filled in: ${missing}.`,
  operatorFinding: 'Who runs it',
  operatorNamed: 'The public pages name you.',
  operatorMissing: (unnamed: string) => `The public pages do not say: ${unnamed}. Fill it in under Settings, Instance.`,
  answersFinding: 'Answers from outside',
  answersOther: 'Something else than Post Master answers at this address.',
  answersWell: (publicUrl: string) => `Post Master answers at ${publicUrl}.`,
  mediaFinding: 'Media can be fetched',
  mediaUnreachable: 'Networks that fetch media need PUBLIC_URL to be an https address that the whole world can reach.',
  mediaChanged: 'A test picture came back changed. Look whether a proxy in front rewrites pictures or asks for a log-in.',
  mediaWell: 'A signed test picture came back unchanged.',
  pageFinding: (path: string) => `Page ${path}`,
  pageWithoutOperator: 'It opens, but it does not name who runs this instance.',
  pageWithOperator: 'It opens and names you.',
  pageOpens: 'It opens.',
  addressPrivate: 'From here the address is not a public https one: it may be plain http, or its name leads into a private network.',

  // Mails
  mailOver: 'Its time was over before it could be sent.',
  mailInterrupted: 'The program stopped while this mail was being sent. It may have been sent.',
  mailKindUnknown: (kind: string) => `This version does not know mails of the kind “${kind}”.`,
  senderShape: 'It must look like Harbour Posts <posts@example.org>, or be an address alone.',
  testTooOften: (n: number) => `That was often. Wait ${n} min and try again.`,
  serverMissing: 'Fill in a mail server first.',
  testMail: 'Test mail',
  testTaken: (email: string) => `The mail server took a mail to ${email}. Look whether it arrives.`,

  // Who runs it
  instanceName: 'Name of this instance',
  instanceNameHelp: 'As people and reviewers read it. Networks refuse names that contain their own.',
  operator: 'Who runs it',
  operatorHelp: 'The person or company that answers for it.',
  operatorEmail: 'Contact e-mail',
  operatorEmailHelp: 'For questions about data. It is shown to everybody.',
  operatorAddress: 'Postal address',
  operatorAddressHelp: 'With the country. Several lines are fine; many countries ask for it. It is shown to everybody.',
  product: 'Post Master',

  // The mail server
  noServer: 'No mail server is set. Fill in SMTP_URL under Settings, Instance.',
  mailServer: 'Mail server',
  mailServerHelp: 'As your provider names it, like mail.example.org; port 587 unless another stands behind it, like mail.example.org:465.',
  mailServerShape: 'Type the name of the server, like mail.example.org.',
  mailServerToo: 'Type the mail server as well: what is saved of it is replaced as a whole.',
  sender: 'Sender',
  senderHelp: 'Like Harbour Posts <posts@example.org>. Empty: no-reply at the host of this instance.',

  // Mails that wait
  mailUnwanted: 'The recipient no longer wants such mails.',

  // Start
  running: 'Another Post Master is running on this data directory. Stop it first.',
  newerDatabase: (name: string) => `The database was made by a newer Post Master (it knows “${name}”). Start that version, or restore a backup.`,
  otherMigration: (name: string) => `Migration “${name}” is not the one this database was made with.`,
  brokenMigration: (name: string, count: number) => `Migration “${name}” would leave ${count} rows without their parents.`,
  restoreInterrupted: 'A restore was interrupted. Run postmaster restore once more to end it.',

  // Addresses and settings
  addressFine: (publicUrl: string) => `PUBLIC_URL is ${publicUrl}.`,
  addressNotPublic: (publicUrl: string) => `PUBLIC_URL is ${publicUrl}. It must be an https address that the whole world can reach; set it where the server is started.`,
  callbacksFinding: 'Callbacks',
  fieldsFinding: 'Fields',
  lookAtProxy: (message: string) => `${message} Look at the proxy and the name’s DNS.`,
  noAnswer: (name: string, patience: number) => `${name} did not answer within ${patience} seconds. Try again.`,
  serverUnusable: (message: string) => `SMTP_URL cannot be used. ${message}`,
} as const;
