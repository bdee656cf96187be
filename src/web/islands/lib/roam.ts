const ways: Record<string, [across: number, along: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Arrow keys go through a calendar: up and down within a day, left and right to the day beside it, from card to card and to each plus. */
export function roamByKeys() {
  document.addEventListener('keydown', (event) => {
    const way = ways[event.key];
    const here = event.target instanceof HTMLElement && event.target.matches('#main [data-calendar] :is(.chip, .add, .more, .day-link)') ? event.target : null;
    if (!way || !here || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = way[0] === 0 ? along(here, way[1]) : across(here, way[0]);
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

const stops = (place: Element | undefined) => [...place?.querySelectorAll<HTMLElement>('.day-link, .chip, .more, .add') ?? []].filter((one) => one.checkVisibility());

/** The days, each a column of the week or a cell of the month. */
const days = () => [...document.querySelectorAll('#main [data-calendar] :is(.column, [data-day])')];

function along(here: HTMLElement, by: number): HTMLElement | undefined {
  const all = days();
  const n = all.findIndex((day) => day.contains(here));
  const own = stops(all[n]);
  const next = own[own.indexOf(here) + by];
  if (next) return next;
  // Out of a cell of the month it goes on in the week before or after.
  const beside = stops(all[n]?.matches('[data-day]') ? all[n + 7 * by] : undefined);
  return by > 0 ? beside[0] : beside.at(-1);
}

/** What stands at the same height on the day beside. */
function across(here: HTMLElement, by: number): HTMLElement | undefined {
  const all = days();
  const beside = stops(all[all.findIndex((day) => day.contains(here)) + by]);
  const { top } = here.getBoundingClientRect();
  const far = (one: HTMLElement) => Math.abs(one.getBoundingClientRect().top - top);
  return beside.sort((a, b) => far(a) - far(b))[0];
}
