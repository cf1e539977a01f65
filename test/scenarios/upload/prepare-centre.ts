import type { KeyObject } from 'node:crypto';
import { openCentre } from '../../../electron/centre/centre.ts';
import { systemClock } from '../../../electron/lib/clock.ts';

/** Makes a centre's folder that knows the station of the specimen bundle and expects its session, and lets go of it. */
export async function prepareCentre(dataDir: string, receiptKey: KeyObject, signingKey: string): Promise<void> {
  const centre = await openCentre({
    dataDir,
    name: '样本鉴定中心',
    receiptKey,
    identities: [],
    contentClaims: [],
    clock: systemClock,
    rehearsal: false,
  });
  await centre.enrol({ stationId: 'STATION-1', siteName: '样本市第一考核点（样本）', signingKey });
  await centre.expect('STATION-1', ['S1']);
  await centre.close();
}
