/** Linking a chat from which drafts are sent. */
export const intakeTexts = {
  title: 'Drafts by chat',
  lead: (workspace: string) => `Send a text, pictures or a video to the bot of this instance, and it becomes a draft in “${workspace}”. From the chat it can go to the next free slot, too.`,
  writersOnly: 'Only who may write posts here can send drafts. Ask an admin of this workspace.',
  noNetwork: 'No network of this instance takes drafts by chat.',
  unlinkedSaid: (network: string) => `Unlinked. Your number at ${network} is deleted here.`,
  notLinkedSaid: 'Nothing was linked any more.',
  saved: 'Saved.',
  states: { linked: 'Linked', notSetUp: 'Not set up', notLinked: 'Not linked', waiting: 'Waiting for you to open the link' },
  noBotOperator: 'It has no bot yet. <a>Set it up under Networks</a>.',
  noBot: 'It has no bot yet. Ask whoever runs this instance to set it up.',
  how: (network: string) => `Make a link and open it where you use ${network}. It links that account of yours to you and to this workspace, until you unlink it.`,
  make: 'Make a link',
  makeNew: 'Make a new link',
  before: 'The one made before is good until {when}, and ends with a new one. <a>Look again</a>',

  link: {
    code: (bot: string, network: string) => `Code that opens ${bot} in ${network}`,
    open: 'Open the link on this device, or read the code with your phone.',
    start: (bot: string) => `Press Start in the chat with ${bot}.`,
    look: 'The bot answers with the name of this workspace. <a>Then look here again</a>.',
    openBot: (bot: string) => `Open ${bot}`,
    label: 'The link',
    once: 'It is good once, until {when}. Give it to nobody: whoever opens it sends drafts as you.',
  },

  linked: {
    since: (network: string) => `Linked since {when}. Kept for it: your number at ${network}, and nothing else of your account there.`,
    noChannel: 'No channel is connected yet. <a>Connect one</a>, then choose here where your drafts are to go.',
    where: 'Where your drafts are to go',
    save: 'Save',
    unlink: 'Unlink',
    unlinkSays: 'Your number is deleted at once. Drafts stay.',
  },

  commands: {
    title: (network: string) => `What you can send and write in ${network}`,
    takes: (what: string) => `It takes ${what}.`,
  },
} as const;
