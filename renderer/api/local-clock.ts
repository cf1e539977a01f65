/** Local time since the epoch that no one can set: windows and workers of a browser read the same. */
export const localMs = (): number => performance.timeOrigin + performance.now();
