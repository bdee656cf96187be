import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { forgetMove, grant, linkTo } from './chat.ts';
import { connect } from './connect.ts';
import { intake } from './intake.ts';
import { capabilities } from './limits.ts';
import { hook } from './news.ts';
import { fields, options, publish } from './publish.ts';
import { setup } from './setup.ts';

/** Channels and groups of Telegram, through one bot that belongs to the instance. */
export const telegram = provider({
  id: 'telegram',
  name: 'Telegram',
  colour: '#229ed9',
  appearance,
  capabilities,
  setup,
  fields,
  grant,
  options,
  connect,
  // From the grant alone: a code opens once, and a call that fails here would lose it.
  targets: async (of) => [{
    remoteId: of.accountId,
    name: of.title,
    handle: of.username === null ? 'private' : `@${of.username}`,
    url: linkTo(of),
    avatarUrl: null,
  }],
  forget: (of, io) => forgetMove(io, of),
  publish,
  hooks: { telegram: hook },
  intake,
});
