import { isBusy } from './busy.ts';
import { swapMain } from './swap.ts';

const slow = 30_000;
const failuresAllowed = 3;

/**
 * Keeps a page that shows moving things up to date: the server says when something changed, the page fetches itself and
 * swaps its main part, unless somebody is busy there. Where no stream comes through it looks by itself now and then.
 */
export function keepLive() {
  let source: EventSource | null = null;
  let failures = 0;
  let wanted = false;
  let running = false;
  let fetchedAt = Date.now();
  const main = () => document.querySelector<HTMLElement>('#main[data-pulse]');

  async function refresh() {
    if (running || !main()) return;
    running = true;
    try {
      const answer = await fetch(location.href, { headers: { 'x-live': '1' } });
      // Somebody may have begun something meanwhile.
      if (answer.ok && main() && !isBusy()) {
        wanted = false;
        fetchedAt = Date.now();
        await swapMain(answer);
      }
    } catch {
      // No answer now: the next look tries again.
    } finally {
      running = false;
    }
  }

  function heard(pulse: string) {
    failures = 0;
    if (main()?.dataset['pulse'] !== pulse) wanted = true;
  }

  function connect() {
    if (source || failures >= failuresAllowed) return;
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

  // A tab that nobody sees holds no stream: browsers allow few.
  document.addEventListener('visibilitychange', () => {
    failures = 0;
    if (document.visibilityState === 'visible') connect();
    else disconnect();
  });
  addEventListener('pagehide', disconnect);
  if (document.visibilityState === 'visible') connect();

  setInterval(() => {
    if (document.visibilityState !== 'visible' || isBusy()) return;
    // Without a stream, what is moving is looked at more often. Spans like "in 3 min" grow old in any case.
    const every = failures >= failuresAllowed && document.querySelector('[data-refresh]') ? 5_000 : slow;
    if (wanted || Date.now() - fetchedAt > every) void refresh();
  }, 500);
}
