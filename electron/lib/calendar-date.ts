/**
 * `YYYYMMDD` as `YYYY-MM-DD`, or null when it is not a day of the calendar between 1850 and 2099. ISO dates compare in
 * the order of days as strings.
 */
export function isoDate(compact: string): string | null {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(compact);
  if (!parts) return null;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (year < 1850 || year > 2099) return null;
  // A day that does not exist rolls over into the next month.
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? `${parts[1]}-${parts[2]}-${parts[3]}` : null;
}
