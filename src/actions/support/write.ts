import type { Problem } from '../../domain/limits.ts';
import { refused, type Result } from '../../domain/result.ts';
import { policyRefusals as t } from '../../domain/texts/refusals/policy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import type { SupportThread } from '../../store/people/support.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { emailProblems } from '../people/sign-up.ts';
import type { Allowance } from '../sessions/allowance.ts';

type SupportDeps = Pick<Deps, 'store' | 'now' | 'settings' | 'config'>;

/** Most characters of one message. */
export const longestMessage = 5_000;

/** A member asks whoever runs the instance. */
export async function askSupport(deps: SupportDeps & { allowance: Allowance }, userId: string, text: string): Promise<Result<{ threadId: string }>> {
  const problems = textProblems(text);
  if (problems.length > 0) return { ok: false, problems };
  const wait = await deps.allowance.take('write', userId);
  if (wait > 0) return tooOften(wait);
  const threadId = newId(deps.now());
  const messageId = newId(deps.now());
  await deps.store.support.open(threadId, { userId }, { id: messageId, text: text.trim() }, deps.now());
  await tellOperators(deps, threadId, messageId, text);
  return { ok: true, threadId };
}

/**
 * Anybody asks, by the public form. The sender is mailed a secret address to read and answer; nothing typed here goes out by
 * mail to it. Whoever fills in the field that people do not see is answered like everybody and not heard.
 */
export async function askFromOutside(
  deps: SupportDeps & { allowance: Allowance }, typed: { name: string; email: string; text: string; website: string; ip: string },
): Promise<Result & { waitSeconds?: number }> {
  const name = typed.name.trim().normalize('NFC');
  const email = typed.email.trim().toLowerCase();
  const problems = [
    ...(name.length > 100 || /\p{Cc}/u.test(name) ? [{ field: 'name', message: t.nameTooLong }] : []),
    ...emailProblems(email), ...textProblems(typed.text),
  ];
  if (problems.length > 0) return { ok: false, problems };
  if (typed.website !== '') return { ok: true };
  const wait = Math.max(await deps.allowance.take('contact_address', typed.ip), await deps.allowance.take('contact_email', email));
  if (wait > 0) return { ...tooOften(wait), waitSeconds: wait };
  const secret = newToken();
  const threadId = newId(deps.now());
  const messageId = newId(deps.now());
  await deps.store.support.open(threadId, { name, email, secret, secretHash: tokenHash(secret) }, { id: messageId, text: typed.text.trim() }, deps.now());
  await queueMail(deps, { kind: 'contact_received', event: `contact:${threadId}`, to: { email, userId: null }, data: { secret } });
  await tellOperators(deps, threadId, messageId, typed.text);
  return { ok: true };
}

/** The person of a conversation adds to it; the caller has made sure that it is theirs. */
export async function addToThread(deps: SupportDeps & { allowance: Allowance }, thread: SupportThread, text: string): Promise<Result> {
  const problems = textProblems(text);
  if (problems.length > 0) return { ok: false, problems };
  const wait = await deps.allowance.take('write', thread.id);
  if (wait > 0) return tooOften(wait);
  const messageId = newId(deps.now());
  if (!(await deps.store.support.write(thread.id, { id: messageId, text: text.trim(), byOperator: false }, deps.now()))) return refused('text', t.conversationDeleted);
  await tellOperators(deps, thread.id, messageId, text);
  return { ok: true };
}

/** Whoever runs the instance answers: in the thread, and by mail where there is still an address. */
export async function answerThread(deps: SupportDeps, thread: SupportThread, text: string): Promise<Result> {
  const problems = textProblems(text);
  if (problems.length > 0) return { ok: false, problems };
  const messageId = newId(deps.now());
  const secret = await deps.store.support.secret(thread.id);
  if (!(await deps.store.support.write(thread.id, { id: messageId, text: text.trim(), byOperator: true }, deps.now()))) return refused('text', t.deletedMeanwhile);
  if (thread.email !== null) {
    await queueMail(deps, {
      kind: 'support_reply', event: `support:${messageId}`, to: { email: thread.email, userId: thread.userId },
      data: { text: text.trim(), path: secret === null ? `/settings/support/${thread.id}` : `/contact/${secret}` },
    });
  }
  return { ok: true };
}

export async function deleteThread({ store }: Pick<Deps, 'store'>, id: string): Promise<boolean> {
  return store.support.remove(id);
}

async function tellOperators(deps: SupportDeps, threadId: string, messageId: string, text: string): Promise<void> {
  const thread = await deps.store.support.get(threadId);
  for (const { id, email } of await deps.store.people.operators()) {
    await queueMail(deps, { kind: 'support_new', event: `support:${messageId}`, to: { email, userId: id }, data: { from: thread?.name || t.somebody, text: text.trim(), threadId } });
  }
}

function textProblems(text: string): Problem[] {
  if (text.trim() === '') return [{ field: 'text', message: t.messageMissing }];
  return text.length > longestMessage ? [{ field: 'text', message: t.messageTooLong(longestMessage, text.length) }] : [];
}

function tooOften(wait: number) {
  return refused('text', t.tooOften(Math.ceil(wait / 60)));
}
