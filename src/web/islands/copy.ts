import { uiTexts as t } from '../../domain/texts/pages/ui.ts';
import { announce } from './lib/swap.ts';

// Gives every text that is meant to be taken along a button that does so. Without scripts it can be selected.
for (const field of document.querySelectorAll<HTMLElement>('[data-copy]')) {
  const text = field.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
  const button = field.querySelector<HTMLButtonElement>('[data-copy-button]');
  if (!text || !button) continue;
  button.hidden = false;
  button.setAttribute('aria-label', t.copyOf(field.querySelector('label')?.textContent ?? ''));
  text.addEventListener('focus', () => text.select());
  button.addEventListener('click', () => void copy(text, button));
}

async function copy(text: HTMLInputElement | HTMLTextAreaElement, button: HTMLButtonElement) {
  text.select();
  try {
    await navigator.clipboard.writeText(text.value);
    button.textContent = t.copied;
    announce(t.copied);
  } catch {
    // Browsers allow it on https and on this machine only; what is selected can be copied by hand.
    button.textContent = t.selected;
    announce(t.selected);
  }
  setTimeout(() => { button.textContent = t.copy; }, 2_000);
}
