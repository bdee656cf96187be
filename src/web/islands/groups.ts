import { groupTexts as t } from '../../domain/texts/pages/groups.ts';
import { grab, type Place } from './lib/grab.ts';
import { swapMain, swapped } from './lib/swap.ts';
import { floatToasts, still, toast } from './lib/toast.ts';

// Lets channels be dragged from group to group. Without it, and by keyboard, the group is chosen in the channel's line.
grab({ what: '#main [data-channel]', except: 'select', handle: '.grip', over });
floatToasts();
document.addEventListener(swapped, sayHow);
sayHow();

/** What only a pointer can do is told where one can. */
function sayHow() {
  document.querySelector<HTMLElement>('#main [data-for-dragging]')?.removeAttribute('hidden');
}

function over(item: HTMLElement, x: number, y: number): Place {
  const card = document.elementFromPoint(x, y)?.closest<HTMLElement>('#main [data-group]') ?? null;
  if (!card || card.contains(item)) return { element: null, words: t.letGo };
  const { group = '', name = '' } = card.dataset;
  return { element: card, words: group === '' ? t.outOf : t.into(name), drop: (from) => void put(item, group, from) };
}

/** Sends the one channel to its group and swaps the answer in; it runs from where it was let go to its new line. */
async function put(item: HTMLElement, group: string, from: DOMRect): Promise<void> {
  const { channel = '' } = item.dataset;
  const form = document.querySelector<HTMLFormElement>('#sort-channels');
  const token = form?.querySelector<HTMLInputElement>('[name=_csrf]')?.value;
  if (!form || token === undefined) return;
  item.classList.add('moving');
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams({ _csrf: token, [`in.${channel}`]: group }) });
    if (!answer.ok) return toast(t.notMoved);
    await swapMain(answer);
    run(document.querySelector<HTMLElement>(`#main [data-channel="${CSS.escape(channel)}"]`), from);
  } catch {
    toast(t.unreachable);
  } finally {
    item.classList.remove('moving');
  }
}

function run(line: HTMLElement | null, from: DOMRect) {
  const to = line?.getBoundingClientRect();
  if (!line || !to || still() || to.bottom < 0 || to.top > innerHeight) return;
  line.animate([{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: 'none' }], { duration: 150, easing: 'ease-out' });
}
