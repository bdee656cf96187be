/** True while somebody does something here that a fresh page would take out of their hands. */
export function isBusy(): boolean {
  const active = document.activeElement;
  const typing = active instanceof HTMLElement && active.matches('#main :is(textarea, select, input:not([type="checkbox"], [type="radio"]))');
  const selected = getSelection();
  const reading = selected !== null && !selected.isCollapsed && (document.querySelector('#main')?.contains(selected.anchorNode) ?? false);
  const chosen = document.querySelector('#main input[name="post"]:checked, #main details[open]') !== null;
  // A move by keys that is not sent yet.
  const aiming = document.querySelector('#main [data-aim]') !== null;
  const playing = [...document.querySelectorAll<HTMLVideoElement>('#main video')].some(({ paused }) => !paused);
  return typing || reading || chosen || playing || aiming || document.body.classList.contains('dragging');
}
