import type { Locator, Page } from 'playwright-core';

/** A stop of the keyboard on its way: what has the focus, and what is wrong with that. */
interface Stop { name: string; faults: string[] }

/**
 * Presses Tab until `target` has the focus, as somebody without a mouse does. Each stop on the way must be seen: marked, in
 * sight, uncovered, and after the one before it in the page. Gives the names of the stops.
 */
export async function tabTo(page: Page, target: Locator, most = 80): Promise<string[]> {
  const names: string[] = [];
  await page.evaluate(() => { (window as { before?: Element | null }).before = null; });
  for (let n = 0; n < most; n += 1) {
    await page.keyboard.press('Tab');
    const { name, faults } = await stop(page);
    names.push(name);
    if (faults.length > 0) throw new Error(`The focus is at ${name}: ${faults.join(', ')}`);
    if (await target.evaluate((element) => element === document.activeElement)) return names;
  }
  throw new Error(`Tab never came there. It stopped at: ${names.join(' | ')}`);
}

function stop(page: Page): Promise<Stop> {
  return page.evaluate(async () => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: 'the page', faults: [] };
    const faults: string[] = [];
    // A box that is drawn by its label is seen there.
    const labels = 'labels' in element ? [...(element.labels as NodeListOf<HTMLElement> | null) ?? []] : [];
    const name = `${element.localName} "${(element.getAttribute('aria-label') ?? labels[0]?.textContent ?? element.textContent ?? '').trim().replaceAll(/\s+/gu, ' ').slice(0, 30)}"`;
    await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
    const shown = [element, ...labels].filter((one) => one.getBoundingClientRect().width > 1);
    const marked = shown.some((one) => {
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
      return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1) || boxShadow !== 'none';
    });
    if (!element.matches(':focus-visible') || !marked) faults.push('nothing marks it');
    const box = (shown[0] ?? element).getBoundingClientRect();
    if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) faults.push('it is out of sight');
    else {
      const [x, y] = [Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2), Math.min(Math.max(box.top + Math.min(box.height, 40) / 2, 1), innerHeight - 2)];
      const there = document.elementFromPoint(x, y);
      if (!there || !shown.some((one) => one.contains(there) || there.contains(one))) faults.push(`${there?.localName ?? 'nothing'}.${there?.className ?? ''} lies over it`);
    }
    // A field of several pieces is stopped at several times.
    const seen = window as { before?: Element | null };
    if (seen.before && seen.before !== element && !(seen.before.compareDocumentPosition(element) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY))) faults.push('it comes before the stop before it');
    seen.before = element;
    return { name, faults };
  });
}

/**
 * Counts what a person really does from now on: each press of a button or link, and each field that is typed into, on
 * whatever pages follow.
 */
export async function countActions(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const add = () => sessionStorage.setItem('actions', String(Number(sessionStorage.getItem('actions') ?? 0) + 1));
    const typed = new Set<EventTarget | null>();
    document.addEventListener('pointerdown', (event) => { if (event.isTrusted) add(); }, true);
    document.addEventListener('input', ({ isTrusted, target }) => {
      if (!isTrusted || typed.has(target) || (target instanceof HTMLInputElement && ['checkbox', 'radio'].includes(target.type))) return;
      typed.add(target);
      add();
    }, true);
  });
  return () => page.evaluate(() => Number(sessionStorage.getItem('actions') ?? 0));
}
