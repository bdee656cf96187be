/** Closes open menus by Escape, by a press beside them, and when Tab leaves them; without scripts their button does. */
export function closeMenus() {
  document.addEventListener('pointerdown', ({ target }) => closeBeside(target));
  document.addEventListener('keyup', ({ key }) => { if (key === 'Tab') closeBeside(document.activeElement); });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    const menu = document.activeElement?.closest<HTMLDetailsElement>('.menu[open]') ?? document.querySelector<HTMLDetailsElement>('.menu[open]');
    if (!menu) return;
    event.preventDefault();
    menu.open = false;
    menu.querySelector('summary')?.focus();
  });
}

/** One in which something was refused stays: it says what. */
function closeBeside(target: EventTarget | null) {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(".menu[open]:not(:has([aria-invalid='true']))")) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
}
