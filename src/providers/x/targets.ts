import type { Target } from '../contract.ts';
import { limitsFor } from './limits.ts';
import type { Grant } from './session.ts';

/** One token, one account. What is known of it was read when it was connected, and costs nothing here. */
export async function targets({ account: { id, name, username, avatarUrl, subscription } }: Grant): Promise<Target[]> {
  return [{ remoteId: id, name, handle: `@${username}`, url: `https://x.com/${username}`, avatarUrl, limits: limitsFor(subscription) }];
}
