/** On a phone the days stand below one another: one begins at today, with what is over above. Who comes back to a page stays where they were. */
export function beginAtToday() {
  const [entry] = performance.getEntriesByType('navigation');
  if (!(entry instanceof PerformanceNavigationTiming) || entry.type !== 'navigate' || location.hash !== '' || !matchMedia('(max-width: 760px)').matches) return;
  const today = document.querySelector('#main :is([data-calendar=month], [data-calendar=week]) .today');
  if (today && today.getBoundingClientRect().top > innerHeight * 0.75) today.scrollIntoView({ block: 'start', behavior: 'instant' });
}
