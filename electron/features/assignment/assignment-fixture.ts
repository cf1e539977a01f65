import { openTestStation, type TestStation, type TestStationOptions } from '../../../test/harness/open-station.ts';
import { inTransaction } from '../../db/database.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import { aRecord } from '../examiners/dossier-fixture.ts';
import type { DossierRecord } from '../examiners/dossier-record.ts';
import { currentDossiers, insertDossier } from '../examiners/store.ts';
import type { Plan } from '../plan/plan-schema.ts';

/** Every candidate of the plan with all that ties are found from: nobody here is of their employer, class or school. */
export const withCandidateFacts = (plan: Plan): Plan => ({
  ...plan,
  candidates: plan.candidates.map((c) => ({
    ...c,
    employer: `${c.candidateId} 的单位（样本）`,
    classId: 'K-1',
    trainedBy: '某培训中心（样本）',
  })),
});

/** Puts a whole dossier on file, in which nothing speaks against the examiner of this id but what is changed. */
export function keepDossier(st: TestStation, examinerId: string, changed: Partial<DossierRecord> = {}): void {
  const { cardNumber, name, grade } = st.plan.examiners.find((e) => e.examinerId === examinerId)!;
  const record = aRecord({ cardNumber, name, grade, ...changed });
  const now = currentDossiers(st.station.db).find((d) => d.dossierId === `D-${examinerId}`);
  inTransaction(st.station.db, (w) =>
    insertDossier(w, {
      dossierId: `D-${examinerId}`,
      replaces: now?.versionId ?? null,
      record,
      atMs: st.clock.wallMs(),
      byStaffId: 'S-test',
      source: 'form',
      reason: '样本',
    }),
  );
}

/** A station on which everything is on file of everybody, and a supervisor is registered of whom it is too. */
export async function openWithDossiers(options: TestStationOptions = {}): Promise<TestStation> {
  const change = options.plan ?? ((plan: Plan) => plan);
  const st = await openTestStation({ ...options, plan: (plan) => withCandidateFacts(change(plan)) });
  for (const { examinerId } of st.plan.examiners) keepDossier(st, examinerId);
  return st;
}

export const id = (examinerId: string) => examinerId as ExaminerId;
