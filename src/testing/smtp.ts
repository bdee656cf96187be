import type { AddressInfo, Socket } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A real mail server on this machine, and the mails it took. */
export interface MailBox {
  /** For `SMTP_URL`. */
  url: string;
  port: number;
  mails: ParsedMail[];
  /** As they came over the line. */
  raw: string[];
  /** The text of the one mail to this address; throws when there is none or more than one. */
  mailTo(email: string, subject?: RegExp): ParsedMail;
  close(): Promise<void>;
}

type Verdict = (Error & { responseCode?: number }) | 'cut' | undefined;

export interface MailBoxOptions extends SMTPServerOptions {
  port?: number;
  /** Decides about a mail after all of it has come: an error is what the sender is told; `cut` ends the line without a word. */
  verdict?: (mail: ParsedMail, n: number) => Verdict | Promise<Verdict>;
}

/** Takes mails from anybody unless told otherwise. */
export async function startMailBox({ port = 0, verdict, ...options }: MailBoxOptions = {}): Promise<MailBox> {
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  let n = 0;
  const sockets = new Set<Socket>();
  async function take(bytes: Buffer, done: (error?: Error) => void) {
    const mail = await simpleParser(bytes);
    n += 1;
    const said = await verdict?.(mail, n);
    if (said === 'cut') return sockets.forEach((socket) => socket.destroy());
    if (said === undefined) {
      mails.push(mail);
      raw.push(bytes.toString('utf8'));
    }
    done(said);
  }
  const server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'], disableReverseLookup: true, logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => void take(Buffer.concat(chunks), done));
    },
    ...options,
  });
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => { server.listen(port, '127.0.0.1', resolve); });
  const at = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${at}`, port: at, mails, raw,
    mailTo(email, subject = /./u) {
      const found = mails.filter((mail) => [mail.to].flat().some((to) => to?.text === email) && subject.test(mail.subject ?? ''));
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} mails to ${email}; there are: ${mails.map((mail) => `${[mail.to].flat().map((to) => to?.text).join()} "${mail.subject}"`).join(', ')}`);
      return found[0];
    },
    close: () => new Promise((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(resolve);
    }),
  };
}

/** The first link of a mail to this instance, without its origin. */
export function linkIn(mail: ParsedMail, path: string): string {
  const found = new RegExp(`https?://[^/\\s]+(${path.replaceAll('/', '\\/')}[^\\s>]*)`, 'u').exec(mail.text ?? '');
  if (!found?.[1]) throw new Error(`no link to ${path} in: ${mail.text ?? ''}`);
  return found[1];
}
