import * as z from 'zod';
import { ProviderError, type Io, type Job, type Steps, type Target } from '../../contract.ts';
import { clientOf, type Client } from '../../oauth.ts';
import { removeApp } from '../login.ts';
import type { ReachedPage } from '../pages.ts';
import type { Options } from './options.ts';

/** Prefix of the app's settings. */
export const app = 'FACEBOOK';

const page = z.object({ name: z.string(), picture: z.string().nullable(), token: z.string().min(1) });

/** One login: a token for each Page that the person ticked, none of the person's own, and the id by which Meta calls back. */
export const grant = z.strictObject({
  /** App-scoped. */
  userId: z.string().min(1),
  /** By the Page's id. */
  pages: z.record(z.string(), page),
});
export type Grant = z.infer<typeof grant>;

export function grantOf(userId: string, pages: readonly ReachedPage[]): Grant {
  if (pages.length === 0) {
    throw new ProviderError({
      kind: 'rejected', code: 'no_pages', message: 'There is no Page on which you may create content.',
      fix: 'Tick the Page while connecting, and see that your role on it lets you publish. If it is in a business portfolio, use the options of this network.',
    });
  }
  return {
    userId,
    pages: Object.fromEntries(pages.map(({ id, name, picture, access_token: token }) =>
      [id, { name, picture: picture?.data?.url ?? null, token }])),
  };
}

/** From the grant alone: what it reaches is what it holds tokens for. */
export async function targets({ pages }: Grant): Promise<Target[]> {
  return Object.entries(pages).map(([remoteId, { name, picture }]) => ({
    remoteId, name, handle: 'Page', url: `https://www.facebook.com/${remoteId}`, avatarUrl: picture,
  }));
}

export function without({ userId, pages }: Grant, remoteId: string): Grant | null {
  const rest = Object.fromEntries(Object.entries(pages).filter(([id]) => id !== remoteId));
  return Object.keys(rest).length > 0 ? { userId, pages: rest } : null;
}

/** A person who has removed the app already has done what was asked for. */
export async function revoke({ userId }: Grant, io: Io): Promise<void> {
  try {
    await removeApp(io, clientOf(io, app), userId);
  } catch (error) {
    if (!(error instanceof ProviderError) || !['100', '100/33', '190/458'].includes(error.failure.code)) throw error;
  }
}

/** As whom to publish: what every call of a job needs. */
export interface Page {
  id: string;
  token: string;
  app: Client;
}

/** One publication under way, for the parts of publishing. */
export interface Doing {
  job: Job<Grant, Options>;
  page: Page;
  step: Steps;
  io: Io;
}

export function pageOf({ grant: { pages }, target }: Job<Grant, Options>, io: Io): Page {
  const token = pages[target.remoteId]?.token;
  if (token !== undefined) return { id: target.remoteId, token, app: clientOf(io, app) };
  // Not `auth`: the other Pages of the connection are well.
  throw new ProviderError({
    kind: 'rejected', code: 'page_not_allowed', message: `${target.name} was not ticked when the connection was last renewed.`,
    fix: 'Connect Facebook again and tick this Page too. Then publish again.', act: 'reconnect',
  });
}
