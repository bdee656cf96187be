import { createHash } from 'node:crypto';
import type { KeyHolder, Person } from '../../domain/actor.ts';
import type { Json } from '../../domain/json.ts';
import { refused, type Result } from '../../domain/result.ts';
import { channelRefusals as t } from '../../domain/texts/refusals/channels.ts';
import { allows } from '../../billing/entitlements.ts';
import type { Deps } from '../../deps.ts';
import { newCode, newToken, tokenHash } from '../../lib/secrets/tokens.ts';
import { ProviderError, type BotClaim, type Heard, type Input, type Provider } from '../../providers/contract.ts';
import { missingSettings } from '../../providers/setups.ts';
import { connectLocal } from './connect-local.ts';
import { keepConnected, type Kept } from './keep-connected.ts';

type ConnectDeps = Pick<Deps, 'store' | 'settings' | 'providers' | 'io' | 'config' | 'now'>;

/** How long a begun connection may take (ms). */
const patience = 10 * 60 * 1000;

/** Stands in place of a session where a program began; no hash of a token looks like it. */
const anySession = 'key';

export type Begun =
  | { next: 'consent'; url: string }
  | { next: 'code'; code: string; bot: { name: string; url: string } }
  | { next: 'connected'; kept: Kept };

/**
 * Begins to connect a network with what the person typed. `reconnect` is the connection that must come back as the same
 * account, or the channel of it that was disconnected by itself. `back` is the page of ours that they come from: it waits
 * here, sealed, and never travels to the network.
 */
export async function beginConnecting(
  deps: ConnectDeps, actor: Person | KeyHolder, provider: Provider, input: Input, reconnect: string | null, back: string | null = null,
): Promise<Result<Begun>> {
  const { store, config, now } = deps;
  const { connect } = provider;
  const { userId } = actor;
  if (userId === null) return refused('', t.keyWithoutPerson);
  const missing = missingSetting(deps, provider);
  if (missing) return refused('', t.notSetUp(provider.name, missing));
  if (await isFrozen(deps, actor.workspaceId)) return refused('', t.frozen);
  const full = reconnect === null ? await allows(deps, actor.workspaceId, { what: 'channels' }) : null;
  if (full) return { ok: false, problems: [full] };
  const io = deps.io(provider.id, actor.workspaceId);
  const begin = (secret: string, memo: Json) => store.connecting.begin({
    id: tokenHash(secret), workspaceId: actor.workspaceId, userId, sessionId: 'keyId' in actor ? anySession : actor.sessionId,
    provider: provider.id, memo, expiresAt: now() + patience,
  });
  try {
    switch (connect.kind) {
      case 'oauth2': {
        const state = newToken();
        const codeVerifier = newToken();
        const redirectUri = callbackUrl(config.publicUrl, provider);
        const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url');
        const { url, memo } = await connect.authorizeUrl({ input, redirectUri, state, codeChallenge }, io);
        await begin(state, { memo, codeVerifier, reconnect, back });
        return { ok: true, next: 'consent', url };
      }
      case 'form': {
        const kept = await keepConnected(deps, actor.workspaceId, provider, await connect.verify(input, io), reconnect, actor.userId);
        return kept.ok ? { ok: true, next: 'connected', kept } : kept;
      }
      case 'bot': {
        const bot = await connect.bot(io);
        const code = newCode();
        await begin(code, { reconnect, back, bot: { name: bot.name, url: bot.url } });
        return { ok: true, next: 'code', code, bot };
      }
      case 'local':
        return {
          ok: true, next: 'connected',
          kept: { connectionId: await connectLocal(deps, actor.workspaceId, provider, reconnect, actor.userId), targets: 1, again: reconnect !== null },
        };
    }
  } catch (error) {
    return problemOf(error, provider);
  }
}

/**
 * Ends an OAuth connection: the state opens once, in the session and workspace that began it. What a program began, anybody
 * ends who may connect channels in its workspace. `back` is where they came from. Without a code the network, or the person
 * there, said no.
 */
