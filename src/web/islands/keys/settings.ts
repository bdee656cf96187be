const name = 'keys';

/** Whether single keys do anything; kept in this browser, for it is about this keyboard. */
export function areOn(): boolean {
  try {
    return localStorage.getItem(name) !== 'off';
  } catch {
    return true;
  }
}

export function turn(on: boolean): void {
  try {
    localStorage.setItem(name, on ? 'on' : 'off');
  } catch {
    // A browser that keeps nothing has them on.
  }
}
