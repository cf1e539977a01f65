import { sealingUnderway } from '../features/archive/service.ts';
import { maySettle } from '../features/checkin/procedures.ts';
import type { KeysDeps } from '../features/keys/service.ts';
import type { SiteDeps } from '../features/site/service.ts';
import { centreKeys } from './centre-keys.ts';
import type { ExamDay } from './exam-day.ts';
import type { Foundation } from './foundation.ts';

export function keysDeps(f: Foundation, { book, staffName }: ExamDay, site: SiteDeps): KeysDeps {
  const { db, clock, checkPin } = f;
  const created = db.prepare("SELECT wall_ms FROM journal_entries WHERE event = 'site.created' ORDER BY seq LIMIT 1");
  return {
    ...site,
    clock,
    checkPin,
    mayBeSecond: (staffId, firstStaffId) => staffId !== firstStaffId && maySettle(db)(staffId),
    staffName,
    sealingUnderway: () => sealingUnderway(db),
    createdAtMs: () => (created.get() as { wall_ms: number } | undefined)?.wall_ms ?? clock.wallMs(),
    centreCard: () => book()?.plan.centre ?? null,
    centreKeys: () => {
      const [keys, revoked] = centreKeys(book());
      return { keys, revoked };
    },
  };
}
