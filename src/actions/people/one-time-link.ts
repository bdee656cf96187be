import { linkHours } from '../../domain/texts/mails/account.ts';
import type { Deps } from '../../deps.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import type { LinkPurpose } from '../../store/posts/links.ts';
import { queueMail } from '../mails/queue-mail.ts';

export type LinkDeps = Pick<Deps, 'store' | 'now' | 'settings' | 'config'>;

/** A fresh link for a person; its token goes into a mail and nowhere else. */
async function newLink({ store, now }: LinkDeps, purpose: LinkPurpose, user: { id: string; email: string }): Promise<string> {
  const token = newToken();
  const at = now();
  await store.links.add({ id: tokenHash(token), userId: user.id, purpose, email: user.email, createdAt: at, expiresAt: at + linkHours[purpose] * 60 * 60 * 1000 });
  return token;
}

/** Mails a person the link that shows that the address is theirs. */
export async function sendVerification(deps: LinkDeps, user: { id: string; name: string; email: string }): Promise<void> {
  const token = await newLink(deps, 'verify', user);
  await queueMail(deps, { kind: 'verify', event: `verify:${tokenHash(token)}`, to: { email: user.email, userId: user.id }, data: { name: user.name, token } });
}

export async function sendReset(deps: LinkDeps, user: { id: string; email: string }): Promise<void> {
  const token = await newLink(deps, 'reset', user);
  await queueMail(deps, { kind: 'reset', event: `reset:${tokenHash(token)}`, to: { email: user.email, userId: user.id }, data: { token } });
}
