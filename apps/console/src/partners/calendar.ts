/** The calendar date it is in a zone, as `2026-01-31`. */
export function dateIn(zone: string, at: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(at);
}

/** The last millisecond of a calendar date in a zone, as a UTC instant: who stood where when that day was over. */
export function endOfDate(date: string, zone: string): string {
  const asUtc = Date.parse(`${date}T23:59:59.999Z`);
  const first = asUtc - offsetAt(asUtc, zone);
  // Asked again with the offset of the moment found, because it may differ around a change of the clocks.
  return new Date(asUtc - offsetAt(first, zone)).toISOString();
}

function offsetAt(moment: number, zone: string): number {
  const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(moment);
  return Date.parse(`${wall.replace(' ', 'T')}Z`) - Math.floor(moment / 1000) * 1000;
}
