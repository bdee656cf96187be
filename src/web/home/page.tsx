import type { ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { atLeast } from '../../domain/role.ts';
import { homeTexts as t } from '../../domain/texts/pages/home.ts';
import type { Ended } from '../../domain/time/statistics.ts';
import type { Registry } from '../../providers/index.ts';
import { longDateText } from '../calendar/words.ts';
import { RoleHere } from '../frame/role.tsx';
import { ButtonLink } from '../ui/button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { placeOf } from '../words/time.tsx';
import { Coming, WentOut, type DatedCard, type Days } from './coming.tsx';
import { Needs, troubleCount, type Trouble } from './needs.tsx';
import { Statistics } from './statistics.tsx';

export interface HomeProps {
  /** What is left to set up; draws nothing once it is put away. */
  checklist: ComponentChildren;
  zone: string;
  days: Days;
  trouble: Trouble;
  next: readonly DatedCard[];
  /** How many posts go out in what is left of today. */
  leftToday: number;
  out: readonly DatedCard[];
  ended: readonly Ended[];
  /** `YYYY-MM-DD` of each day of the statistics, in order. */
  shownDays: readonly string[];
  dayOf: (at: number) => string;
  providers: Registry;
}

/** The morning's page: the day, what needs somebody, what is left to set up, what is next, what went out, how it has been going. */
export function Home({ checklist, zone, days, trouble, next, leftToday, out, ended, shownDays, dayOf, providers }: HomeProps) {
  const needs = troubleCount(trouble);
  const bare = needs === 0 && next.length === 0 && out.length === 0 && ended.length === 0;
  return (
    <div class="home">
      <PageHead title={longDateText(days.today)} note={t.inZone(placeOf(zone))} />
      {!bare && <p class="day-sum">{leftToday === 0 ? t.sumNothingToday : t.sumToday(leftToday)} {needs > 0 ? <a class="needs-you" href="#needs">{t.sumNeeds(needs)}</a> : t.sumFine}</p>}
      <Needs trouble={trouble} />
      {checklist}
      {bare ? <First /> : (
        <>
          <div class="home-columns">
            <Coming cards={next} days={days} zone={zone} wasOut={out.length > 0} />
            <WentOut cards={out} zone={zone} providers={providers} />
          </div>
          <section aria-labelledby="numbers">
            <h2 id="numbers">{t.days(shownDays.length)}</h2>
            <Statistics ended={ended} days={shownDays} dayOf={dayOf} providers={providers} />
          </section>
        </>
      )}
    </div>
  );
}

/** Before anything was written: the one thing to do. */
function First() {
  const writes = atLeast(useContext(RoleHere), 'editor');
  return (
    <section class="first-post">
      <h2>{t.firstTitle}</h2>
      <p class="lead">{writes ? t.first : t.firstReader}</p>
      {writes && <p><ButtonLink kind="primary" icon="write" href="/posts/new">{t.write}</ButtonLink></p>}
    </section>
  );
}
