import { isBusy } from './busy.ts';
import { swapMain, swapped, swapsSoFar } from './swap.ts';

const slow = 30_000;
const failuresAllowed = 3;
/** How long what was said on a page stands there at least (ms). */
const readable = 10_000;

/**
 * Keeps a page that shows moving things up to date: the server says when something changed, the page fetches itself and
 * swaps its main part, unless somebody is busy there. Where no stream comes through it looks by itself now and then.
 */
export function keepLive() {
  let source: EventSource | null = null;
  /** How often the stream failed since it last said something, and when it was tried. */
  let failures = 0;
  let triedAt = 0;
  let wanted = false;
  let running = false;
  let fetchedAt = Date.now();
  /** How often looking failed in a row, and before when it is not tried again. */
  let missed = 0;
  let notBefore = 0;
  /** What the stream said last, and how often it spoke. */
  let told: string | undefined;
  let spoke = 0;
  const main = () => document.querySelector<HTMLElement>('#main[data-pulse]');
  /** What was said when the page came, and since when it stands there. */
  let said: Element | null = null;
  let saidAt = 0;
  const notice = () => {
    said = main()?.querySelector(':scope > .flash') ?? null;
    saidAt = Date.now();
  };

  async function refresh() {
    if (running || !main()) return;
    running = true;
    const [swaps, heardBefore] = [swapsSoFar(), spoke];
    // Somebody may have begun something meanwhile, or changed the page already by what they did.
    const isWanted = () => main() !== null && !isBusy() && swaps === swapsSoFar();
    try {
      const answer = await fetch(location.href, { headers: { 'x-live': '1' } });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      missed = 0;
      const [before, since] = [said, saidAt];
      await swapMain(answer, isWanted);
      if (swaps !== swapsSoFar()) {
        // A fresh page does not say it again, and nobody can have read it yet. It was heard, though.
        if (before && said === null && Date.now() - since < readable) {
          before.removeAttribute('role');
          main()?.prepend(before);
          [said, saidAt] = [before, since];
        }
        fetchedAt = Date.now();
        // What was said while it was fetched may be newer than what came.
        wanted = spoke !== heardBefore && main()?.dataset['pulse'] !== told;
      }
      // Whoever answers may have a stream again.
      if (failures >= failuresAllowed && Date.now() - triedAt > slow) {
        failures = failuresAllowed - 1;
        connect();
      }
    } catch {
      // A server that is away is not helped by all pages asking at once.
      missed += 1;
      notBefore = Date.now() + Math.min(slow, 1_000 * 2 ** missed);
    } finally {
      running = false;
    }
  }

  function heard(pulse: string) {
    failures = 0;
    told = pulse;
    spoke += 1;
    if (main()?.dataset['pulse'] !== pulse) wanted = true;
  }

  function connect() {
    if (source || failures >= failuresAllowed || document.visibilityState !== 'visible') return;
    triedAt = Date.now();
    source = new EventSource('/live');
    source.addEventListener('open', () => { failures = 0; });
    source.addEventListener('changed', ({ data }: MessageEvent<string>) => heard(data));
    source.addEventListener('error', () => {
      failures += 1;
      if (source?.readyState === EventSource.CLOSED) {
        source = null;
        setTimeout(connect, 3_000 * failures);
      } else if (failures >= failuresAllowed) disconnect();
    });
  }

  function disconnect() {
    source?.close();
    source = null;
  }

  document.addEventListener(swapped, notice);
  notice();
  // A tab that nobody sees holds no stream: browsers allow few.
  document.addEventListener('visibilitychange', () => {
    failures = 0;
    if (document.visibilityState === 'visible') connect();
    else disconnect();
  });
  addEventListener('pagehide', disconnect);
  // Back from another page, as it was left.
  addEventListener('pageshow', connect);
  connect();

  setInterval(() => {
    if (document.visibilityState !== 'visible' || Date.now() < notBefore || isBusy()) return;
    // Without a stream, what is moving is looked at more often. Spans like "in 3 min" grow old in any case.
    const every = failures >= failuresAllowed && document.querySelector('[data-refresh]') ? 5_000 : slow;
    if (wanted || Date.now() - fetchedAt > every) void refresh();
  }, 500);
}
