import type { ChecklistItem, SetupStep } from '../../instance/first-run.ts';

/** Setting up, from the first log-in to the first post, and the checklist that stays on Home. */
export const setupTexts = {
  title: 'Setting up',
  steps: 'Steps',
  place: (at: number, of: number) => `Step ${at} of ${of}`,
  names: {
    workspace: 'Workspace', address: 'Address', operator: 'Who runs it', mail: 'Mail', networks: 'Networks', media: 'Pictures', backup: 'Backup', post: 'First post',
  } satisfies Record<SetupStep, string>,
  states: { done: 'done', skipped: 'left out for now', open: 'not done' },
  next: 'Continue',
  skip: 'Skip for now',
  back: 'Back',
  later: 'Finish later',
  laterSaid: 'You find the rest under Getting started.',
  banner: 'You are setting things up. Next: {step}. <go>Go on</go>',
  checkNow: 'Check now',
  checkAgain: 'Check again',
  looked: 'Looked at {when}.',

  workspace: {
    title: (name: string) => `Welcome, ${name}`,
    lead: 'A workspace holds channels, posts and people. Give yours a name, and look whether the time zone is right: every time is shown and typed in it.',
    name: 'Name of the workspace',
    zoneHelp: (place: string) => `Taken from your browser: ${place}. Choose another one if it is wrong.`,
    zoneUtc: 'Your browser did not say where you are. Choose the zone that you plan in.',
    save: 'Save and continue',
  },

  address: {
    title: 'The public address',
    lead: 'Links in mails, callbacks of networks and addresses of pictures begin with it. This is how it looks right now.',
    seen: 'As your browser came',
    outside: 'From outside',
    outsideHelp: 'Calls this instance at its public address, as a network would, and looks whether it was this instance that answered. It takes some seconds.',
  },

  operator: {
    title: 'Who runs this instance',
    lead: 'The pages <privacy>Privacy</privacy> and <terms>Terms</terms> are written by the program; they only lack your name. Networks that review apps read them.',
    inEffect: 'They are in effect since {day}. A change of the words is announced under <policy>Policy</policy>.',
    save: 'Save and continue',
  },

  mail: {
    title: 'Mail',
    lead: 'Mail brings new passwords, invitations, and word of posts that need somebody.',
    without: 'Without it everything is published all the same. What it takes instead:',
    withoutList: [
      'A new password is made by you, under Settings, People, or by the command user reset-password.',
      'Invitations are links that you hand over yourself.',
      'Posts that fail show on Home and nowhere else. Mails wait in the outbox until a server is set.',
    ],
  },

  networks: {
    title: 'Connect a network',
    lead: 'Begin with what works at once. Everything else can follow when it is wanted.',
    ready: 'Ready at once',
    readyHelp: 'One press, then the network asks you, or a short form does.',
    inside: (name: string) => `The ${name} is connected already: a network inside this instance, to try everything without an account anywhere.`,
    connect: (name: string) => `Connect ${name}`,
    connected: 'Connected',
    own: 'With a bot or an app of your own',
    ownHelp: 'Nobody has to approve it. Minutes each.',
    approval: 'After an approval',
    approvalHelp: 'You can set these up today; several work with your own accounts while you wait. The shortest wait comes first.',
    wait: (days: number) => (days < 14 ? `Up to ${days} days` : `Up to ${Math.round(days / 7)} weeks`),
    open: (name: string) => `Set up ${name}`,
    look: (name: string) => `Look at ${name}`,
    ask: 'Other networks must be set up by whoever runs this instance. Ask them if you miss one.',
    back: 'Back to setting up',
  },

  media: {
    title: 'Pictures and videos',
    lead: (networks: string) => `${networks} do not take files: they fetch them from here, by an address that is signed and good for a day. So this instance must be reachable from outside.`,
    lookHelp: 'Fetches a test picture by such an address, on the same way out and in again.',
    limits: 'What cannot be known from here: whether a firewall lets the world in and only this machine out, or keeps single networks away. The first post with a picture shows it, and says so in plain words if it fails.',
  },

  backup: {
    title: 'Backup',
    lead: 'Everything is in one folder: the database, the files, the logs, and the key that opens the accounts you connect.',
    where: 'The folder',
    none: 'No backup has been made yet.',
    last: 'The last backup was made {when}.',
    command: 'Make one, while the server runs',
    nightly: 'One each night, as a line of crontab',
    image: 'post-master stands for the name of your container. The backup lies in its volume: take it to another machine, by docker cp for example.',
    key: 'The key is not in it, so that whoever finds the file gets into nothing. Keep a copy of it somewhere else: without it every account must be connected anew.',
    keyFile: 'The key',
    keyEnvironment: 'It comes from the environment, as SECRET_KEY.',
    look: 'Look again',
  },

  post: {
    others: (n: number) => `Choose from ${n} more`,
    title: 'The first post',
    lead: 'Choose where it is to go. Write a few words, take a time a few minutes from now, and watch it go out.',
    write: (channel: string) => `Write a post for ${channel}`,
    none: 'No channel is connected yet. Connect one first.',
    connect: 'To the networks',
    done: 'A post has been scheduled. The rest is yours.',
    finish: 'Finish',
    finished: 'You are set up. What is left stands under Getting started.',
  },

  checklist: {
    title: 'Getting started',
    done: (done: number, of: number) => `${done} of ${of} done`,
    all: 'Everything is done. You can put this list away.',
    putAway: 'Put the list away',
    putAwaySaid: 'The list is put away.',
    backSaid: 'The list is back.',
    goOn: 'Go on with setting up',
    isDone: 'done',
    isOpen: 'to do',
    items: {
      channel: 'Connect a channel', scheduled: 'Write the first post and give it a time', published: 'See it published', invited: 'Invite somebody',
      address: 'Have the public address checked', mail: 'Have mail work', policy: 'Say who runs this instance', backup: 'Make a backup',
    } satisfies Record<ChecklistItem, string>,
  },
} as const;
