import { mailKinds, mailTextOf } from '../../domain/texts/mails/index.ts';
import { mailLists, type MailList } from '../../domain/texts/mails/text.ts';
import { withoutList, type MailChoices } from '../../domain/people/mail-choices.ts';
import type { Deps } from '../../deps.ts';
import { newReference } from '../../lib/secrets/tokens.ts';

/** Says which mails a person wants; what waits of those they no longer want is dropped. */
export async function chooseMails({ store, now }: Pick<Deps, 'store' | 'now'>, userId: string, choices: MailChoices): Promise<void> {
  await store.mailChoices.put(userId, choices, newReference(), now());
  const off = mailLists.filter((list) => (list === 'published' ? choices.published === 'off' : !choices[list]));
  await store.mails.dropKinds(userId, mailKinds.filter((kind) => off.some((list) => list === mailTextOf(kind).list)), now());
}

/** Turns one kind of mail off by the address in such a mail; false when the address is nobody's. */
export async function unsubscribe(deps: Pick<Deps, 'store' | 'now'>, key: string, list: MailList): Promise<boolean> {
  const found = await deps.store.mailChoices.byKey(key);
  if (!found) return false;
  await chooseMails(deps, found.userId, withoutList(found.choices, list));
  return true;
}