export async function finishConnecting(
  deps: ConnectDeps, actor: Person, provider: Provider, { state, code }: { state: string; code: string | null },
): Promise<Result<Kept> & { back: string | null }> {
  const { store, config, now } = deps;
  if (provider.connect.kind !== 'oauth2') return { ...refused('', t.otherWay(provider.name)), back: null };
  const row = await store.connecting.take(tokenHash(state), provider.id, now());
  if (!row || ![actor.sessionId, anySession].includes(row.sessionId) || row.workspaceId !== actor.workspaceId) {
    return { ...refused('', t.begunElsewhere), back: null };
  }
  const { memo, codeVerifier, reconnect, back } = row.memo as { memo: Json; codeVerifier: string; reconnect: string | null; back: string | null };
  if (code === null) return { ...refused('', t.saidNo(provider.name)), back };
  if (await isFrozen(deps, actor.workspaceId)) return { ...refused('', t.frozen), back };
  try {
    const redirectUri = callbackUrl(config.publicUrl, provider);
    const connected = await provider.connect.exchange({ code, redirectUri, codeVerifier, memo }, deps.io(provider.id, actor.workspaceId));
    return { ...(await keepConnected(deps, actor.workspaceId, provider, connected, reconnect, actor.userId)), back };
  } catch (error) {
    return { ...problemOf(error, provider), back };
  }
}

export interface Hearing {
  /** What is done with what people told the bot; nothing unless told. */
  heed?: (provider: Provider, heard: readonly Heard[]) => Promise<void>;
  /** For how long the platform may be waited for. */
  wait?: { ms: number; signal: AbortSignal };
}

/** A code that a bot waits for. */
export interface CodeBegun {
  /** Its channel is connected. */
  used: boolean;
  reconnect: string | null;
  back: string | null;
  bot: { name: string; url: string };
}

/** What became of a bot's code; undefined when its time is over. */
export async function codeBegun({ store, now }: Pick<Deps, 'store' | 'now'>, { workspaceId }: Person, provider: Provider, code: string): Promise<CodeBegun | undefined> {
  const row = await store.connecting.begun(tokenHash(code), { provider: provider.id, workspaceId }, now());
  return row && { ...(row.memo as unknown as Omit<CodeBegun, 'used'>), used: row.used };
}

/** Lets a bot ask for its news, connects the chats in which a code was said, and passes on what people told it. */
export async function hearBot(deps: ConnectDeps, provider: Provider, { heed, wait }: Hearing = {}): Promise<number> {
  const { store, now } = deps;
  if (provider.connect.kind !== 'bot' || missingSetting(deps, provider)) return 0;
  const { cursor, claims, heard } = await provider.connect.updates(await store.connecting.cursor(provider.id), deps.io(provider.id, ''), wait);
  const linked = await takeClaims(deps, provider, claims);
  await heed?.(provider, heard);
  // Only now: a death before this line reads the same news again. A code opens once, and what was heeded is known.
  await store.connecting.putCursor(provider.id, cursor, now());
  return linked;
}

/** Connects the chats in which a code was said that somebody waits for; says how many. */
export async function takeClaims(deps: ConnectDeps, provider: Provider, claims: readonly BotClaim<unknown>[]): Promise<number> {
  const { store, now } = deps;
  let linked = 0;
  for (const { code, connected } of claims) {
    const row = await store.connecting.peek(tokenHash(code), provider.id, now());
    if (!row || (await isFrozen(deps, row.workspaceId))) continue;
    const { reconnect } = row.memo as { reconnect: string | null };
    // The code is used up last: what fails or dies before can be said again, and connecting twice is connecting once.
    if (!(await keepConnected(deps, row.workspaceId, provider, connected, reconnect, row.userId)).ok) continue;
    await store.connecting.take(row.id, provider.id, now());
    linked += 1;
  }
  return linked;
}

async function isFrozen({ store }: Pick<Deps, 'store'>, workspaceId: string): Promise<boolean> {
  return ((await store.people.workspace(workspaceId))?.frozenAt ?? null) !== null;
}

/** The first of the operator's settings that this network needs and that nobody has filled in. */
export function missingSetting({ settings }: Pick<Deps, 'settings'>, { setup }: Provider): string | undefined {
  return setup && missingSettings(setup, settings.get)[0]?.env;
}

/** Where the platform sends the browser back to: to be registered with the app, to the letter. */
export function callbackUrl(publicUrl: string, provider: Pick<Provider, 'id'>): string {
  return `${publicUrl}/integrations/social/${provider.id}`;
}

/** What the platform said, beside the field it is about where it names one of ours. */
function problemOf(error: unknown, { connect, name }: Provider): { ok: false; problems: { field: string; message: string }[] } {
  if (!(error instanceof ProviderError)) throw error;
  const { failure } = error;
  const fields = connect.kind === 'oauth2' || connect.kind === 'form' ? connect.fields : [];
  const field = fields.some((candidate) => candidate.name === failure.code) ? failure.code : '';
  const fix = failure.kind === 'rejected' ? failure.fix : failure.kind === 'transient' ? t.tryAgain : '';
  return refused(field, field ? failure.message : t.said(name, failure.message, fix));
}
