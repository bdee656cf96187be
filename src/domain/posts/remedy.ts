import type { ConnectionStatus } from '../connection.ts';
import type { Publication } from '../publication.ts';
import type { Role } from '../role.ts';

/**
 * What a person does about a publication that does not go on by itself. `look`: at the network, to say whether it is there;
 * `edit`: write it anew, changed; `write`: there is nothing left to send.
 */
export const remedies = ['reconnect', 'resume', 'unfreeze', 'pay', 'look', 'edit', 'retry', 'write'] as const;
export type Remedy = (typeof remedies)[number];

/** The least role that may do it. */
export const remedyRole: Record<Remedy, Role> = {
  reconnect: 'admin', resume: 'admin', unfreeze: 'admin', pay: 'owner', look: 'editor', edit: 'editor', retry: 'editor', write: 'editor',
};

export interface Surroundings {
  /** How the channel stands; null when it is no longer in the list. */
  standing: ConnectionStatus | null;
  /** Its words and files are gone. */
  contentDeleted: boolean;
}

/** The one thing to do; null where it goes on by itself, or has come to its end. */
export function remedyOf({ status, held, failure }: Pick<Publication, 'status' | 'held' | 'failure'>, { standing, contentDeleted }: Surroundings): Remedy | null {
  switch (status) {
    case 'publishing':
    case 'published':
    case 'canceled':
      return null;
    case 'unconfirmed':
      return 'look';
    case 'scheduled':
      switch (held) {
        case null: return null;
        case 'needs_reconnect':
        case 'disconnected': return 'reconnect';
        case 'paused': return 'resume';
        case 'frozen': return 'unfreeze';
        case 'unpaid': return 'pay';
      }
    // falls through: TypeScript knows that the switch above returns
    case 'failed': {
      if (contentDeleted) return 'write';
      // On a channel that is gone nothing is tried again: what is left is to write it for another one.
      if (standing === null) return 'edit';
      if (failure?.kind === 'rejected' && failure.act !== 'retry') return failure.act ?? 'edit';
      return standing === 'needs_reconnect' || standing === 'revoked' ? 'reconnect' : 'retry';
    }
  }
}
