import { Readable } from 'node:stream';
import type Connection from 'nodemailer/lib/smtp-connection';

/** One mail as it leaves. Addresses are `name@host`, or `Name <name@host>` for the sender. */
export interface MailMessage {
  from: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  /** With its angle brackets. The same mail sent again has the same, so that receivers can tell. */
  messageId: string;
  date: Date;
  headers: Readonly<Record<string, string>>;
}

/**
 * Why a mail is not out. `server`: no mail can go at present. `later`, `never`: the server said so of this mail. `unsure`: the
 * whole mail was handed over and no answer came. The message is a sentence for the operator and names no secret.
 */
export class MailError extends Error {
  override name = 'MailError';
  readonly kind: 'server' | 'later' | 'never' | 'unsure';
  constructor(kind: MailError['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}

/** A connection to a mail server, for one mail after the other. */
export interface MailServer {
  /** Resolves once the server has taken the mail over; else throws `MailError`. */
  send(message: MailMessage): Promise<void>;
  close(): void;
}

/** Nobody waits longer than this for a connection, and for each answer (ms). */
const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, dnsTimeout: 10_000, socketTimeout: 20_000 };

/** What `SMTP_URL` says, or the sentence on what is wrong with it. */
export function parseSmtpUrl(text: string): { ok: true; options: SmtpOptions } | { ok: false; message: string } {
  const url = URL.parse(text);
  if (!url || !/^smtps?:$/u.test(url.protocol) || url.hostname === '' || !/^\/?$/u.test(url.pathname) || url.hash !== '') {
    return { ok: false, message: 'It must look like smtp://user:password@mail.example.org:587, or begin with smtps://.' };
  }
  const known = ['requireTLS', 'tls.rejectUnauthorized'];
  const strange = [...url.searchParams].find(([name, value]) => !known.includes(name) || !/^(?:true|false)$/u.test(value));
  if (strange) return { ok: false, message: `After the question mark only ${known.join(' and ')} can stand, with true or false.` };
  let auth: { user: string; pass: string } | undefined;
  try {
    if (url.username !== '') auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  } catch {
    return { ok: false, message: 'User name and password cannot be read. Write a % in them as %25.' };
  }
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const requireTls = url.searchParams.get('requireTLS');
  return {
    ok: true,
    options: {
      host, port: url.port === '' ? (secure ? 465 : 587) : Number(url.port), secure, auth,
      // A password goes over an open line only within this machine, unless the operator says otherwise.
      requireTLS: requireTls === null ? auth !== undefined && !/^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/u.test(host) : requireTls === 'true',
      checkCertificate: url.searchParams.get('tls.rejectUnauthorized') !== 'false',
    },
  };
}

export interface SmtpOptions {
  host: string;
  port: number;
  secure: boolean;
  requireTLS: boolean;
  checkCertificate: boolean;
  auth: { user: string; pass: string } | undefined;
}

/** Connects and logs in. The library is loaded with the first mail: an instance without one does without its megabytes. */
export async function openMailServer({ auth, checkCertificate, ...options }: SmtpOptions): Promise<MailServer> {
  const [{ default: SMTPConnection }, { default: MailComposer }] = await Promise.all([import('nodemailer/lib/smtp-connection'), import('nodemailer/lib/mail-composer')]);
  const connection = new SMTPConnection({ ...options, ...patience, tls: { rejectUnauthorized: checkCertificate } });
  // It reports a lost line to whoever waits as well; an error that nobody listens to would end the process.
  connection.on('error', () => {});
  try {
    await called((done) => connection.connect(done), connection);
    if (auth) await called((done) => connection.login({ credentials: auth }, done), connection);
  } catch (error) {
    connection.close();
    throw serverError(error, options);
  }
  return {
    async send({ from, to, headers, ...rest }) {
      const composed = new MailComposer({ from, to, headers: { 'auto-submitted': 'auto-generated', ...headers }, ...rest }).compile();
      const bytes = await composed.build();
      let handedOver = false;
      const body = Readable.from([bytes]).once('end', () => { handedOver = true; });
      try {
        await called((done) => connection.send({ ...composed.getEnvelope(), to: [to] }, body, done), connection);
      } catch (error) {
        throw mailError(error, handedOver, options);
      }
    },
    close: () => connection.quit(),
  };
}

/** The first word that comes: of the call itself, or that the connection has ended. */
function called(start: (done: (error?: Error | null) => void) => void, connection: Connection): Promise<void> {
  return new Promise((resolve, reject) => {
    const lost = (error?: Error) => settle(error ?? new Error('the connection ended'));
    const settle = (error?: Error | null) => {
      connection.off('error', lost);
      connection.off('end', lost);
      if (error) reject(error);
      else resolve();
    };
    connection.on('error', lost);
    connection.on('end', lost);
    start(settle);
  });
}

type Where = Pick<SmtpOptions, 'host' | 'port'>;

function serverError(error: unknown, { host, port }: Where): MailError {
  const { code, response } = detailsOf(error);
  const place = `${host}:${port}`;
  // A certificate that is not good comes as an error of the socket, told apart by its words alone (nodemailer 10.6.1).
  const untrusted = error instanceof Error && /certificate|\b(?:ssl|tls)\b/iu.test(error.message);
  switch (untrusted && response === '' ? 'ETLS' : code) {
    case 'EAUTH':
    case 'ENOAUTH': return new MailError('server', `The mail server refused the user name or the password. Look at SMTP_URL.${said(response)}`);
    case 'EDNS': return new MailError('server', `There is no mail server called ${host}. Look at SMTP_URL.`);
    case 'ETLS': return new MailError('server', `No encrypted connection to ${place} came about. Look whether its certificate is good and the port is right.`);
    case 'ETIMEDOUT': return new MailError('server', `The mail server at ${place} does not answer. Look whether the host and the port are right.`);
    default: return new MailError('server', response === '' ? `The mail server at ${place} cannot be reached. Look whether it is running.` : `The mail server at ${place} takes no mails now.${said(response)}`);
  }
}

function mailError(error: unknown, handedOver: boolean, where: Where): MailError {
  const { status, response } = detailsOf(error);
  // 421 ends the connection, whatever it was said to.
  if (status >= 500) return new MailError('never', `The mail server refused this mail.${said(response)}`);
  if (status >= 400) return new MailError('later', `The mail server put this mail off.${said(response)}`);
  if (handedOver) return new MailError('unsure', 'The mail was handed over, and the answer of the mail server was lost. It may have been sent.');
  return serverError(error, where);
}

function detailsOf(error: unknown): { code: string; status: number; response: string } {
  const { code, responseCode, response } = error as { code?: unknown; responseCode?: unknown; response?: unknown };
  return { code: typeof code === 'string' ? code : '', status: typeof responseCode === 'number' ? responseCode : 0, response: typeof response === 'string' ? response : '' };
}

/** What the server said. Servers quote what they object to: addresses in it, and long runs like those of our links, are left out. */
function said(response: string): string {
  const text = response.replaceAll(/https?:\/\/\S+/giu, '(address)').replaceAll(/[\w-]{24,}/gu, '(…)').replaceAll(/\p{Cc}+/gu, ' ').trim().slice(0, 300);
  return text === '' ? '' : ` It said: ${text}`;
}
