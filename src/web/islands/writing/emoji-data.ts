import { tones, type Emoji } from '../../composer/model/emoji.ts';

let loading: Promise<readonly Emoji[]> | null = null;

/** All emoji, fetched once a page; what failed is tried again the next time. */
export function loadEmoji(): Promise<readonly Emoji[]> {
  loading ??= fetchAll().catch((error: unknown) => {
    loading = null;
    throw error;
  });
  return loading;
}

async function fetchAll(): Promise<readonly Emoji[]> {
  const answer = await fetch(document.querySelector<HTMLElement>('#composer')?.dataset['emoji'] ?? '');
  if (!answer.ok) throw new Error(`the emoji answered ${answer.status}`);
  return (await answer.json()) as Emoji[];
}

const recentKey = 'emoji-recent';
const toneKey = 'emoji-tone';
const mostRecent = 24;

/** Those that were used last in this browser, without their tones. */
export function recentEmoji(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(recentKey) ?? '[]');
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === 'string').slice(0, mostRecent) : [];
  } catch {
    return [];
  }
}

export function noteEmoji(emoji: string) {
  keep(recentKey, JSON.stringify([emoji, ...recentEmoji().filter((one) => one !== emoji)].slice(0, mostRecent)));
}

/** The skin tone that was chosen in this browser; empty for none. */
export function chosenTone(): string {
  try {
    const kept = localStorage.getItem(toneKey) ?? '';
    return tones.find((tone) => tone === kept) ?? '';
  } catch {
    return '';
  }
}

export function keepTone(tone: string) {
  keep(toneKey, tone);
}

/** A browser that keeps nothing does without. */
function keep(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing is lost but a convenience.
  }
}
