import { calendarTexts as t } from '../../domain/texts/pages/calendar.ts';
import { BulkForm } from '../posts/bulk-form.tsx';
import type { CardView, Names } from '../posts/cards.ts';
import { PostRow } from '../posts/list.tsx';
import { noFilter } from '../../store/calendar/filter.ts';
import { ButtonLink } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { hrefOf, narrows, type Scope } from './scope.ts';
import { dateText } from './words.ts';
import { wallOf } from '../../domain/time/schedule.ts';
import type { Drawing } from './card.tsx';

export interface AgendaProps {
  cards: readonly CardView[];
  /** There are more behind the last. */
  more: boolean;
  scope: Scope;
  names: Names;
  csrf: string;
  drawing: Drawing;
}

/** What is planned from a day on, day by day. */
export function Agenda({ cards, more, scope, names, csrf, drawing }: AgendaProps) {
  const { zone, here, editor } = drawing;
  const days = [...Map.groupBy(cards, ({ at }) => (at === null ? '' : wallOf(at, zone).slice(0, 10)))];
  const last = cards.at(-1);
  if (cards.length === 0) {
    return (
      <Empty action={narrows(scope) ? <ButtonLink href={hrefOf(scope, noFilter)}>{t.clear}</ButtonLink> : editor && <ButtonLink kind="primary" href={`${drawing.write}${scope.on}T09:00`}>{t.write}</ButtonLink>}>
        {narrows(scope) ? t.empty.narrowed : t.empty.list(dateText(scope.on))}
      </Empty>
    );
  }
  return (
    <>
      <BulkForm csrf={csrf} here={here} labels={names.labels} editor={editor}>
        {days.map(([date, own]) => (
          <section class="agenda-day">
            <h2>{dateText(date)}</h2>
            <ul class="rows">{own.map((card) => <PostRow view={card} zone={zone} editor={editor} pick={editor} clock />)}</ul>
          </section>
        ))}
      </BulkForm>
      {more && last?.at != null && <p class="further"><ButtonLink href={hrefOf(scope, { after: { at: last.at, id: last.id } })}>{t.laterPosts}</ButtonLink></p>}
    </>
  );
}
