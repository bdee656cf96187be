// Keeps a page that is on the move up to date, without taking anything out of a person's hands.
const moving = document.querySelector<HTMLElement>('[data-refresh]');

if (moving) {
  const seconds = Number(moving.dataset['refresh']) || 5;
  setInterval(() => {
    const busy = document.querySelector('main input:focus, main textarea:focus, main select:focus, main details[open]');
    if (document.visibilityState === 'visible' && !busy) location.reload();
  }, seconds * 1000);
}
