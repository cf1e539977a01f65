/**
 * Says on the console what failed, and goes on. Only the failure's own message is printed: no message of the station or of
 * its database holds anything of a person.
 *
 * @param what  a sentence without a full stop: "a card could not be taken up"
 */
export const complain =
  (what: string) =>
  (failure: unknown): void =>
    console.error(`${what}:`, failure instanceof Error ? failure.message : typeof failure);

/**
 * Runs what nobody waits for: a tick, a device's news. A full disk or a locked file in one moment must not end the station;
 * the next moment tries again.
 */
export function endure(what: string, work: () => void): void {
  try {
    work();
  } catch (failure) {
    complain(what)(failure);
  }
}
