import type { PostStatus } from '../../domain/post.ts';
import type { HeldReason, Publication } from '../../domain/publication.ts';
import { clockText, dayText, spanText } from './time.tsx';

const words: Record<PostStatus, string> = {
  draft: 'Draft', scheduled: 'Scheduled', canceled: 'Canceled', publishing: 'Publishing', published: 'Published',
  partly_published: 'Partly published', failed: 'Failed', needs_attention: 'Needs you',
};

/** State by shape and word, never by colour alone. */
export function StateMark({ status }: { status: PostStatus }) {
  return <span class={`state state-${status}`}>{words[status]}</span>;
}

/** The round stamp of what is really out. */
export function Postmark({ network, at, zone }: { network: string; at: number; zone: string }) {
  return (
    <svg class="postmark" viewBox="0 0 100 100" role="img" aria-label={`Published on ${network}`}>
      <circle cx="50" cy="50" r="45" /><circle cx="50" cy="50" r="33" />
      <path id="arc" class="arc" d="M 14 54 A 36 36 0 0 1 86 54" />
      <text class="around" text-anchor="middle"><textPath href="#arc" startOffset="50%">{network.toUpperCase()}</textPath></text>
      <text class="middle" x="50" y="48" text-anchor="middle">{dayText(at, zone).split(' ').slice(1, 3).join(' ').toUpperCase()}</text>
      <text class="middle" x="50" y="63" text-anchor="middle">{clockText(at, zone)}</text>
    </svg>
  );
}

/** Why nothing is sent, in a sentence. */
export function heldText(held: HeldReason): string {
  switch (held) {
    case 'needs_reconnect': return 'Held: the channel must be reconnected first';
    case 'disconnected': return 'Held: the channel is disconnected';
    case 'paused': return 'Held: publishing on this channel is paused';
    case 'frozen': return 'Held: this workspace is frozen';
    case 'unpaid': return 'Held: the subscription has ended';
  }
}

/** Where one publication stands, in a sentence. */
export function publicationText({ status, reason, held, dueAt }: Publication, now: number): string {
  const soon = dueAt > now ? ` in ${spanText(dueAt - now)}` : ' now';
  switch (status) {
    case 'scheduled':
      if (held !== null) return heldText(held);
      switch (reason) {
        case 'backing_off': return `Did not work, next try${soon}`;
        case 'rate_limited': return `The network asks to wait, next try${soon}`;
        case 'waiting_for_network': return `The network is preparing it, next look${soon}`;
        case 'between_parts': return `The parts before are out, the next one goes out${soon}`;
        case 'settling': return `The answer was lost, looking whether it is out${soon}`;
        case 'resumed': return 'Interrupted by a restart, going on';
        case null: return dueAt > now ? `Goes out in ${spanText(dueAt - now)}` : 'Due now';
      }
    // falls through: TypeScript knows that the switch above returns
    case 'publishing': return 'Being sent';
    case 'published': return 'Published';
    case 'failed': return 'Not published';
    case 'unconfirmed': return 'Unconfirmed: it may be out';
    case 'canceled': return 'Canceled';
  }
}
