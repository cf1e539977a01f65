export interface DiskForecast {
  /** How long all cameras of the room can go on, in ms. */
  readonly lastsMs: number;
  /** What the rest of this session will take. */
  readonly needBytes: number;
  readonly enough: boolean;
}

/** A fifth more than planned: sessions run over, and other rooms write to the same disk. */
const margin = 1.2;

/** @param bytesPerSecond  of all cameras of the room together, as measured by the station */
export function diskForecast(freeBytes: number, bytesPerSecond: number, untilEndMs: number): DiskForecast {
  const needBytes = (Math.max(0, untilEndMs) / 1000) * bytesPerSecond;
  const lastsMs = bytesPerSecond > 0 ? (freeBytes / bytesPerSecond) * 1000 : Number.POSITIVE_INFINITY;
  return { lastsMs, needBytes, enough: freeBytes >= needBytes * margin };
}

/** `22 GB`, `640 MB`: three figures at most. */
export function bytesText(bytes: number): string {
  const gigabytes = bytes / 1e9;
  if (gigabytes >= 10) return `${Math.round(gigabytes)} GB`;
  if (gigabytes >= 1) return `${gigabytes.toFixed(1)} GB`;
  return `${Math.round(bytes / 1e6)} MB`;
}
