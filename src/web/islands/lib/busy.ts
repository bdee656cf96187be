const typed = 'textarea, select, input:not([type="checkbox"], [type="radio"], [type="hidden"])';

/** True while somebody does something here that a fresh page would take out of their hands. */
export function isBusy(): boolean {
  const main = document.querySelector('#main');
  const active = document.activeElement;
  const typing = active instanceof HTMLElement && active.matches(`#main :is(${typed})`);
  const selected = getSelection();
  const reading = selected !== null && !selected.isCollapsed && (main?.contains(selected.anchorNode) ?? false);
  // `:active`: a press that has begun, and whose end would find another button.
  const chosen = document.querySelector('#main input[name="post"]:checked, #main details[open], #main :popover-open, #main :active, dialog[open]') !== null;
  // A move by keys that is not sent yet.
  const aiming = document.querySelector('#main [data-aim]') !== null;
  const playing = [...document.querySelectorAll<HTMLVideoElement>('#main video')].some(({ paused }) => !paused);
  return typing || reading || chosen || playing || aiming || document.body.classList.contains('dragging') || [...main?.querySelectorAll(typed) ?? []].some(isChanged);
}

/** Whether somebody wrote or chose something that is not sent yet, wherever they are now. */
function isChanged(field: Element): boolean {
  if (field instanceof HTMLSelectElement) return field.selectedIndex !== Math.max(0, [...field.options].findIndex(({ defaultSelected }) => defaultSelected));
  return (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) && field.value !== field.defaultValue;
}
