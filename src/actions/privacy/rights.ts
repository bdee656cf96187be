import type { Person } from '../../domain/actor.ts';
import { answerWithin, type RequestKind } from '../../domain/promise/privacy.ts';
import { refused, type Result } from '../../domain/result.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';
import type { Deps } from '../../deps.ts';
import { newId } from '../../lib/ids.ts';
import { queueMail } from '../mails/queue-mail.ts';
import { endConnection, type DisconnectDeps } from '../channels/disconnect.ts';

type RightDeps = Pick<Deps, 'store' | 'now'>;

/** Puts down what the program itself has done at once. */
export async function recordDone({ store, now }: RightDeps, actor: Pick<Person, 'userId'> & { workspaceId: string | null }, kind: RequestKind, answer: string): Promise<void> {
  const at = now();
  await store.requests.add({
    id: newId(at), userId: actor.userId, workspaceId: actor.workspaceId, kind, subjectId: null, message: '', askedAt: at, dueAt: at + answerWithin, answeredAt: at, answer,
  });
}

/** Restriction: nothing of a workspace is published or asked for at a network until it is lifted. `null`: everything one owns. */
export async function freeze(deps: RightDeps, actor: Person, workspaceId: string | null): Promise<Result<{ count: number }>> {
  const { store, now } = deps;
  const mine = (await store.people.workspacesOf(actor.userId)).filter(({ id, role }) => (workspaceId === null ? role === 'owner' : id === workspaceId && (role === 'owner' || role === 'admin')));
  if (mine.length === 0) return refused('', t.freezeByAdmin);
  for (const { id } of mine) await store.people.hold(id, 'frozen', now());
  await recordDone(deps, { userId: actor.userId, workspaceId: mine.length === 1 ? (mine[0]?.id ?? null) : null }, 'restriction', mine.length === 1 ? t.frozen : t.frozenMany(mine.length));
  return { ok: true, count: mine.length };
}

/** Lets a workspace go on; not one that is about to be deleted. */
export async function unfreeze(deps: RightDeps, actor: Person, workspaceId: string): Promise<Result> {
  const { store } = deps;
  const found = (await store.people.workspacesOf(actor.userId)).find(({ id, role }) => id === workspaceId && (role === 'owner' || role === 'admin'));
  if (!found) return refused('', t.unfreezeByAdmin);
  if ((await store.erasures.announced('', workspaceId)).length > 0) return refused('', t.deletionFirst);
  await store.people.hold(workspaceId, 'frozen', null);
  await recordDone(deps, { userId: actor.userId, workspaceId }, 'restriction', t.unfrozen);
  return { ok: true };
}

/** Objection to being counted in sums, and taking it back. */
export async function objectToAggregates(deps: RightDeps, actor: Person, objects: boolean): Promise<void> {
  const { store, now } = deps;
  await store.people.objectToAggregates(actor.userId, objects ? now() : null);
  await recordDone(deps, { userId: actor.userId, workspaceId: null }, 'objection', objects ? t.leftOut : t.counted);
}

/** Withdrawal: every access of the workspace is deleted here and ended at its network. */
export async function disconnectAll(deps: DisconnectDeps, actor: Person): Promise<number> {
  const { store, providers } = deps;
  const open = (await store.connections.list(actor.workspaceId)).filter(({ status, provider }) => status !== 'revoked' && !providers.get(provider)?.local);
  for (const connection of open) await endConnection(deps, connection, actor.userId);
  await recordDone(deps, { userId: actor.userId, workspaceId: actor.workspaceId }, 'withdrawal', open.length === 1 ? t.disconnectedOne : t.disconnectedMany(open.length));
  return open.length;
}

/** What no button covers: whoever runs the instance answers it. */
export async function askFreely({ store, now, log }: RightDeps & Pick<Deps, 'log'>, actor: Person, message: string): Promise<Result> {
  const text = message.trim();
  if (text === '') return refused('message', t.wishMissing);
  if (text.length > 5_000) return refused('message', t.wishTooLong);
  const at = now();
  const id = newId(at);
  await store.requests.add({ id, userId: actor.userId, workspaceId: null, kind: 'other', subjectId: null, message: text, askedAt: at, dueAt: at + answerWithin });
  log.info({ request: id }, 'a person asks for something by right');
  return { ok: true };
}

/** The answer of whoever runs the instance. */
export async function answerRequest(deps: Pick<Deps, 'store' | 'now' | 'settings' | 'config'>, actor: Person, id: string, typed: string): Promise<Result> {
  const { store, now } = deps;
  const answer = typed.trim();
  const request = await store.requests.get(id);
  if (!request) return refused('', t.requestUnknown);
  if (answer === '') return refused(`answer.${id}`, t.answerMissing);
  if (answer.length > 5_000) return refused(`answer.${id}`, t.answerTooLong);
  if (request.kind !== 'other' || request.userId === null) return refused('', t.answeredByProgram);
  if (!(await store.requests.answer(id, { answer, answeredBy: actor.userId, now: now() }))) return refused('', t.answeredAlready);
  const user = await store.people.user(request.userId);
  if (user) await queueMail(deps, { kind: 'request_answered', event: `request:${id}`, to: { email: user.email, userId: user.id }, data: { answer } });
  return { ok: true };
}
