import { browserOf } from '../../domain/agent.ts';
import type { Deps } from '../../deps.ts';
import { tokenHash } from '../../lib/tokens.ts';

/** The browser that logs in: by the cookie it keeps, and as it calls itself. */
export interface Device {
  token: string;
  agent: string;
}

/** Notes the browser; one that this person never used before stands in the log of their workspaces. */
export async function noteDevice({ store, now }: Pick<Deps, 'store' | 'now'>, userId: string, { token, agent }: Device): Promise<void> {
  await store.devices.seen({ userId, now: now() }, { id: tokenHash(`${token} ${userId}`), name: browserOf(agent) });
}
