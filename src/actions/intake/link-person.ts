import type { Person } from '../../domain/actor.ts';
import { refused, type Result } from '../../domain/result.ts';
import { intakeRefusals as t } from '../../domain/texts/refusals/intake.ts';
import { newId } from '../../lib/ids.ts';
import { newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import { ProviderError } from '../../providers/contract.ts';
import type { Accepted } from '../../store/intake/intake-links.ts';
import { missingSetting } from '../channels/connect.ts';
import { neededRole, type IntakeDeps, type IntakeProvider } from './deps.ts';

/** How long a link can be opened (ms). */
export const linkGood = 15 * 60 * 1000;

/** Whose chat it is: a key has none. */
type Whose = Pick<Person, 'workspaceId' | 'userId'>;

type LinkDeps = Pick<IntakeDeps, 'store' | 'settings' | 'io' | 'now'>;

/** Makes an address that links whoever opens it to this person and workspace: once, within minutes. The one before is void. */
export async function beginLink(deps: LinkDeps, person: Whose, provider: IntakeProvider): Promise<Result<{ url: string; bot: string; until: number }>> {
  const { store, io, now } = deps;
  const missing = missingSetting(deps, provider);
  if (missing) return refused('', t.notSetUp(provider.name));
  if (provider.connect.kind !== 'bot') return refused('', t.noBot(provider.name));
  try {
    const bot = await provider.connect.bot(io(provider.id, person.workspaceId));
    const token = newToken();
    const until = now() + linkGood;
    await store.intakeLinks.invite(person.workspaceId, { id: tokenHash(token), userId: person.userId, provider: provider.id, expiresAt: until });
    return { ok: true, url: provider.intake.linkUrl(bot, token), bot: bot.name, until };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    const { failure } = error;
    return refused('', t.networkSays(provider.name, failure.message, failure.kind === 'rejected' ? failure.fix : failure.kind === 'auth' ? '' : t.tryAgain));
  }
}

/** Somebody has said a token to the bot. With a single channel there is nothing to choose. */
export async function acceptLink({ store, now }: LinkDeps, provider: IntakeProvider, remoteId: string, token: string): Promise<Accepted> {
  const accepted = await store.intakeLinks.accept(tokenHash(token), { linkId: newId(now()), provider: provider.id, remoteId, role: neededRole, now: now() });
  if (accepted.kind !== 'linked' || accepted.link.channelIds.length > 0) return accepted;
  const { link } = accepted;
  const [only, ...more] = await store.channels.list(link.workspaceId);
  if (!only || more.length > 0) return accepted;
  await store.intakeLinks.setChannels(link.workspaceId, link.id, [only.id]);
  return { kind: 'linked', link: { ...link, channelIds: [only.id] } };
}

/** Deletes the person's number at the network, with all that is on its way: at once, and on disk. */
export async function unlink({ store }: Pick<LinkDeps, 'store'>, person: Whose, provider: IntakeProvider): Promise<boolean> {
  const gone = await store.intakeLinks.unlink(person.workspaceId, person.userId, provider.id);
  await store.prunings.settleLog();
  return gone;
}

/** Where the drafts of this person are to go; what is no channel of the workspace is refused. */
export async function chooseChannels({ store }: Pick<LinkDeps, 'store'>, person: Whose, provider: IntakeProvider, channelIds: readonly string[]): Promise<Result> {
  const link = await store.intakeLinks.ofPerson(person.workspaceId, person.userId, provider.id);
  if (!link) return refused('', t.nothingLinked);
  const known = new Set((await store.channels.list(person.workspaceId)).map(({ id }) => id));
  if (channelIds.some((id) => !known.has(id))) return refused('channel', t.channelGone);
  await store.intakeLinks.setChannels(person.workspaceId, link.id, [...new Set(channelIds)]);
  return { ok: true };
}
