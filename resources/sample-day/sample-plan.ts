import { createHash } from 'node:crypto';
import { type CentreCard, Plan } from '../../electron/features/plan/plan-schema.ts';
import { SAMPLE_EXAMINERS, SAMPLE_PEOPLE } from './sample-people.ts';
import { SAMPLE_RUBRIC } from './sample-rubric.ts';

const ROOMS = ['201', '202'];
const SEATS = 6;
const SESSION_ID = 'S1';
const DURATION_MS = 150 * 60 * 1000;

export interface SampleDay {
  startsAtMs: number;
  centre: CentreCard;
  /**
   * SHA-256 of each candidate's picture by candidate id, from `samplePhotos`. Without it the hashes are of no picture:
   * for tests that show none.
   */
  photoHashes?: ReadonlyMap<string, string>;
}

/**
 * The sample exam day: one skills session of two and a half hours from `startsAtMs`. Candidates C01 to C06 sit in room
 * 201, C07 to C12 in 202; E01 to E03 (E01 leads) mark room 201, E04 to E06 (E04 leads) room 202, E07 is the reserve.
 */
export function samplePlan({ startsAtMs, centre, photoHashes }: SampleDay): Plan {
  const seatOf = (i: number) => {
    const roomId = ROOMS[Math.floor(i / SEATS)] ?? '';
    return { roomId, workstationId: `${roomId}-${(i % SEATS) + 1}` };
  };
  return Plan.parse({
    format: 'kaodian-plan/1',
    planId: 'SAMPLE-DAY',
    batch: '样本批次',
    site: { siteId: 'SAMPLE-SITE', name: '样本考核点', filingNumber: '样本备〔2026〕001号' },
    centre,
    rulePack: 'national',
    sessions: [
      {
        sessionId: SESSION_ID,
        label: '电工四级操作技能（样本）',
        part: 'skills',
        occupation: '电工',
        level: '4',
        startsAtMs,
        endsAtMs: startsAtMs + DURATION_MS,
        rubricId: SAMPLE_RUBRIC.rubricId,
      },
    ],
    rooms: ROOMS.map((roomId) => ({
      roomId,
      name: `${roomId} 考场`,
      location: `样本楼二层 ${roomId}`,
      cameras: [{ cameraId: `${roomId}-A`, label: `${roomId} 全景` }],
    })),
    workstations: SAMPLE_PEOPLE.map((_, i) => ({ ...seatOf(i), label: `${(i % SEATS) + 1} 号工位` })),
    candidates: SAMPLE_PEOPLE.map(({ candidateId, name, sex, documentNumber }, i) => ({
      candidateId,
      sessionId: SESSION_ID,
      ...seatOf(i),
      ticketNumber: `20260000${String(i + 1).padStart(4, '0')}`,
      name,
      documentType: 'resident',
      documentNumber,
      sex,
      photo: { file: `${candidateId}.jpg`, sha256: photoHashes?.get(candidateId) ?? hashOfNothing(candidateId) },
    })),
    examiners: SAMPLE_EXAMINERS,
    panels: [
      ...['E01', 'E02', 'E03', 'E04', 'E05', 'E06'].map((examinerId, i) => ({
        sessionId: SESSION_ID,
        roomId: ROOMS[Math.floor(i / 3)],
        examinerId,
        duty: i % 3 === 0 ? 'lead' : 'member',
      })),
      { sessionId: SESSION_ID, roomId: '201', examinerId: 'E07', duty: 'reserve' },
    ],
    rubrics: [SAMPLE_RUBRIC],
  });
}

const hashOfNothing = (candidateId: string) =>
  createHash('sha256').update(`no picture of ${candidateId}`).digest('hex');
