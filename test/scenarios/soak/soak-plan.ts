import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CENTRE_KEY } from '../../../electron/features/plan/plan-fixture.ts';
import { Plan } from '../../../electron/features/plan/plan-schema.ts';
import { RulePack } from '../../../electron/features/rules/rule-pack.ts';
import { mod112CheckCharacter } from '../../../electron/lib/check-digits.ts';
import { sshPublicKeyLine } from '../../../electron/lib/ssh-key-text.ts';
import { generateIdentity } from '../../../electron/vault/age/age.ts';
import { SAMPLE_PEOPLE } from '../../../resources/sample-day/sample-people.ts';

const MINUTE_MS = 60_000;

/** What the soak's pack says otherwise than the national one, and why. */
export const PACK_CHANGES = {
  'admission.liveness': 'none',
  'admission.consent': 'none',
  'admission.late-after-minutes': 600,
} as const;

/** A copy of the station's resources with its national pack so changed: photographs turn no head and sign nothing. */
export function soakResources(resourcesDir: string, into: string): string {
  cpSync(resourcesDir, into, { recursive: true, filter: (path) => !path.endsWith('.ttf') });
  const path = join(into, 'rule-packs/national.json');
  const national = RulePack.parse(JSON.parse(readFileSync(path, 'utf8')));
  const changes: Record<string, string | number> = PACK_CHANGES;
  const clauses = national.clauses.map((c) => (c.id in changes ? { ...c, value: changes[c.id]! } : c));
  writeFileSync(path, JSON.stringify({ ...national, clauses }));
  return into;
}

/** The people of the sample day who look into the camera in their photographs; the other two are asked to, in vain. */
const FACES = SAMPLE_PEOPLE.filter(({ candidateId }) => !['C09', 'C11'].includes(candidateId));
const personOf = (n: number) => FACES[n % FACES.length]!;

/** The sample candidate whose face this candidate has. */
export const faceOf = (n: number): string => personOf(n).candidateId;

/**
 * A day of so many candidates. There are ten different faces, and one face twice in a session is an alarm: so every ten
 * candidates have a session, and a room, of their own, all at the same time.
 *
 * @param photoHashes of the sample day's pictures, by sample candidate
 */
export function soakPlan(candidates: number, photoHashes: ReadonlyMap<string, string>): Plan {
  const numbers = Array.from({ length: candidates }, (_, n) => n);
  const groups = Array.from({ length: Math.ceil(candidates / FACES.length) }, (_, g) => g);
  const startsAtMs = (Math.floor(Date.now() / MINUTE_MS) + 5) * MINUTE_MS;
  const groupOf = (n: number) => Math.floor(n / FACES.length);
  return Plan.parse({
    format: 'kaodian-plan/1',
    planId: 'SOAK',
    batch: '样本批次',
    site: { siteId: 'SAMPLE-SITE', name: '样本考核点', filingNumber: '样本备〔2026〕001号' },
    centre: {
      name: '样本鉴定中心',
      recipient: generateIdentity().recipient,
      verificationKeys: [sshPublicKeyLine(CENTRE_KEY)],
    },
    rulePack: 'national',
    sessions: groups.map((g) => ({
      sessionId: `S${g}`,
      label: `第 ${g + 1} 场（样本）`,
      part: 'theory',
      occupation: '电工',
      level: '4',
      startsAtMs,
      endsAtMs: startsAtMs + 11 * 60 * MINUTE_MS,
      rubricId: null,
    })),
    rooms: groups.map((g) => ({
      roomId: `R${g}`,
      name: `${g + 1} 考场`,
      location: '样本楼',
      cameras: [{ cameraId: `R${g}-A`, label: '全景' }],
    })),
    workstations: numbers.map((n) => ({ workstationId: `W${n}`, roomId: `R${groupOf(n)}`, label: `${n + 1} 号` })),
    candidates: numbers.map((n) => ({
      candidateId: `C${n}`,
      sessionId: `S${groupOf(n)}`,
      roomId: `R${groupOf(n)}`,
      workstationId: `W${n}`,
      ticketNumber: `20260${String(n).padStart(7, '0')}`,
      name: `第${n + 1}人（样本）`,
      documentType: 'resident',
      documentNumber: specimenNumber(n),
      sex: personOf(n).sex,
      photo: { file: `C${n}.jpg`, sha256: photoHashes.get(faceOf(n)) },
    })),
    examiners: [],
    panels: [],
    rubrics: [],
  });
}

/** As in the sample day, nobody's: an area code that is not in use and a birth in January 1900. */
function specimenNumber(n: number): string {
  const male = personOf(n).sex === 'male';
  const day = 1 + Math.floor(n / 400);
  const sequence = (n % 400) * 2 + (male ? 1 : 2);
  const digits = `310199190001${String(day).padStart(2, '0')}${String(sequence).padStart(3, '0')}`;
  return digits + mod112CheckCharacter(digits);
}
