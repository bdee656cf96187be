import { postsListTexts as t } from '../../../domain/texts/pages/posts-list.ts';

/** Said on the document after the page's main part was exchanged. */
export const swapped = 'main-swapped';

/**
 * Puts the main part of an answered page in the place of this one's, keeping what a person looks at: the scroll, and the
 * focus where the same thing is still there. Leads to the page itself where it is another kind of page.
 */
export async function swapMain(answer: Response): Promise<void> {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [main, fresh] = [document.querySelector('#main'), page.querySelector('#main')];
  if (!main || !fresh || !page.body.classList.contains('framed')) {
    location.assign(answer.url);
    return;
  }
  const focus = keyOf(document.activeElement);
  const { scrollX, scrollY } = window;
  main.replaceWith(document.adoptNode(fresh));
  exchange('.strip', page);
  exchange('.mini-month', page);
  document.title = page.title;
  addScripts(page);
  if (answer.redirected) history.replaceState(null, '', answer.url);
  scrollTo(scrollX, scrollY);
  if (focus) document.querySelector<HTMLElement>(focus)?.focus({ preventScroll: true });
  document.dispatchEvent(new Event(swapped));
}

function exchange(selector: string, page: Document) {
  const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
  if (old && fresh) old.replaceWith(document.adoptNode(fresh));
}

/** What the new page earns and the old one did not. */
function addScripts(page: Document) {
  for (const { src } of page.querySelectorAll<HTMLScriptElement>('head script[src]')) {
    if ([...document.scripts].some((script) => script.src === src)) continue;
    const script = document.createElement('script');
    script.type = 'module';
    script.src = src;
    document.head.append(script);
  }
}

/** How to find the same thing in the new page. */
function keyOf(element: Element | null): string | null {
  if (!(element instanceof HTMLElement) || !element.closest('#main') || element.id === 'main') return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const { post } = element.dataset;
  if (post !== undefined) return `#main [data-post="${CSS.escape(post)}"]`;
  const href = element.getAttribute('href');
  return href === null ? null : `#main [href="${CSS.escape(href)}"]`;
}

/** Sends a form as it stands (with the button that was pressed) and swaps the answer in. */
export async function sendForm(form: HTMLFormElement, submitter: HTMLElement | null = null): Promise<void> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === 'string') body.append(name, value);
  try {
    await swapMain(await fetch(form.action, { method: 'POST', body }));
  } catch {
    announce(t.unreachable);
  }
}

/** Says something to whoever hears the page. */
export function announce(text: string) {
  const place = document.querySelector('#announced');
  if (place) place.textContent = text;
}
