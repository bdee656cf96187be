/** Which thing of the page an element is: found again where its part of the page was exchanged for a fresh one. */
export type Place = () => HTMLElement | null;

/** The parts that are exchanged. */
const parts = '#main, .strip, .mini-month';

/** Null for what stands in no part that is ever exchanged. */
export function placeOf(element: Element | null): Place | null {
  const part = element?.closest(parts);
  if (!(element instanceof HTMLElement) || !part) return null;
  const within = part.id === 'main' ? '#main' : `.${part.classList[0] ?? ''}`;
  if (element === part) return () => document.querySelector<HTMLElement>(within);
  if (element.id) return () => document.getElementById(element.id);
  const { post } = element.dataset;
  if (post !== undefined) return () => document.querySelector<HTMLElement>(`${within} [data-post="${CSS.escape(post)}"]`);
  const sign = signOf(element);
  const n = alike(part, element.localName, sign).indexOf(element);
  return () => alike(document.querySelector(within), element.localName, sign)[n] ?? null;
}

function alike(part: Element | null, tag: string, sign: string): HTMLElement[] {
  return [...part?.querySelectorAll<HTMLElement>(tag) ?? []].filter((one) => signOf(one) === sign);
}

/** What tells one link, button or field from the next. */
function signOf(element: HTMLElement): string {
  const told = ['href', 'name', 'value', 'aria-label'].map((name) => element.getAttribute(name) ?? '');
  const form = element.closest('form')?.getAttribute('action') ?? '';
  // A link is where it leads, whatever it says by then.
  return [...told, form, element.hasAttribute('href') ? '' : element.textContent.trim()].join('\n');
}
