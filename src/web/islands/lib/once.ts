/** A press on the same button this soon after another is the same press (ms); a form that leads to a file stays on the page and can be sent again. */
const samePress = 3_000;

/** An impatient second press sends nothing a second time: while the answer to a form is on its way, the form is sent already. */
export function sendOnce() {
  const sent = new Set<HTMLFormElement>();
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.method !== 'post') return;
    if (sent.has(form)) return event.preventDefault();
    // Whoever sends it by script has said so by then, and sees to it alone.
    setTimeout(() => {
      if (event.defaultPrevented) return;
      sent.add(form);
      setTimeout(() => sent.delete(form), samePress);
    }, 0);
  });
  // A page that comes back out of the browser's memory is a fresh one.
  addEventListener('pageshow', () => sent.clear());
}
