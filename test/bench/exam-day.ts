import type { StationClient } from '../../electron/contract/index.ts';
import { writePlanPackage } from '../../electron/features/plan/package.ts';
import { CENTRE_KEY, pngHead, sha256Hex } from '../../electron/features/plan/plan-fixture.ts';
import { Plan, type PlannedCandidate } from '../../electron/features/plan/plan-schema.ts';
import { mod112CheckCharacter } from '../../electron/lib/check-digits.ts';
import type { CameraId, RoomId, SessionId } from '../../electron/lib/ids.ts';
import { sshPublicKeyLine } from '../../electron/lib/ssh-key-text.ts';
import { specimenStrokes } from '../../electron/rehearsal/strokes.ts';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import { samplePlan } from '../../resources/sample-day/sample-plan.ts';
import { PASSPHRASE } from './served-station.ts';

export const SESSION = 'S1' as SessionId;
export const ROOM = '201' as RoomId;
export const CAMERAS = ['201-A', '202-A'] as CameraId[];
export const PIN = '246810';
export const CENTRE = generateIdentity();
const MINUTE = 60_000;

/**
 * The sample day, with `more` specimen candidates in room 201 beside its own twelve.
 *
 * @param startsInMinutes  below 0: the session has begun already
 */
export function benchPlan(startsInMinutes: number, more = 0): { plan: Plan; photos: Map<string, Uint8Array> } {
  const photos = new Map<string, Uint8Array>();
  const photoOf = (n: number) => {
    const bytes = pngHead(102, 126, n);
    photos.set(sha256Hex(bytes), bytes);
    return sha256Hex(bytes);
  };
  const sample = samplePlan({
    startsAtMs: Math.floor(Date.now() / MINUTE + startsInMinutes) * MINUTE,
    centre: { name: '样本鉴定中心', recipient: CENTRE.recipient, verificationKeys: [sshPublicKeyLine(CENTRE_KEY)] },
    photoHashes: new Map(Array.from({ length: 12 }, (_, i) => [`C${String(i + 1).padStart(2, '0')}`, photoOf(i + 1)])),
  });
  const numbers = Array.from({ length: more }, (_, i) => 13 + i);
  const plan = Plan.parse({
    ...sample,
    workstations: [
      ...sample.workstations,
      ...numbers.map((n) => ({ workstationId: `201-${n}`, roomId: ROOM, label: `${n} 号工位` })),
    ],
    candidates: [...sample.candidates, ...numbers.map((n) => candidate(n, photoOf(n)))],
  });
  return { plan, photos };
}

/** An area code that is not in use and a birth in 1900, as in the sample day: valid by its check digit, nobody's. */
function candidate(n: number, sha256: string): PlannedCandidate {
  const digits = `31019919000101${String(n * 2).padStart(3, '0')}`;
  return {
    candidateId: `C${n}`,
    sessionId: SESSION,
    roomId: ROOM,
    workstationId: `201-${n}`,
    ticketNumber: `20260000${String(n).padStart(4, '0')}`,
    name: `第${n}人（样本）`,
    documentType: 'resident',
    documentNumber: digits + mod112CheckCharacter(digits),
    sex: 'female',
    photo: { file: `C${n}.jpg`, sha256 },
  } as PlannedCandidate;
}

/** First start, as the lead does it: the site, then the plan, whole. The caller's window stays signed in as the lead. */
export async function setUp(lead: StationClient, { plan, photos }: ReturnType<typeof benchPlan>): Promise<void> {
  await lead.site.create({
    siteName: plan.site.name,
    filingNumber: plan.site.filingNumber,
    stationId: 'KD-BENCH-1',
    lead: { name: '负责人（样本）', pin: PIN },
    passphrase: PASSPHRASE,
  });
  const bytes = writePlanPackage(plan, photos, CENTRE_KEY);
  const check = await lead.plan.checkPackage({
    package: new File([new Uint8Array(bytes)], 'plan.zip'),
    trustOnFirstUse: true,
  });
  if (check.kind !== 'ready') throw new Error(`the plan is refused: ${JSON.stringify(check)}`);
  await lead.plan.adopt({ checkId: check.checkId });
}

/** Pledge and consent of everybody of the session, signed at the lead's pad: the door asks for nothing more. */
export async function signAll(lead: StationClient, { plan }: ReturnType<typeof benchPlan>): Promise<void> {
  const { sha256: textSha256 } = await lead.consent.text();
  const strokes = specimenStrokes(1);
  for (const { candidateId } of plan.candidates) {
    await lead.consent.sign({ candidateId, face: 'agreed', textSha256, strokes });
  }
}

/** Closes a session that has begun, declares what it lacks and signs for the whole: only the seal is left. */
export async function closeAndSign(lead: StationClient): Promise<void> {
  const sessionId = SESSION;
  await lead.session.close({ sessionId, earlyReason: '样本：测量' });
  const { missing } = await lead.archive.closing({ sessionId });
  for (const { itemId } of missing) await lead.archive.declare({ sessionId, itemId, reason: '样本：测量' });
  const stroke: [number, number, number][] = [
    [100, 500, 0],
    [900, 500, 300],
  ];
  await lead.archive.signDeclarations({ sessionId, pin: PIN, strokes: [stroke] });
  await lead.archive.signOff({ sessionId, pin: PIN, strokes: [stroke] });
}
