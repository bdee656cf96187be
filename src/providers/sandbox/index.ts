import * as z from 'zod';
import { provider } from '../contract.ts';
import { appearance } from './appearance.ts';
import { capabilities } from './limits.ts';
import { fields, options } from './options.ts';
import { publish } from './publish.ts';

/** The network inside this instance: no account, no outside, and a switch for each way a network can let one down. */
export const sandbox = provider({
  id: 'sandbox',
  name: 'Sandbox',
  colour: '#6b7280',
  appearance,
  local: true,
  capabilities,
  fields,
  grant: z.object({ page: z.string() }),
  options,
  connect: {
    kind: 'local',
    connected: (page) => ({ account: { id: page, name: 'Sandbox' }, grant: { page } }),
  },
  targets: async ({ page }) => [
    { remoteId: page, name: 'Sandbox', handle: 'this instance', url: `/sandbox/${page}`, avatarUrl: null },
  ],
  publish,
});
