import { isDeepStrictEqual } from 'node:util';

/** The station did something else than the rehearsal expects. The message is for the report. */
export class NotAsExpected extends Error {}

/** The connection broke: whether the call was carried out is unknown until the record is read again. */
export class StationGone extends Error {}

const shown = (value: unknown) => (JSON.stringify(value) ?? String(value)).slice(0, 400);

export function expectTrue(condition: boolean, what: string): asserts condition {
  if (!condition) throw new NotAsExpected(what);
}

export function expectSame(found: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(found, expected)) return;
  throw new NotAsExpected(`${what}: expected ${shown(expected)}, found ${shown(found)}`);
}

/** The refusal that the contract promises, by one of these codes. @throws NotAsExpected when the call succeeds or fails otherwise */
export async function expectRefusal(call: Promise<unknown>, ...codes: [string, ...string[]]): Promise<unknown> {
  const code = codes.join(' or ');
  try {
    await call;
  } catch (error) {
    if (error instanceof StationGone) throw error;
    const { code: found, data } = error as { code?: string; data?: unknown };
    if (found !== undefined && codes.includes(found)) return data;
    throw new NotAsExpected(`expected the refusal ${code}, found ${found ?? String(error)} ${shown(data)}`);
  }
  throw new NotAsExpected(`expected the refusal ${code}, but it was accepted`);
}

/** The code of a contract error, null for anything else. */
export const codeOf = (error: unknown): string | null => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
};

/**
 * Looks again until there is something. The station hears its devices on its own time; nothing else in the rehearsal
 * waits.
 */
export async function eventually<T>(what: string, look: () => Promise<T | null>, withinMs = 15_000): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > until) throw new NotAsExpected(`${what}: not within ${withinMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
