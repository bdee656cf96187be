import type { Io, Target } from '../contract.ts';
import { sandboxLimits } from './limits.ts';
import { accountAt, type Grant } from './session.ts';

/** One account, one target: the board is chosen for each Pin. */
export async function targets(grant: Grant, io: Io): Promise<Target[]> {
  const { id, username, business_name: business, profile_image: picture } = await accountAt(grant, io);
  return [{
    remoteId: id, name: business?.trim() || username, handle: `@${username}`, url: `https://www.pinterest.com/${encodeURIComponent(username)}/`,
    avatarUrl: picture ?? null, ...(grant.place === 'sandbox' && { limits: sandboxLimits }),
  }];
}
