import type { Io, Target } from '../contract.ts';
import { ask } from './api.ts';
import type { Grant } from './session.ts';
import { user } from './wire.ts';

/**
 * One account, one target. Its user name belongs to a scope that is not asked for, and the one that creator info tells is
 * not kept: so there is no handle and no address.
 */
export async function targets(grant: Grant, io: Io): Promise<Target[]> {
  const { openId, name, avatarUrl } = await accountOf(grant, io);
  return [{ remoteId: openId, name, handle: '', url: null, avatarUrl }];
}

export async function accountOf(grant: Grant, io: Io): Promise<{ openId: string; name: string; avatarUrl: string | null }> {
  const { user: { open_id: openId, display_name: name, avatar_url: avatarUrl } } =
    await ask(io, grant, 'GET', '/v2/user/info/?fields=open_id,display_name,avatar_url', user);
  return { openId, name: name?.trim() || 'TikTok account', avatarUrl: avatarUrl ?? null };
}
