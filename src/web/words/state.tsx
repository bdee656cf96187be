import type { PostStatus } from '../../domain/post.ts';
import type { HeldReason, Publication } from '../../domain/publication.ts';
import { wordTexts as t } from '../../domain/texts/pages/ui.ts';
import { clockText, dayText, spanText } from './time.tsx';

const words: Record<PostStatus, string> = {
  draft: t.draft, scheduled: t.scheduled, canceled: t.canceled, publishing: t.publishing, published: t.published,
  partly_published: t.partlyPublished, failed: t.failed, needs_attention: t.needsYou,
};

/** State by shape and word, never by colour alone. */
export function StateMark({ status }: { status: PostStatus }) {
  return <span class={`state state-${status}`}>{words[status]}</span>;
}

/** The round stamp of what is really out. */
export function Postmark({ network, at, zone }: { network: string; at: number; zone: string }) {
  return (
    <svg class="postmark" viewBox="0 0 100 100" role="img" aria-label={t.publishedOn(network)}>
      <circle cx="50" cy="50" r="45" /><circle cx="50" cy="50" r="33" />
      <path id="arc" class="arc" d="M14 54A36 36 0 0 1 86 54" />
      <text class="around" text-anchor="middle"><textPath href="#arc" startOffset="50%">{network.toUpperCase()}</textPath></text>
      <text class="middle" x="50" y="48" text-anchor="middle">{dayText(at, zone).split(' ').slice(1, 3).join(' ').toUpperCase()}</text>
      <text class="middle" x="50" y="63" text-anchor="middle">{clockText(at, zone)}</text>
    </svg>
  );
}

/** Why nothing is sent, in a sentence. */
export function heldText(held: HeldReason): string {
  switch (held) {
    case 'needs_reconnect': return t.heldReconnect;
    case 'disconnected': return t.heldDisconnected;
    case 'paused': return t.heldPaused;
    case 'frozen': return t.heldFrozen;
    case 'unpaid': return t.heldUnpaid;
  }
}

/** Where one publication stands, in a sentence. */
export function publicationText({ status, reason, held, dueAt }: Publication, now: number): string {
  const span = dueAt > now ? spanText(dueAt - now) : null;
  switch (status) {
    case 'scheduled':
      if (held !== null) return heldText(held);
      switch (reason) {
        case 'backing_off': return t.backingOff(span);
        case 'rate_limited': return t.rateLimited(span);
        case 'waiting_for_network': return t.preparing(span);
        case 'between_parts': return t.betweenParts(span);
        case 'settling': return t.settling(span);
        case 'resumed': return t.resumed;
        case null: return span === null ? t.due : t.goesOut(span);
      }
    // falls through: TypeScript knows that the switch above returns
    case 'publishing': return t.beingSent;
    case 'published': return t.published;
    case 'failed': return t.notPublished;
    case 'unconfirmed': return t.unconfirmed;
    case 'canceled': return t.canceled;
  }
}
