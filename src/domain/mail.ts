/**
 * `sending` stands on disk before the first byte leaves. `unsure`: it was handed over and the answer was lost. `dropped`:
 * given up by a person, or its time was over.
 */
export const mailStates = ['waiting', 'sending', 'sent', 'failed', 'unsure', 'dropped'] as const;
export type MailState = (typeof mailStates)[number];

/** Minutes to wait after each try that the server put off; after the last the mail has failed. */
export const mailBackoffMinutes = [1, 5, 15, 60, 240, 720, 1440] as const;

/** What a person reads where no server is set. */
export const noServer = 'No mail server is set. Fill in SMTP_URL under Settings, Instance.';

export const mailSettings = [
  {
    env: 'SMTP_URL', field: 'smtp', label: 'Mail server', secret: true,
    help: 'Like smtp://user:password@mail.example.org:587, or smtps:// for port 465. Write @ and : in a password as %40 and %3A.',
  },
  { env: 'MAIL_FROM', field: 'from', label: 'Sender', secret: false, help: 'Like Harbour Posts <posts@example.org>. Empty: no-reply at the host of this instance.' },
] as const;
