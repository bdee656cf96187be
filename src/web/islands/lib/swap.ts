import { placeOf, type Place } from './place.ts';

/** Said on the document after the page's main part was exchanged. */
export const swapped = 'main-swapped';

let swaps = 0;

/** How often the main part was exchanged: an answer that was asked for before the last time is an old one. */
export const swapsSoFar = () => swaps;

/**
 * Puts the main part of an answered page in the place of this one's, keeping what a person looks at: the scroll, and the
 * focus where the same thing is still there (`place`, where something else is meant). Leads to the page itself where it is
 * another kind of page. Gives what an error page says, which changes nothing here; null otherwise. `still` is asked when the
 * answer is there: whether it is wanted.
 */
export async function swapMain(answer: Response, still: () => boolean = () => true, place?: Place): Promise<string | null> {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [main, fresh] = [document.querySelector('#main'), page.querySelector('#main')];
  const framed = page.body.classList.contains('framed');
  if (!framed && answer.status >= 400) return [...page.querySelectorAll('#main :is(h1, .lead)')].map(({ textContent }) => textContent).join(' ');
  if (!still()) return null;
  if (!main || !fresh || !framed) {
    location.assign(answer.url);
    return null;
  }
  const focus = place ?? placeOf(document.activeElement);
  const { scrollX, scrollY } = window;
  main.replaceWith(document.adoptNode(fresh));
  exchange('.strip', page);
  exchange('.mini-month', page);
  document.title = page.title;
  addScripts(page);
  if (answer.redirected) history.replaceState(null, '', answer.url);
  if (focus) focusOn(focus());
  swaps += 1;
  document.dispatchEvent(new Event(swapped));
  // Last: what floats or folds away by then would move what is in sight.
  scrollTo(scrollX, scrollY);
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

/** What is gone, or hidden by now, leaves the focus to the main part: the next Tab goes on from there and not from the top. */
function focusOn(element: HTMLElement | null) {
  element?.focus({ preventScroll: true });
  if (!element || document.activeElement !== element) document.querySelector<HTMLElement>('#main')?.focus({ preventScroll: true });
}

/**
 * Sends a form as it stands (with the button that was pressed) and swaps the answer in; what stands in the way is shown from
 * its top. Gives what an error page says. Throws where no answer came.
 */
export async function sendForm(form: HTMLFormElement, submitter: HTMLElement | null = null, place?: Place): Promise<string | null> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === 'string') body.append(name, value);
  const answer = await fetch(form.action, { method: 'POST', body });
  const refused = () => document.querySelector<HTMLElement>('#main .problems');
  const trouble = await swapMain(answer, undefined, answer.ok ? place : refused);
  if (trouble === null && !answer.ok) scrollTo(0, 0);
  return trouble;
}

/** Says something to whoever hears the page. */
export function announce(text: string) {
  const place = document.querySelector('#announced');
  if (place) place.textContent = text;
}
