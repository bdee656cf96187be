import { totalOf, noSums, sumsBy, type Ended, type Sums } from '../../domain/statistics.ts';
import type { Registry } from '../../providers/index.ts';
import { Mark } from '../ui/avatar.tsx';

export interface StatisticsProps {
  ended: readonly Ended[];
  /** `YYYY-MM-DD` of each day that is shown, in order. */
  days: readonly string[];
  dayOf: (at: number) => string;
  providers: Registry;
}

const parts = [['onTime', 'on time'], ['late', 'late'], ['failed', 'failed']] as const;
const height = 96;

/** What the last days came to: a bar a day, and every number in words. */
export function Statistics({ ended, days, dayOf, providers }: StatisticsProps) {
  const shown = ended.filter(({ at }) => days.includes(dayOf(at)));
  const byDay = sumsBy(shown, ({ at }) => dayOf(at));
  const byNetwork = [...sumsBy(shown, ({ provider }) => provider)].sort(([, a], [, b]) => totalOf(b) - totalOf(a));
  const all = sumsBy(shown, () => 'all').get('all') ?? noSums;
  const most = Math.max(1, ...[...byDay.values()].map(totalOf));
  if (totalOf(all) === 0) return <p class="help">What came of your posts in the last {days.length} days stands here, once something has.</p>;
  return (
    <>
      <p class="sums">
        <strong>{all.onTime}</strong> on time · <strong>{all.late}</strong> late · {all.failed > 0 ? <a class="needs-you" href="/posts?show=failed"><strong>{all.failed}</strong> failed</a> : <><strong>0</strong> failed</>}
      </p>
      <figure class="bars">
        <svg viewBox={`0 0 ${days.length * 10} ${height}`} preserveAspectRatio="none" role="img" aria-label={`Posts a day in the last ${days.length} days: ${most} at most, ${totalOf(all)} in all.`}>
          {days.map((day, n) => <Bar sums={byDay.get(day) ?? noSums} at={n * 10} most={most} />)}
        </svg>
        <figcaption class="help"><span>{dayName(days[0])}</span><span>{most} at most a day</span><span>today</span></figcaption>
      </figure>
      <table class="numbers">
        <thead><tr><th scope="col">Network</th>{parts.map(([, label]) => <th scope="col" class="number">{label}</th>)}</tr></thead>
        <tbody>
          {byNetwork.map(([provider, sums]) => (
            <tr>
              <th scope="row"><Mark provider={provider} /> {providers.get(provider)?.name ?? provider}</th>
              {parts.map(([key]) => <td class={key === 'failed' && sums[key] > 0 ? 'number needs-you' : 'number'}>{sums[key]}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </>
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

function dayName(day = ''): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
