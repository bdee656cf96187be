import { useContext } from 'preact/hooks';
import { atLeast } from '../../domain/role.ts';
import { homeTexts as t } from '../../domain/texts/pages/home.ts';
import { RoleHere } from '../frame/role.tsx';
import { dateText } from '../calendar/words.ts';
import { cardHref, type CardView } from '../posts/cards.ts';
import { lineOf } from '../posts/view.ts';
import type { Registry } from '../../providers/index.ts';
import { Mark } from '../ui/avatar.tsx';
import { LabelWords } from '../ui/badge.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { Postmark, StateMark } from '../words/state.tsx';
import { clockText, Time } from '../words/time.tsx';

/** A post with the day that its time lies in, `YYYY-MM-DD`. */
export interface DatedCard {
  card: CardView;
  at: number;
  date: string;
}

export interface Days {
  yesterday: string;
  today: string;
  tomorrow: string;
}

function dayWord(date: string, { yesterday, today, tomorrow }: Days): string {
  if (date === today) return t.today;
  if (date === tomorrow) return t.tomorrow;
  return date === yesterday ? t.yesterday : dateText(date);
}

/** What goes out next, under the days it goes out on. */
export function Coming({ cards, days, zone, wasOut }: { cards: readonly DatedCard[]; days: Days; zone: string; wasOut: boolean }) {
  const editor = atLeast(useContext(RoleHere), 'editor');
  return (
    <section aria-labelledby="next">
      <h2 id="next">{t.next}</h2>
      {cards.length === 0 && (
        <Empty action={editor && <ButtonLink kind="primary" icon="write" href="/posts/new">{wasOut ? t.planNext : t.write}</ButtonLink>}>{t.nothingNext}</Empty>
      )}
      {[...Map.groupBy(cards, ({ date }) => date)].map(([date, own]) => (
        <div class="coming-day">
          <h3>{dayWord(date, days)}</h3>
          <ul>
            {own.map(({ card, at }) => (
              <li>
                <a class="coming" href={cardHref(card, editor)} data-post={card.id}>
                  <time dateTime={new Date(at).toISOString()}>{clockText(at, zone)}</time>
                  <span class="coming-text">
                    <span class="two-lines">{lineOf(card)}</span>
                    <span class="row-marks">{card.channels.map(({ provider, name }) => <Mark provider={provider} name={name} />)}<LabelWords labels={card.labels} /></span>
                  </span>
                  {card.thumb && <img src={`/media/${card.thumb.id}/thumb`} alt={card.thumb.alt} width={56} height={56} loading="lazy" />}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      {cards.length > 0 && <p class="section-more"><a href="/calendar?view=list">{t.allWaiting}</a></p>}
    </section>
  );
}

/** What is really out, each under its postmark. */
export function WentOut({ cards, zone, providers }: { cards: readonly DatedCard[]; zone: string; providers: Registry }) {
  return (
    <section aria-labelledby="out">
      <h2 id="out">{t.out}</h2>
      {cards.length === 0 && <p class="help">{t.notOut}</p>}
      <ul class="sent-list">
        {cards.map(({ card, at }) => {
          const place = card.places.find(({ status }) => status === 'published');
          const channel = card.channels.find(({ id }) => id === place?.channelId);
          return (
            <li>
              <a class="sent" href={`/posts/${card.id}`} data-post={card.id}>
                {card.thumb && <img src={`/media/${card.thumb.id}/thumb`} alt={card.thumb.alt} width={56} height={56} loading="lazy" />}
                <span class="sent-text">
                  <span class="two-lines">{lineOf(card)}</span>
                  <span class="row-marks">{card.channels.map(({ provider, name }) => <Mark provider={provider} name={name} />)}<span class="row-time"><Time at={at} zone={zone} /></span></span>
                  {card.status !== 'published' && <StateMark status={card.status} />}
                </span>
                <Postmark network={channel ? (providers.get(channel.provider)?.name ?? '') : ''} at={place?.publishedAt ?? at} zone={zone} />
              </a>
            </li>
          );
        })}
      </ul>
      {cards.length > 0 && <p class="section-more"><a href="/posts?show=published">{t.allOut}</a></p>}
    </section>
  );
}
