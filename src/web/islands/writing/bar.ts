/** What gets the focus is scrolled clear of what sticks at the foot of the page, however tall that is just now (WCAG 2.2, 2.4.11). */
export function keepClear(root: HTMLElement) {
  const room = 16;
  const fit = () => {
    // On a phone the buttons stick alone.
    const stuck = [...root.querySelectorAll<HTMLElement>('.composer-bar, .composer-bar > .buttons')].find((element) => element.offsetHeight > 0 && getComputedStyle(element).position === 'sticky');
    if (stuck) document.documentElement.style.scrollPaddingBottom = `${Number.parseFloat(getComputedStyle(stuck).bottom) + stuck.offsetHeight + room}px`;
  };
  const observer = new ResizeObserver(fit);
  for (const element of root.querySelectorAll('.composer-bar, .composer-bar > .buttons')) observer.observe(element);
  fit();
}
