import type { Kept as KeptAlone } from '../../../actions/posts/autosave.ts';
import type { Problem } from '../../../domain/limits.ts';

/** How keeping went, with the posts that this one would double or crowd. */
export type Kept = KeptAlone & { twins: Problem[] };

export interface Autosaving {
  /** Something was typed or changed. */
  changed(): void;
  /** The form is on its way to the server: there is nothing left to keep. */
  stop(): void;
  /** It did not leave after all. */
  goOn(): void;
}

const url = '/posts/autosaves';
/** Pauses in typing are used; whoever never pauses is kept up with all the same (ms). */
const pause = 1_500;
const longest = 8_000;

/** Which version is looked at is nothing to keep. */
const passing = ['tab', 'view', '_csrf'];

/** Sends what is typed to the server while it is typed, and when the page goes away. */
export function createAutosave({ entries, told }: { entries: () => URLSearchParams; told: (kept: Kept | 'failed') => void }): Autosaving {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when something is not kept; null while all is. */
  let since: number | null = null;
  let failed = false;
  let kept = words(entries());
  let stopped = false;

  async function save() {
    since = null;
    const sending = entries();
    const answer = await send(sending).catch(() => 'failed' as const);
    failed = answer === 'failed';
    if (!failed) kept = words(sending);
    if (stopped) return;
    told(answer);
    // It is tried again although nobody types: the text is all there is.
    if (failed) later(longest);
  }

  function later(ms: number) {
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => void save(), Math.max(0, Math.min(ms, since + longest - Date.now())));
  }

  async function send(body: URLSearchParams): Promise<Kept> {
    const answer = await fetch(url, { method: 'POST', headers: { accept: 'application/json' }, body });
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
    return (await answer.json()) as Kept;
  }

  addEventListener('pagehide', () => {
    if (since !== null && !stopped) navigator.sendBeacon(url, entries());
  });
  addEventListener('beforeunload', (event) => {
    // Only what could not be kept is worth a question.
    if (failed && !stopped) event.preventDefault();
  });

  return {
    changed: () => { if (!stopped && words(entries()) !== kept) later(pause); },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    goOn: () => { stopped = false; },
  };
}

function words(entries: URLSearchParams): string {
  return JSON.stringify([...entries].filter(([name]) => !passing.includes(name)));
}
