import { LEAD } from './cast.ts';
import type { Day } from './day.ts';
import { NotAsExpected } from './expectation.ts';

/**
 * Starts the killed station on the same data and compares its record with everything it had acknowledged.
 * @throws NotAsExpected naming what is lost
 */
export async function standUpAgain(day: Day): Promise<{ startMs: number; entries: number }> {
  await day.interruption.settled();
  await day.whileDown(day.station.dataDir);
  const startMs = await day.station.start();
  day.interruption.suspended = true;
  try {
    const lead = day.desks.get(LEAD);
    if (lead && (await lead.station.staff.me())) {
      return { startMs, entries: (await day.ledger.compare(lead.station)).length };
    }
    if (day.ledger.size > 0) throw new NotAsExpected("the lead's cookie is no longer good after the restart");
    return { startMs, entries: 0 };
  } finally {
    day.interruption.suspended = false;
  }
}
