/** Marks as people write them: whole, or with one decimal. 125 tenths is `12.5`, 120 is `12`. */
export function formatMark(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}

/**
 * What the examiner typed, in tenths. A full stop with nothing after it means half a mark, since halves are what
 * examiners give most: `12.` is 125, `12.3` is 123, `.` is 5.
 *
 * @returns null for text that is no mark, also for the empty text
 */
export function parseMark(typed: string): number | null {
  const parts = /^(\d{0,4})(\.(\d?))?$/.exec(typed);
  if (parts === null || typed === '') return null;
  const whole = Number(parts[1] || 0) * 10;
  if (parts[2] === undefined) return whole;
  return whole + (parts[3] ? Number(parts[3]) : 5);
}
