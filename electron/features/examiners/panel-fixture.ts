import type { CandidateId, ExaminerId, RoomId, SessionId, SiteId } from '../../lib/ids.ts';
import { AssignmentFacts, type Dossier } from './assignment-facts.ts';

const START_MS = Date.UTC(2026, 5, 20, 1);
export const HOUR_MS = 3_600_000;

/** An examiner against whom nothing speaks. */
export const dossier = (id: string, more: Partial<Dossier> = {}): Dossier => ({
  examinerId: id as ExaminerId,
  grade: 'senior',
  scope: [{ occupation: '保育师', levels: ['5', '4', '3', '2', '1'] }],
  card: { number: `样本-${id}`, validFrom: '2024-06-21', validUntil: '2027-06-20' },
  pool: 'active',
  appraisals: [{ year: 2025, result: 'fit' }],
  trainingHours: [{ year: 2025, hours: 24 }],
  employers: [{ name: `${id} 的单位（样本）`, from: '2015-01-01', until: null }],
  trainingPosts: [],
  taught: [],
  ties: [],
  served: [],
  recusedFrom: [],
  incomplete: [],
  ...more,
});

export const candidate = (id: string, more: Partial<AssignmentFacts['room']['candidates'][number]> = {}) => ({
  candidateId: id as CandidateId,
  employer: `${id} 的单位（样本）`,
  classId: 'K-1',
  trainedBy: '某培训中心（样本）',
  notKnown: [],
  ...more,
});

/** A lawful panel of three with a supervisor, for five candidates. */
export function lawfulPanel(): AssignmentFacts {
  return AssignmentFacts.parse({
    format: 'kaodian-assignment-facts/1',
    site: { siteId: 'SITE-1' as SiteId, employer: '某考核点（样本）', ownStaff: false, soleProvider: null },
    session: {
      sessionId: 'S1' as SessionId,
      part: 'skills',
      occupation: '保育师',
      level: '4',
      day: '2026-06-20',
      startsAtMs: START_MS,
      endsAtMs: START_MS + 2 * HOUR_MS,
    },
    room: {
      roomId: 'R1' as RoomId,
      candidates: ['C1', 'C2', 'C3', 'C4', 'C5'].map((id) => candidate(id)),
      before: ['E3', 'E8', 'E9'],
    },
    panel: [
      { examinerId: 'E1', duty: 'lead', otherDuties: [] },
      { examinerId: 'E2', duty: 'member', otherDuties: [] },
      { examinerId: 'E3', duty: 'member', otherDuties: [] },
    ],
    supervisors: [{ examinerId: 'E7', termFrom: '2024-01-01' }],
    elsewhere: [],
    dossiers: ['E1', 'E2', 'E3', 'E7'].map((id) => dossier(id)),
  });
}
