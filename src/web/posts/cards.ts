import type { Group } from '../../domain/channels/group.ts';
import type { Label } from '../../domain/posts/label.ts';
import { postsListTexts as t } from '../../domain/texts/writing/posts-list.ts';
import type { Channel } from '../../store/channels.ts';
import type { PostCard } from '../../store/calendar/cards.ts';
import type { Store } from '../../store/index.ts';
import { heldText } from '../words/state.tsx';

/** A card with the channels and labels that it names. */
export interface CardView extends PostCard {
  channels: Channel[];
  labels: Label[];
  /** Why it needs somebody, null where it does not. */
  reason: string | null;
}

/** What cards are put together from. */
export interface Names {
  channels: readonly Channel[];
  groups: readonly Group[];
  labels: readonly Label[];
}

export async function namesOf({ channels, groups, labels }: Pick<Store, 'channels' | 'groups' | 'labels'>, workspaceId: string): Promise<Names> {
  return { channels: await channels.list(workspaceId), groups: await groups.list(workspaceId), labels: await labels.list(workspaceId) };
}

export function cardViews(cards: readonly PostCard[], names: Names): CardView[] {
  return viewsBy(names)(cards);
}

/** The same for many small lists of cards. */
export function viewsBy(names: Names): (cards: readonly PostCard[]) => CardView[] {
  const channels = new Map(names.channels.map((channel) => [channel.id, channel]));
  const labels = new Map(names.labels.map((label) => [label.id, label]));
  return (cards) => cards.map((card) => ({
    ...card, reason: reasonOf(card),
    channels: card.places.flatMap(({ channelId }) => channels.get(channelId) ?? []),
    labels: card.labelIds.flatMap((id) => labels.get(id) ?? []),
  }));
}

function reasonOf({ places }: PostCard): string | null {
  for (const { status, held, message } of places) {
    if (status === 'unconfirmed') return t.mayBeOut;
    if (status === 'failed') return message ?? t.notPublished;
    if (held !== null) return heldText(held);
  }
  return null;
}

/** Where a card leads: a draft is there to be written on, by whoever may write. */
export function cardHref({ id, status }: Pick<PostCard, 'id' | 'status'>, editor: boolean): string {
  return status === 'draft' && editor ? `/posts/${id}/edit` : `/posts/${id}`;
}
