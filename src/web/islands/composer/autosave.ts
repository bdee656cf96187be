import type { Kept as KeptAlone } from '../../../actions/posts/autosave.ts';
import type { Problem } from '../../../domain/limits.ts';
import type { KeepTrouble } from '../../composer/model/data.ts';
import { noteLeft } from './left.ts';

/** How keeping went, with the posts that this one would double or crowd. */
export type Kept = KeptAlone & { twins: Problem[] };

export interface Autosaving {
  /** Something was typed or changed. */
  changed: () => void;
  /** What stands there now is kept already. */
  settle: () => void;
  /** Keeps what stands there now, after whatever is still on its way; how that went. */
  keep: () => Promise<Kept | KeepTrouble>;
  /** The form is on its way to the server: there is nothing left to keep. */
  stop: () => void;
  /** It did not leave after all. */
  goOn: () => void;
}

interface Asked {
  entries: () => URLSearchParams;
  /** True where what the page shows is not kept anywhere yet. */
  fresh: boolean;
  /** Asks for another token where the page's own is no longer taken; null when there is one now. */
  renew: () => Promise<KeepTrouble | null>;
  told: (kept: Kept | KeepTrouble) => void;
}

const url = '/posts/autosaves';
/** Pauses in typing are used; whoever never pauses is kept up with all the same (ms). */
const pause = 1_500;
const longest = 8_000;
/** A server that has not answered by then is as good as away (ms). */
const patience = 20_000;

/** Which version is looked at is nothing to keep. */
const passing = ['tab', 'view', '_csrf'];

/** Sends what is typed to the server while it is typed, one after another, and when the page goes away. */
export function createAutosave({ entries, fresh, renew, told }: Asked): Autosaving {
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Since when something is not kept; null while all is, or is on its way. */
  let since: number | null = null;
  let trouble: KeepTrouble | null = null;
  let kept = fresh ? '' : words(entries());
  let stopped = false;
  let last: Promise<unknown> = Promise.resolve();
  const unkept = () => words(entries()) !== kept;

  /** One at a time: what is older must not arrive later. */
  function keep(): Promise<Kept | KeepTrouble> {
    const mine = last.then(save);
    last = mine;
    return mine;
  }

  async function save(): Promise<Kept | KeepTrouble> {
    clearTimeout(timer);
    since = null;
    const sending = words(entries());
    const answer = await send(true).catch(() => 'failed' as const);
    trouble = typeof answer === 'string' ? answer : null;
    if (trouble === null) kept = sending;
    if (stopped) return answer;
    told(answer);
    // It is tried again although nobody types: the text is all there is.
    if (trouble !== null && trouble !== 'gone') later(longest);
    return answer;
  }

  function later(ms: number) {
    since ??= Date.now();
    clearTimeout(timer);
    timer = setTimeout(() => { if (trouble !== null || unkept()) void keep(); }, Math.max(0, Math.min(ms, since + longest - Date.now())));
  }

  async function send(again: boolean): Promise<Kept | KeepTrouble> {
    const answer = await fetch(url, { method: 'POST', headers: { accept: 'application/json' }, body: entries(), redirect: 'manual', signal: AbortSignal.timeout(patience) });
    if (answer.ok) return (await answer.json()) as Kept;
    // Whoever is logged out is sent to log in.
    if (answer.type === 'opaqueredirect') return 'logged_out';
    if (answer.status === 404) return 'gone';
    if (answer.status !== 403) return 'failed';
    const { error } = (await answer.json()) as { error: string };
    if (!error.startsWith('FST_CSRF')) return 'not_allowed';
    return (again ? await renew() : 'failed') ?? send(false);
  }

  const now = () => { if (!stopped && (trouble !== null || unkept())) void keep(); };
  // A phone takes a page away without another word once nobody looks at it.
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden' || trouble !== null) now(); });
  addEventListener('online', now);
  addEventListener('pagehide', () => {
    // What is on its way may be broken off with the page.
    if (stopped || !unkept()) return;
    navigator.sendBeacon(url, entries());
    noteLeft(entries().get('autosave') ?? '');
  });
  addEventListener('beforeunload', (event) => {
    // Only what could not be kept is worth a question.
    if (trouble !== null && !stopped && unkept()) event.preventDefault();
  });
  if (fresh) later(pause);

  return {
    keep,
    settle() {
      clearTimeout(timer);
      since = null;
      kept = words(entries());
    },
    changed: () => { if (!stopped && unkept()) later(pause); },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    goOn() {
      if (!stopped) return;
      stopped = false;
      if (unkept()) later(pause);
    },
  };
}

function words(entries: URLSearchParams): string {
  return JSON.stringify([...entries].filter(([name]) => !passing.includes(name)));
}
