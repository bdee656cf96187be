import { countWords, fullestPart } from '../../domain/limits.ts';
import { placeOf, timeText } from '../parts/time.tsx';
import type { TextRule } from '../../domain/capabilities.ts';

// Makes the composer count while one types, upload when files are chosen, and show the versions of chosen channels.
// Everything it does the plain form does too, a round trip later.

const form = document.querySelector<HTMLFormElement>('#composer');
if (form) enhance(form);

function enhance(form: HTMLFormElement) {
  for (const element of form.querySelectorAll<HTMLElement>('.no-script')) element.hidden = true;
  form.addEventListener('input', () => {
    recount(form);
    sayWhen(form);
  });
  form.addEventListener('change', (event) => {
    const { target } = event;
    if (!(target instanceof HTMLInputElement)) return;
    if (target.type === 'file') void upload(form, target);
    if (target.name === 'channel') showVersions(form);
  });
  // Writing a channel's own text is reason enough to use it.
  form.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.dataset['ownText']) return;
    const own = form.querySelector<HTMLInputElement>(`[data-own="${target.dataset['ownText']}"]`);
    if (own) own.checked = true;
    recount(form);
  });
  form.addEventListener('click', (event) => {
    const remove = event.target instanceof Element ? event.target.closest('button[value^="remove_image:"]') : null;
    if (!remove) return;
    event.preventDefault();
    remove.closest('.picture')?.remove();
    recount(form);
  });
  showVersions(form);
  recount(form);
  sayWhen(form);
}

function recount(form: HTMLFormElement) {
  for (const counter of form.querySelectorAll<HTMLElement>('[data-count]')) {
    const channel = counter.dataset['count'] ?? '';
    const rule = JSON.parse(counter.dataset['rule'] ?? '{}') as TextRule;
    const own = form.querySelector<HTMLInputElement>(`[data-own="${channel}"]`)?.checked;
    const parts = Array.from(form.querySelectorAll('[data-part]'), (_, n) => ({
      text: form.querySelector<HTMLTextAreaElement>(own ? `[name="own.${channel}.part.${n}"]` : `[name="part.${n}.text"]`)?.value ?? '',
      media: Array.from(form.querySelectorAll(`[data-pictures="${n}"] .picture`), () => ({ mediaId: '', alt: '' })),
    }));
    const fullest = fullestPart(parts, rule);
    counter.textContent = countWords(fullest, parts.length);
    counter.classList.toggle('over', fullest.length > fullest.max);
  }
}

/** The chosen time in words, for the browser writes it in an order of its own. */
function sayWhen(form: HTMLFormElement) {
  const words = form.querySelector<HTMLElement>('[data-when]');
  const wall = form.querySelector<HTMLInputElement>('[name="at"]')?.value ?? '';
  const zone = words?.dataset['zone'] ?? '';
  if (!words) return;
  // A wall time needs no zone to be read as weekday, day and hour.
  const at = Date.parse(`${wall}:00Z`);
  words.textContent = Number.isNaN(at) ? '' : timeText(at, 'UTC').replace(/UTC$/u, placeOf(zone));
}

function showVersions(form: HTMLFormElement) {
  for (const version of form.querySelectorAll<HTMLDetailsElement>('[data-version]')) {
    const id = version.dataset['version'] ?? '';
    version.hidden = !form.querySelector<HTMLInputElement>(`input[name="channel"][value="${CSS.escape(id)}"]`)?.checked;
  }
}

interface Uploaded {
  media: { id: string; name: string; alt: string }[];
  problems: { message: string }[];
}

async function upload(form: HTMLFormElement, input: HTMLInputElement) {
  const list = form.querySelector<HTMLElement>(`[data-pictures="${input.dataset['files'] ?? '0'}"]`);
  const said = form.querySelector<HTMLElement>('[data-saved]');
  if (!list || !input.files?.length) return;
  const body = new FormData();
  body.set('_csrf', form.querySelector<HTMLInputElement>('[name="_csrf"]')?.value ?? '');
  for (const file of input.files) body.append('media', file);
  if (said) said.textContent = `Uploading ${input.files.length === 1 ? 'the picture' : `${input.files.length} pictures`}…`;
  try {
    const answer = await fetch('/media', { method: 'POST', body, headers: { accept: 'application/json' } });
    const { media, problems } = (await answer.json()) as Partial<Uploaded>;
    for (const picture of media ?? []) list.append(tile(picture, input.dataset['files'] ?? '0'));
    if (said) said.textContent = (problems ?? []).map(({ message }) => message).join(' ') || (media ? '' : 'The upload did not work. Try again.');
    input.value = '';
  } catch {
    // The files stay chosen and go along with the form.
    if (said) said.textContent = 'The upload did not work. The pictures go along when you save.';
  }
  recount(form);
}

/** The same markup as the page's own. */
function tile({ id, name, alt }: Uploaded['media'][number], part: string): HTMLElement {
  const item = document.createElement('li');
  item.className = 'picture';
  const hidden = Object.assign(document.createElement('input'), { type: 'hidden', name: `part.${part}.media`, value: id });
  const image = Object.assign(document.createElement('img'), { src: `/media/${id}/thumb`, alt: '', width: 96, height: 96 });
  const label = Object.assign(document.createElement('label'), { htmlFor: `alt-${id}`, textContent: `Describe ${name}` });
  const text = Object.assign(document.createElement('input'), { id: `alt-${id}`, name: `alt.${id}`, value: alt, placeholder: 'For people who cannot see it' });
  const box = document.createElement('div');
  box.append(label, text);
  const remove = Object.assign(document.createElement('button'), { className: 'button quiet small', name: 'intent', value: `remove_image:${id}`, textContent: 'Remove' });
  item.append(hidden, image, box, remove);
  return item;
}
