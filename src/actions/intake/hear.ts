import { newId } from '../../lib/ids.ts';
import { createTurns } from '../../lib/turns.ts';
import type { Heard, HeardMessage, Provider } from '../../providers/contract.ts';
import type { IntakeLink, Patience } from '../../store/intake/intake.ts';
import { obey } from './commands.ts';
import { mayWrite, takesIn, tell, type IntakeDeps, type IntakeProvider } from './deps.ts';
import { createDoorman } from './doorman.ts';
import { acceptLink } from './link-person.ts';
import { heedPress } from './presses.ts';
import * as words from './words.ts';

export type Heed = (provider: Provider, heard: readonly Heard[]) => Promise<void>;

/** Albums: each message is waited for so long after the one before it, all of them at most (ms). */
const albumPatience: Patience = { each: 2_000, atMost: 10_000 };
const atOnce: Patience = { each: 0, atMost: 0 };

/** A stranger's message older than this is answered no more (ms): it waited while nobody listened. */
const stale = 10 * 60 * 1000;

/**
 * Heeds what people tell a bot, one thing after another. A message is on disk when this returns, to be made a draft of
 * (`gather.ts`); of strangers nothing is kept. Heard twice is heeded once.
 */
export function createHeed(deps: IntakeDeps): Heed {
  const inTurn = createTurns(1);
  const mayAnswer = createDoorman(deps.now);
  return async (provider, heard) => {
    if (!takesIn(provider)) return;
    for (const one of heard) await inTurn(() => heedOne(deps, provider, one, mayAnswer));
  };
}

async function heedOne(deps: IntakeDeps, provider: IntakeProvider, heard: Heard, mayAnswer: (who: string) => boolean): Promise<void> {
  const { store, now } = deps;
  const link = await store.intakeLinks.byRemote(provider.id, heard.from);
  if (!link) return heedStranger(deps, provider, heard, mayAnswer);
  if (await rests(deps, link.workspaceId)) return heedInVain(deps, provider, link, heard);
  if (heard.kind === 'message' && isContent(heard) && mayWrite(link)) return take(deps, provider, link, heard);
  if (await store.intake.wasHeard(heard.id)) return;
  // Known only afterwards: dying before this line does it again, and everything here may be done again.
  if (heard.kind === 'press') await heedPress(deps, provider, link, heard);
  else await heedSaid(deps, provider, link, heard);
  await store.intake.putHeard(heard.id, link.id, now());
}

/** Whether the workspace is frozen, held with its owner, or being deleted: nothing is taken in then. */
async function rests({ store }: IntakeDeps, workspaceId: string): Promise<boolean> {
  const workspace = await store.people.workspace(workspaceId);
  return !workspace || workspace.frozenAt !== null || workspace.suspendedAt !== null || workspace.erasingAt !== null;
}

/** Says so, once for each message, and keeps nothing of it. */
async function heedInVain(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, heard: Heard): Promise<void> {
  const { store, now } = deps;
  if (await store.intake.wasHeard(heard.id)) return;
  await tell(deps, provider, link.remoteId, { text: words.frozenText(deps.config.publicUrl) });
  await store.intake.putHeard(heard.id, link.id, now());
}

/** Whether it is to become a draft, `/next` before its words included. */
function isContent({ command, file, text, refusal }: HeardMessage): boolean {
  if (refusal !== null) return false;
  return file !== null || (command === null ? text.trim() !== '' : command.name === 'next' && text.trim() !== '');
}

async function heedStranger(deps: IntakeDeps, provider: IntakeProvider, heard: Heard, mayAnswer: (who: string) => boolean): Promise<void> {
  if (heard.kind !== 'message') return;
  const { command, from } = heard;
  if (command?.name === 'start' && /^[\w-]{43}$/u.test(command.rest)) {
    const accepted = await acceptLink(deps, provider, from, command.rest);
    if (accepted.kind === 'linked') {
      await tell(deps, provider, from, { text: words.linkedText(accepted.link, provider.intake.takes) });
      return deps.store.intake.putHeard(heard.id, accepted.link.id, deps.now());
    }
    if (mayAnswer(from)) await tell(deps, provider, from, { text: words.expiredText });
    return;
  }
  if (deps.now() - heard.at < stale && mayAnswer(from)) await tell(deps, provider, from, { text: words.strangerText });
}

async function heedSaid(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, said: HeardMessage): Promise<void> {
  const answer = (text: string) => tell(deps, provider, link.remoteId, { text, replyTo: said.messageId });
  const { command, refusal, edited } = said;
  if (refusal !== null) return answer(refusal);
  // A command that was said has been obeyed: writing it anew in the same place is no command.
  if (command === null || edited) return mayWrite(link) || edited ? undefined : answer(words.mayNotText);
  if (command.name === 'start' && command.rest !== '') {
    const accepted = await acceptLink(deps, provider, link.remoteId, command.rest);
    return answer(accepted.kind === 'elsewhere' ? words.elsewhereText(link) : words.helpText(link, provider.intake.takes));
  }
  return obey(deps, provider, link, said, command.name);
}

/** Takes a message in. What cannot be fetched is said in the answer to all of it. */
async function take(deps: IntakeDeps, provider: IntakeProvider, link: IntakeLink, said: HeardMessage): Promise<void> {
  const { store, now } = deps;
  const { album, messageId, order, at, edited, command, file } = said;
  const { maxBytes, maxSaid } = provider.intake;
  const tooLarge = file?.bytes != null && file.bytes > maxBytes;
  // What only looks like a command is part of what was written.
  const text = command === null || command.name === 'next' ? said.text : `/${command.name} ${command.rest}`.trim();
  const taken = await store.intake.receive(link.workspaceId, link.id, {
    key: album === null ? messageId : `album:${album}`, messageId, order, at, edited, text, goes: command?.name === 'next',
    file: file && {
      mediaId: newId(now()), same: file.same, name: file.name, bytes: file.bytes,
      ref: tooLarge ? null : file.ref, refusal: tooLarge ? words.tooLargeText(file.name, maxSaid, deps.config.publicUrl) : null,
    },
  }, { draftId: newId(now()), now: now(), patience: album === null ? atOnce : albumPatience });
  if (taken !== 'unknown') return;
  if (await store.intake.wasHeard(said.id)) return;
  await tell(deps, provider, link.remoteId, { text: words.tooOldText(deps.config.publicUrl), replyTo: messageId });
  await store.intake.putHeard(said.id, link.id, now());
}
