/** A video that fills a screen in a preview has no controls of its own: a click plays it, another one stops it. */
export function playing(root: HTMLElement) {
  root.addEventListener('click', ({ target }) => {
    if (!(target instanceof HTMLVideoElement) || target.dataset['plays'] === undefined) return;
    if (target.paused) void target.play().catch(() => undefined);
    else target.pause();
  });
  for (const kind of ['play', 'pause', 'ended']) {
    // They do not bubble.
    root.addEventListener(kind, ({ target }) => { if (target instanceof HTMLVideoElement) target.classList.toggle('playing', !target.paused && !target.ended); }, true);
  }
}
