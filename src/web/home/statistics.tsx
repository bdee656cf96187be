import { homeTexts as t } from '../../domain/texts/pages/home.ts';
import { totalOf, noSums, sumsBy, type Ended, type Sums } from '../../domain/time/statistics.ts';
import type { Registry } from '../../providers/index.ts';
import { dateText } from '../calendar/words.ts';
import { Mark } from '../ui/avatar.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { rich } from '../words/rich.tsx';

export interface StatisticsProps {
  ended: readonly Ended[];
  /** `YYYY-MM-DD` of each day that is shown, in order. */
  days: readonly string[];
  dayOf: (at: number) => string;
  providers: Registry;
}

const parts = [['onTime', t.onTime], ['late', t.late], ['failed', t.failed]] as const;
const amounts: readonly Column[] = parts.map(([, label]) => ({ label, amount: true }));
const height = 96;

/** What the last days came to: in figures, a bar a day, by network, and every number of a day in a table. */
export function Statistics({ ended, days, dayOf, providers }: StatisticsProps) {
  const shown = ended.filter(({ at }) => days.includes(dayOf(at)));
  const byDay = sumsBy(shown, ({ at }) => dayOf(at));
  const byNetwork = [...sumsBy(shown, ({ provider }) => provider)].sort(([, a], [, b]) => totalOf(b) - totalOf(a));
  const all = sumsBy(shown, () => 'all').get('all') ?? noSums;
  const most = Math.max(1, ...[...byDay.values()].map(totalOf));
  if (totalOf(all) === 0) return <p class="help">{t.noNumbers(days.length)}</p>;
  return (
    <div class="numbers">
      <div>
        <p class="sums">
          {rich(t.sums, {
            onTime: <strong>{all.onTime}</strong>, late: <strong>{all.late}</strong>,
            failed: all.failed > 0 ? <a class="needs-you" href="/posts?show=failed">{failedText(all.failed)}</a> : failedText(0),
          })}
        </p>
        <figure class="bars">
          <svg viewBox={`0 0 ${days.length * 10} ${height}`} preserveAspectRatio="none" role="img" aria-label={t.plot(days.length, most, totalOf(all))}>
            {days.map((day, n) => <Bar sums={byDay.get(day) ?? noSums} at={n * 10} most={most} />)}
          </svg>
          <figcaption class="help"><span>{shortDay(days[0])}</span><span>{t.most(most)}</span><span>{t.plotToday}</span></figcaption>
        </figure>
        <ul class="bar-keys help" aria-hidden="true">{parts.map(([key, label]) => <li><svg viewBox="0 0 10 10"><rect class={`bar-${key}`} x="1" y="1" width="8" height="8" /></svg>{label}</li>)}</ul>
      </div>
      <div>
        <h3>{t.byNetwork}</h3>
        <Table
          label={t.byNetwork} columns={[{ label: t.network }, ...amounts, { label: t.share }]}
          rows={byNetwork.map(([provider, sums]) => {
            const name = providers.get(provider)?.name ?? provider;
            return [<><Mark provider={provider} /> {name}</>, ...amountsOf(sums), <Share name={name} part={totalOf(sums) / totalOf(all)} />];
          })}
        />
        <details class="by-day">
          <summary>{t.byDay}</summary>
          <Table label={t.byDay} columns={[{ label: t.day }, ...amounts]} rows={days.filter((day) => byDay.has(day)).toReversed().map((day) => [dateText(day), ...amountsOf(byDay.get(day) ?? noSums)])} />
        </details>
      </div>
    </div>
  );
}

function failedText(count: number) {
  return rich(t.sumFailed, { failed: <strong>{count}</strong> });
}

function amountsOf(sums: Sums) {
  return parts.map(([key]) => (key === 'failed' && sums[key] > 0 ? <span class="needs-you">{sums[key]}</span> : sums[key]));
}

function Share({ name, part }: { name: string; part: number }) {
  return (
    <svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label={t.sharesOf(name, Math.round(part * 100))}>
      <rect class="bar-none" x={0} y={0} width={100} height={10} /><rect class="bar-onTime" x={0} y={0} width={100 * part} height={10} />
    </svg>
  );
}

/** On time at the bottom, what was late above it, what failed on top. */
function Bar({ sums, at, most }: { sums: Sums; at: number; most: number }) {
  let below = 0;
  return (
    <g>
      {totalOf(sums) === 0 && <rect class="bar-none" x={at + 1} y={height - 1} width={8} height={1} />}
      {parts.map(([key]) => {
        const size = (sums[key] / most) * height;
        below += size;
        return size > 0 && <rect class={`bar-${key}`} x={at + 1} y={height - below} width={8} height={size} />;
      })}
    </g>
  );
}

/** "24 Nov". */
function shortDay(day = ''): string {
  return dateText(day).split(' ').slice(1).join(' ');
}
