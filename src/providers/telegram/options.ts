import { z } from 'zod';
import type { Field } from '../contract.ts';

export const options = z.object({
  silent: z.boolean().default(false),
  noPreview: z.boolean().default(false),
  protect: z.boolean().default(false),
});

export type Options = z.infer<typeof options>;

export const fields: readonly Field[] = [
  { name: 'silent', label: 'Send without a sound', kind: 'checkbox', help: 'People are notified, but their phones stay quiet.' },
  { name: 'noPreview', label: 'No link preview', kind: 'checkbox', help: 'Links stay plain, without the card Telegram makes of them.' },
  { name: 'protect', label: 'Protect from forwarding and saving', kind: 'checkbox' },
];
