import { completing } from './complete.tsx';
import { insertAt, textOf, type Desk } from './desk.ts';
import { openEmoji } from './emoji-picker.tsx';
import { openHashtags } from './hashtag-sheet.tsx';

/** The buttons below a text, and what completes while one types. */
export function tooling(desk: Desk) {
  completing(desk);
  desk.root.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>('[data-tool]') : null;
    const field = button && textOf(desk.root, button.dataset['for'] ?? '');
    if (!button || !field) return;
    if (button.dataset['tool'] === 'emoji') void openEmoji(button, field, (emoji) => insertAt(field, emoji));
    else void openHashtags(desk, button, field, (words) => { if (words !== '') insertAt(field, `${/(?:^|\s)$/u.test(field.value.slice(0, field.selectionStart)) ? '' : ' '}${words} `); });
  });
}
