import type { GivenRole, Role } from '../domain/role.ts';
import { newId } from '../lib/ids.ts';
import { newToken, tokenHash } from '../lib/secrets/tokens.ts';
import type { Store } from '../store/index.ts';
import { password, visitor, type TestApp, type Visitor } from './app.ts';
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

/** The browser of a person who was invited by `inviter` and made an account through the link that was shown. */
export async function joined(app: TestApp, inviter: Visitor, email: string, role: GivenRole): Promise<Visitor> {
  const link = linkIn((await inviter.post('/settings/members/invite', { email, role })).body);
  const visit = visitor(app);
  const answer = await visit.post(`${link}/join`, { name: email.split('@')[0] ?? '', password, zone: 'Europe/Berlin' });
  if (answer.statusCode !== 303) throw new Error(`joining answered ${answer.statusCode}: ${answer.body.slice(0, 500)}`);
  return visit;
}

/** The path of the link on the page that is shown after inviting. */
export function linkIn(body: string): string {
  return /value="[^"]*(\/invitations\/[\w-]{43})"/u.exec(body)?.[1] ?? 'no link';
}
