/** Said on the document after the page's main part was exchanged. */
export const swapped = 'main-swapped';

let swaps = 0;

/** How often the main part was exchanged: an answer that was asked for before the last time is an old one. */
export const swapsSoFar = () => swaps;

/**
 * Puts the main part of an answered page in the place of this one's, keeping what a person looks at: the scroll, and the
 * focus where the same thing is still there. Leads to the page itself where it is another kind of page. Gives what an error
 * page says, which changes nothing here; null otherwise. `still` is asked when the answer is there: whether it is wanted.
 */
export async function swapMain(answer: Response, still: () => boolean = () => true): Promise<string | null> {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [main, fresh] = [document.querySelector('#main'), page.querySelector('#main')];
  const framed = page.body.classList.contains('framed');
  if (!framed && answer.status >= 400) return [...page.querySelectorAll('#main :is(h1, .lead)')].map(({ textContent }) => textContent).join(' ');
  if (!still()) return null;
  if (!main || !fresh || !framed) {
    location.assign(answer.url);
    return null;
  }
  const focus = againOf(document.activeElement);
  const { scrollX, scrollY } = window;
  main.replaceWith(document.adoptNode(fresh));
  exchange('.strip', page);
  exchange('.mini-month', page);
  document.title = page.title;
  addScripts(page);
  if (answer.redirected) history.replaceState(null, '', answer.url);
  scrollTo(scrollX, scrollY);
  focus?.()?.focus({ preventScroll: true });
  swaps += 1;
  document.dispatchEvent(new Event(swapped));
  return null;
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

/** Finds the same thing in the new page, and the page itself where it is gone: the keyboard goes on from there. Null where nothing of it had the focus. */
function againOf(element: Element | null): (() => HTMLElement | null) | null {
  if (!(element instanceof HTMLElement) || !element.closest('#main')) return null;
  const { post } = element.dataset;
  const href = element.getAttribute('href');
  const selector = element.id ? `#${CSS.escape(element.id)}`
    : post !== undefined ? `#main [data-post="${CSS.escape(post)}"]`
      : href !== null ? `#main [href="${CSS.escape(href)}"]` : `#main ${element.localName}`;
  const like = (other: HTMLElement) => element.id !== '' || post !== undefined || href !== null || signOf(other) === signOf(element);
  const alike = () => [...document.querySelectorAll<HTMLElement>(selector)].filter(like);
  const n = alike().indexOf(element);
  return () => alike().at(n) ?? document.querySelector<HTMLElement>('#main');
}

/** By what a button is told from others of its kind. */
function signOf(element: HTMLElement): string {
  return [element.getAttribute('name'), element.getAttribute('value'), element.getAttribute('aria-label'), element.textContent, element.closest('form')?.getAttribute('action')].join('\n');
}

/** Sends a form as it stands (with the button that was pressed) and swaps the answer in; gives what an error page says. Throws where no answer came. */
export async function sendForm(form: HTMLFormElement, submitter: HTMLElement | null = null): Promise<string | null> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === 'string') body.append(name, value);
  return swapMain(await fetch(form.action, { method: 'POST', body }));
}

/** Says something to whoever hears the page. */
export function announce(text: string) {
  const place = document.querySelector('#announced');
  if (place) place.textContent = text;
}
