import { LEAD } from './cast.ts';
import { candidateAt, type Day, deskOf, SESSION } from './day.ts';
import { expectSame, NotAsExpected } from './expectation.ts';

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
      const rows = await day.ledger.compare(lead.station);
      await compareSheets(day);
      return { startMs, entries: rows.length };
    }
    if (day.ledger.size > 0) throw new NotAsExpected("the lead's cookie is no longer good after the restart");
    return { startMs, entries: 0 };
  } finally {
    day.interruption.suspended = false;
  }
}

/** Every mark that was acknowledged stands on its examiner's own sheet. */
async function compareSheets(day: Day): Promise<void> {
  for (const [examinerId, byCandidate] of day.marks) {
    const { roomId } = day.plan.panels.find((p) => p.examinerId === examinerId)!;
    const { station } = await deskOf(day, examinerId);
    const sheet = await station.scoring.sheet({ sessionId: SESSION, roomId });
    for (const row of sheet.rows) {
      for (const [itemId, tenths] of byCandidate.get(candidateAt(day, roomId, row.seat)) ?? []) {
        expectSame(row.marks[itemId], tenths, `the mark of ${examinerId} for ${row.anonymousNumber}, item ${itemId}`);
      }
    }
  }
}
