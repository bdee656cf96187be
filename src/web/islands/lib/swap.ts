import { placeOf, type Place } from './place.ts';

/** Said on the document after the page's main part was exchanged. */
export const swapped = 'main-swapped';

/**
 * Puts the main part of an answered page in the place of this one's, keeping what a person looks at: the scroll, and the
 * focus where the same thing is still there (`place`, where something else is meant). Leads to the page itself where it is
 * another kind of page.
 */
export async function swapMain(answer: Response, place?: Place): Promise<void> {
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [main, fresh] = [document.querySelector('#main'), page.querySelector('#main')];
  if (!main || !fresh || !page.body.classList.contains('framed')) {
    location.assign(answer.url);
    return;
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
  document.dispatchEvent(new Event(swapped));
  // Last: what floats or folds away by then would move what is in sight.
  scrollTo(scrollX, scrollY);
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
 * its top. False where nobody answered, and nothing was changed here.
 */
export async function sendForm(form: HTMLFormElement, submitter: HTMLElement | null = null, place?: Place): Promise<boolean> {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, submitter)) if (typeof value === 'string') body.append(name, value);
  try {
    const answer = await fetch(form.action, { method: 'POST', body });
    const refused = () => document.querySelector<HTMLElement>('#main .problems');
    await swapMain(answer, answer.ok ? place : refused);
    if (!answer.ok) scrollTo(0, 0);
    return true;
  } catch {
    return false;
  }
}

/** Says something to whoever hears the page. */
export function announce(text: string) {
  const place = document.querySelector('#announced');
  if (place) place.textContent = text;
}
