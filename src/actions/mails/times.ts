/** "Tue 24 Nov 2026, 09:00 (Europe/Berlin)": a mail is read whenever, so the year stands there. */
export function instantText(at: number, zone: string): string {
  return `${dayOf(at, zone)}, ${clockOf(at, zone)} (${zone.replaceAll('_', ' ')})`;
}

export function dayOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).format(at).replace(',', '');
}

export function clockOf(at: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}
