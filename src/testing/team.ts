import type { GivenRole, Role } from '../domain/role.ts';
import { newId } from '../lib/ids.ts';
import { newToken, tokenHash } from '../lib/tokens.ts';
import type { Store } from '../store/index.ts';
import { seedPerson, start } from './world.ts';

/** Tokens and their hashes, as an invitation is made from. */
export function freshTokens(now = start, days = 7) {
  const [mail, link] = [newToken(), newToken()];
  return { mail, link, hashes: { mailHash: tokenHash(mail), linkHash: tokenHash(link), expiresAt: now + days * 86_400_000 } };
}

/** A person with a workspace of their own who is also a member of `workspaceId`. */
export async function seedMember(store: Store, workspaceId: string, ownerId: string, role: Role, now = start): Promise<string> {
  const { userId } = await seedPerson(store, now);
  const { email } = (await store.people.user(userId)) ?? { email: '' };
  const { link, hashes } = freshTokens(now);
  const given: GivenRole = role === 'owner' ? 'admin' : role;
  const invited = await store.invitations.invite(workspaceId, { userId: ownerId, now }, { id: newId(now), email, role: given, ...hashes });
  const came = await store.invitations.accept(tokenHash(link), { userId, now });
  if (invited.end !== 'invited' || came.end !== 'joined') throw new Error(`${invited.end}, ${came.end}`);
  if (role === 'owner') await store.members.handOver(workspaceId, { userId: ownerId, now }, userId, true);
  return userId;
}
