const two = (n: number): string => String(n).padStart(2, '0');

/** `08:52:12`: wall time in this computer's zone (a site's machines stand in one building). */
export function clockText(wallMs: number): string {
  const d = new Date(wallMs);
  return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** `08:52`. */
export const minuteText = (wallMs: number): string => clockText(wallMs).slice(0, 5);

/** `2026-11-21`. */
export function dateText(wallMs: number): string {
  const d = new Date(wallMs);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
}

/** A length of time: `07:48`, from one hour `1:07:48`, from one day in days alone (`3 d`). */
export function spanText(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  if (s >= 48 * 3600) return `${Math.floor(s / 86_400)} d`;
  const hours = Math.floor(s / 3600);
  const rest = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}
