import type { ComponentChildren } from 'preact';
import { homeTexts as t } from '../../domain/texts/pages/home.ts';
import type { Channel } from '../../store/channels.ts';
import { For } from '../frame/role.tsx';
import type { CardView } from '../posts/cards.ts';
import { lineOf } from '../posts/view.ts';
import { Mark } from '../ui/avatar.tsx';
import { ButtonLink } from '../ui/button.tsx';

/** What stands in the way, each with the one thing to do about it. */
export interface Trouble {
  hold: 'frozen' | 'unpaid' | null;
  /** Channels on which nothing goes out until somebody connects them again. */
  channels: readonly Channel[];
  cards: readonly CardView[];
  /** How many posts there are in trouble, those included that are not listed. */
  posts: number;
}

export function troubleCount({ hold, channels, posts }: Trouble): number {
  return (hold === null ? 0 : 1) + channels.length + posts;
}

export function Needs({ trouble }: { trouble: Trouble }) {
  const { hold, channels, cards, posts } = trouble;
  if (troubleCount(trouble) === 0) return null;
  return (
    <section class="needs" aria-labelledby="needs">
      <h2 id="needs">{t.needs}</h2>
      <ul class="needs-list">
        {hold === 'frozen' && <Need line={t.frozen} reason={t.frozenMeans} href="/settings/privacy" action={t.unfreeze} />}
        {hold === 'unpaid' && <Need line={t.unpaid} reason={t.unpaidMeans} href="/settings/billing" action={t.subscription} />}
        {channels.map((channel) => (
          <Need marks={[channel]} line={t.mustReconnect(channel.name)} reason={t.nothingGoesThere} href={`/channels#channel-${channel.id}`} action={t.reconnect} />
        ))}
        {cards.map((card) => {
          const inDoubt = card.places.some(({ status }) => status === 'unconfirmed');
          return <Need post={card.id} marks={card.channels} line={lineOf(card)} reason={card.reason} href={`/posts/${card.id}`} action={inDoubt ? t.decide : t.mend} editor />;
        })}
      </ul>
      {posts > cards.length && <p class="section-more"><a href="/posts?show=failed">{t.allTrouble(posts)}</a></p>}
    </section>
  );
}

interface NeedProps {
  post?: string;
  marks?: readonly Channel[];
  line: string;
  reason: string | null;
  href: string;
  action: string;
  /** True where only those who write can do something about it. */
  editor?: boolean;
}

function Need({ post, marks = [], line, reason, href, action, editor = false }: NeedProps) {
  const button: ComponentChildren = <ButtonLink small href={href}>{action}<span class="visually-hidden">: {line.slice(0, 60)}</span></ButtonLink>;
  return (
    <li class="need">
      {marks.length > 0 && <span class="row-marks">{marks.map(({ provider, name }) => <Mark provider={provider} name={name} />)}</span>}
      <p class="need-text">
        {post === undefined ? <strong class="one-line">{line}</strong> : <a class="one-line" href={href} data-post={post}>{line}</a>}
        {reason !== null && <span class="need-reason">{reason}</span>}
      </p>
      {editor ? <For role="editor">{button}</For> : button}
    </li>
  );
}
