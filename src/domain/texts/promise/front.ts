/** The page that whoever is not logged in finds at the start. */
export const frontTexts = {
  title: 'Write it once. Know that it went out.',
  lead: (instance: string) => `${instance} publishes what you write to your own accounts, at the time you choose, and tells you of each place what became of it.`,
  logIn: 'Log in',
  signUp: 'Create an account',

  // A post, made up
  specimen: 'From Monday the ferry runs every day again: at eight, at noon and at five. The first crossing is free for everybody who brings a bicycle.',
  published: (time: string) => `Published at ${time}`,
  goesOut: (time: string) => `Goes out at ${time}`,
  notPublished: 'Not published.',
  because: 'The picture is too wide. Crop it.',
  caption: 'One post, three places. Each says where it stands.',
  facts: 'What you can rely on',
  reasons: [
    { title: 'Nothing is lost', text: 'Every post that comes due ends as published, as not published with the reason, or as one that you are asked to look at. It is not sent twice on a guess.' },
    { title: 'Each network as it is', text: 'One text, adapted where you want it. Lengths, pictures and options are checked by the rules of each network before you schedule, not after.' },
    { title: 'Yours alone', text: 'It asks each network for the least that publishing needs, reads no followers and no messages, and shows no advertising.' },
  ],
  networks: 'Where it publishes',
  whoRuns: 'Who runs it',
  runBy: '{operator}. <contact>Write to us</contact>, or read <privacy>what is kept of you and for how long</privacy>, the <terms>terms</terms>, and <deletion>how to have your data deleted</deletion>.',
  runByOperator: 'Whoever gave you this address. <contact>Write to them</contact>, or read <privacy>what is kept of you and for how long</privacy>, the <terms>terms</terms>, and <deletion>how to have your data deleted</deletion>.',
} as const;
