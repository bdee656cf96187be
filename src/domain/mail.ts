import { instanceRefusals as t } from './texts/refusals/instance.ts';

/**
 * `sending` stands on disk before the first byte leaves. `unsure`: it was handed over and the answer was lost. `dropped`:
 * given up by a person, or its time was over.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'unsure', 'dropped'] as const;
export type MailState = (typeof mailStates)[number];

/** Minutes to wait after each try that the server put off; after the last the mail has failed. */
export const mailBackoffMinutes = [1, 5, 15, 60, 240, 720, 1440] as const;

/** What a person reads where no server is set. */
export const noServer = t.noServer;

export const mailSettings = [
  {
    env: 'SMTP_URL', field: 'smtp', label: t.mailServer, secret: true,
    help: t.mailServerHelp,
  },
  { env: 'MAIL_FROM', field: 'from', label: t.sender, secret: false, help: t.senderHelp },
] as const;
