import * as z from 'zod';
import { ProviderError, type Io, type Job, type Steps, type Target } from '../../contract.ts';
import { clientOf, type Client } from '../../oauth.ts';
import { removeApp } from '../login.ts';
import type { PageRow, ReachedPage } from '../pages.ts';
import type { Options } from './options.ts';
import type { linkedAccount } from './wire.ts';

/** Prefixes of the app's settings: an app of its own counts before the one for Facebook. */
export const app = ['INSTAGRAM', 'FACEBOOK'] as const;

/** `token` is that of the Page which the account is linked to. */
const account = z.object({ username: z.string(), name: z.string(), picture: z.string().nullable(), pageId: z.string().min(1), token: z.string().min(1) });

/** One login: the accounts behind the Pages that the person ticked, none of the person's own tokens, and the id by which Meta calls back. */
export const grant = z.strictObject({
  /** App-scoped. */
  userId: z.string().min(1),
  /** By the account's id. */
  accounts: z.record(z.string(), account),
});
export type Grant = z.infer<typeof grant>;

export type LinkedPage = PageRow & typeof linkedAccount._output;

export function grantOf(userId: string, pages: readonly ReachedPage<LinkedPage>[]): Grant {
  const accounts = Object.fromEntries(pages.flatMap(({ id: pageId, name: pageName, access_token: token, instagram_business_account: linked }) => {
    if (!linked) return [];
    const { id, username, name, profile_picture_url: picture } = linked;
    return [[id, { username: username ?? '', name: name || username || pageName, picture: picture ?? null, pageId, token }] as const];
  }));
  if (Object.keys(accounts).length > 0) return { userId, accounts };
  throw new ProviderError({
    kind: 'rejected', code: 'no_accounts', message: 'None of your Pages has an Instagram professional account.',
    fix: 'In the Instagram app make the account professional and link it to a Page. While connecting, tick both. If the Page is in a business portfolio, use the options of this network.',
  });
}

/** From the grant alone: what it reaches is what it holds tokens for. */
export async function targets({ accounts }: Grant): Promise<Target[]> {
  return Object.entries(accounts).map(([remoteId, { username, name, picture }]) => ({
    remoteId, name, handle: username === '' ? 'Instagram' : `@${username}`, url: username === '' ? null : profileOf(username), avatarUrl: picture,
  }));
}

export function profileOf(username: string): string {
  return `https://www.instagram.com/${encodeURIComponent(username)}/`;
}

export function without({ userId, accounts }: Grant, remoteId: string): Grant | null {
  const rest = Object.fromEntries(Object.entries(accounts).filter(([id]) => id !== remoteId));
  return Object.keys(rest).length > 0 ? { userId, accounts: rest } : null;
}

/** A person who has removed the app already has done what was asked for. */
export async function revoke({ userId }: Grant, io: Io): Promise<void> {
  try {
    await removeApp(io, clientOf(io, ...app), userId);
  } catch (error) {
    if (!(error instanceof ProviderError) || !['100', '100/33', '190/458'].includes(error.failure.code)) throw error;
  }
}

/** As whom to publish: what every call of a job needs. */
export interface Account {
  id: string;
  token: string;
  app: Client;
}

/** One publication under way, for the parts of publishing. */
export interface Doing {
  job: Job<Grant, Options>;
  account: Account;
  step: Steps;
  io: Io;
}

export function accountOf({ grant: { accounts }, target }: Job<Grant, Options>, io: Io): Account {
  const token = accounts[target.remoteId]?.token;
  if (token !== undefined) return { id: target.remoteId, token, app: clientOf(io, ...app) };
  // Not `auth`: the other accounts of the connection are well.
  throw new ProviderError({
    kind: 'rejected', code: 'account_not_allowed', message: `${target.name} was not ticked when the connection was last renewed.`,
    fix: 'Connect Instagram again and tick this account and its Page too. Then publish again.', act: 'reconnect',
  });
}
