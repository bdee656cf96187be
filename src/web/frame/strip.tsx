import { frameTexts as t } from '../../domain/texts/pages/frame.ts';
import { Icon } from '../ui/icon.tsx';
import { clockText, dayText, spanText } from '../words/time.tsx';

export interface Strip {
  /** How long ago the scheduler ran (ms); null when it has not. */
  ranAgo: number | null;
  waiting: number;
  /** How late the oldest due publication is (ms); null when none is. */
  oldestLate: number | null;
  nextAt: number | null;
  unconfirmed: number;
  failed: number;
  held: number;
}

const stalledAfter = 30_000;
const lateAfter = 60_000;
/** A time that is further off than this is told with its day (ms). */
const soon = 20 * 3_600_000;

/** How the scheduler stands, in words, and in red what needs somebody. */
export function StatusStrip({ strip, zone, now }: { strip: Strip; zone: string; now: number }) {
  const { ranAgo, waiting, nextAt, oldestLate, unconfirmed, failed, held } = strip;
  const next = nextAt === null ? null : nextAt - now < soon ? clockText(nextAt, zone) : `${dayText(nextAt, zone)} ${clockText(nextAt, zone)}`;
  const queue = next === null ? t.waiting(waiting) : t.waitingNext(waiting, next);
  const stalled = ranAgo === null || ranAgo > stalledAfter;
  const runs = ranAgo === null ? t.notRun(queue) : t.ran(spanText(ranAgo), queue);
  const late = oldestLate !== null && oldestLate > lateAfter;
  const trouble = unconfirmed + failed + held;
  return (
    <div class="strip">
      <div class="strip-lines">
        <p class={stalled ? 'needs-you' : ''}>{runs}</p>
        {late && <p class="needs-you">{t.late(spanText(oldestLate))}</p>}
        {unconfirmed > 0 && <p class="needs-you"><a href="/unconfirmed">{t.unconfirmed(unconfirmed)}</a></p>}
        {failed > 0 && <p class="needs-you"><a href="/posts?show=failed">{t.failed(failed)}</a></p>}
        {held > 0 && <p class="needs-you"><a href="/posts?show=failed">{t.held(held)}</a></p>}
      </div>
      <a class={trouble > 0 || stalled || late ? 'strip-short needs-you' : 'strip-short'} href="/" title={runs}>
        <Icon name={trouble > 0 || stalled || late ? 'alert' : 'runs'} />
        {trouble > 0 ? <><span aria-hidden="true">{trouble}</span><span class="visually-hidden">{t.needYou(trouble)}</span></> : <span class="visually-hidden">{runs}</span>}
      </a>
    </div>
  );
}
