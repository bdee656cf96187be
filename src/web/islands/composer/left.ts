const key = 'composer-left';
/** It is looked for at once, and once more a little later (ms). */
const waits = [0, 1_000];

/** Notes what is kept only while its page goes away: the page that comes next was drawn before. */
export function noteLeft(id: string): void {
  try {
    sessionStorage.setItem(key, `${location.pathname} ${id}`);
  } catch {
    // Then the page after the next one offers it.
  }
}

/** Offers what was typed on the page before, where this one was drawn too early to know of it; `stop` is told before it is drawn again. */
export async function offerLeft(root: HTMLElement, stop: () => void): Promise<void> {
  const id = taken();
  if (id === null) return;
  // The page of that very text: it is older than what was kept meanwhile.
  if (new URLSearchParams(location.search).get('resume') === id) {
    stop();
    return location.reload();
  }
  const link = `.unsaved a[href$="resume=${CSS.escape(id)}"]`;
  if (document.querySelector(link)) return;
  for (const wait of waits) {
    await new Promise((resolve) => { setTimeout(resolve, wait); });
    const answer = await fetch(location.href).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
    const offer = page?.querySelector(link)?.closest('.unsaved');
    if (!offer) continue;
    document.querySelector('.unsaved')?.remove();
    root.before(document.adoptNode(offer));
    return;
  }
}

function taken(): string | null {
  try {
    const [path, id] = (sessionStorage.getItem(key) ?? '').split(' ');
    sessionStorage.removeItem(key);
    return path === location.pathname && id ? id : null;
  } catch {
    return null;
  }
}
