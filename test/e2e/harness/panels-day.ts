import type { StationClient } from '../../../electron/contract/index.ts';
import type { Plan } from '../../../electron/features/plan/plan-schema.ts';
import { ExaminerId, RoomId } from '../../../electron/lib/ids.ts';
import type { ExamDay } from './day.ts';

const ROOMS = ['201', '202', '203', '204'] as const;
const SURNAMES = '冯钱施姜韩金蒋陈卫何严沈许吕曹魏陶';
/** As many as the largest of these days needs. */
const PEOPLE = 17;

const idOf = (i: number) => ExaminerId.parse(`E${String(i + 1).padStart(2, '0')}`);

/**
 * The sample day with four rooms of three candidates and seventeen examiners: three mark in each room, E13 to E17 are in the plan
 * besides. Of everybody is on file all that ties are found from.
 */
export function withPanels(plan: Plan): Plan {
  const [session] = plan.sessions;
  const places = plan.candidates.map((c, i) => ({ ...c, roomId: RoomId.parse(ROOMS[Math.floor(i / 3)]) }));
  return {
    ...plan,
    rooms: ROOMS.map((roomId) => ({
      ...plan.rooms[0]!,
      roomId: RoomId.parse(roomId),
      name: `${roomId} 考场`,
      location: `样本楼二层 ${roomId}`,
      cameras: [{ cameraId: `${roomId}-A` as never, label: `${roomId} 全景` }],
    })),
    workstations: places.map(({ roomId, workstationId }, i) => ({
      workstationId: workstationId!,
      roomId,
      label: `${(i % 3) + 1} 号工位`,
    })),
    candidates: places.map((c) => ({
      ...c,
      employer: `${c.candidateId} 的单位（样本）`,
      classId: 'K-1',
      trainedBy: '某培训中心（样本）',
    })),
    examiners: Array.from({ length: PEOPLE }, (_, i) => ({
      examinerId: idOf(i),
      name: `${SURNAMES[i]}考评（样本）`,
      grade: i % 3 === 0 || i > 11 ? ('senior' as const) : ('examiner' as const),
      cardNumber: `YB-KP-${String(i + 1).padStart(4, '0')}`,
      employer: `样本单位${i + 1}`,
      occupations: ['电工'],
    })),
    panels: Array.from({ length: 12 }, (_, i) => ({
      sessionId: session!.sessionId,
      roomId: RoomId.parse(ROOMS[Math.floor(i / 3)]),
      examinerId: idOf(i),
      duty: i % 3 === 0 ? ('lead' as const) : ('member' as const),
    })),
  };
}

type Edit = Parameters<StationClient['examiners']['save']>[0]['edit'];

/** Puts dossiers on file through the contract: whole ones, but for what is changed of an examiner. */
export async function keepDossiers(day: ExamDay, changed: Readonly<Record<string, Edit>> = {}): Promise<void> {
  for (const { examinerId, name, cardNumber, grade, employer } of day.plan.examiners) {
    const edit: Edit = {
      cardNumber,
      name,
      grade,
      documentNumber: null,
      scope: [{ occupation: '电工', levels: ['5', '4', '3', '2', '1'] }],
      cardFrom: '2024-06-21',
      cardUntil: '2099-06-20',
      pool: 'active',
      appraisals: [{ year: new Date().getFullYear() - 1, result: 'fit' }],
      trainingHours: [{ year: new Date().getFullYear() - 1, hours: 24 }],
      employers: [{ name: employer, from: '2015-01-01', until: null }],
      trainingPosts: [],
      taught: [],
      ties: [],
      supervisorFrom: null,
      incomplete: [],
      ...changed[examinerId],
    };
    await day.lead.examiners.save({ base: null, edit, reason: '样本：建档' });
  }
}

/** A tie of kin to a candidate of the day, as a dossier has it. */
export const kinOf = (day: ExamDay, candidateId: string): Edit => ({
  ties: [{ kind: 'kin', to: { who: 'person', documentNumber: day.candidate(candidateId).documentNumber } }],
});
