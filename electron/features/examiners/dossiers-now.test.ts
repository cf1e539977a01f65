import { expect, test } from 'vitest';
import { type Db, inTransaction, openDatabase } from '../../db/database.ts';
import { PlanBook } from '../plan/plan-book.ts';
import { aPlan } from '../plan/plan-fixture.ts';
import { Dossier, DossierList } from './assignment-facts.ts';
import { aRecord } from './dossier-fixture.ts';
import type { DossierRecord } from './dossier-record.ts';
import { candidateFacts, dossierOf, dossiersNow, panelBefore, supervisorSince } from './dossiers-now.ts';
import { recordServed } from './record-served.ts';
import { currentDossiers, dossierHistory, examinersMigration, insertDossier, insertServed } from './store.ts';

const { plan } = aPlan();
const book = new PlanBook(plan);
const [first, second] = plan.examiners;
const person = (i: number) => ({ cardNumber: plan.examiners[i]!.cardNumber, name: plan.examiners[i]!.name });
const database = () => openDatabase(':memory:', [examinersMigration]);

function keep(db: Db, dossierId: string, record: DossierRecord, replaces: number | null = null): number {
  const by = { atMs: 1, byStaffId: 'S1', source: 'form', reason: '样本' } as const;
  return inTransaction(db, (w) => insertDossier(w, { dossierId, replaces, record, ...by }));
}

test('without a file the plan alone speaks, and all else is not known', () => {
  const dossiers = dossiersNow(database(), book);
  expect(dossiers.map((d) => d.examinerId)).toEqual(plan.examiners.map((e) => e.examinerId));
  expect(dossiers[0]).toEqual({
    examinerId: first!.examinerId,
    grade: first!.grade,
    scope: [{ occupation: '电工', levels: null }],
    card: { number: first!.cardNumber, validFrom: null, validUntil: null },
    pool: null,
    appraisals: [],
    trainingHours: [],
    employers: [{ name: first!.employer, from: null, until: null }],
    trainingPosts: [],
    taught: [],
    ties: [],
    served: [],
    recusedFrom: [],
    incomplete: DossierList.options.filter((l) => l !== 'scope'),
  });
  for (const d of dossiers) expect(Dossier.parse(d)).toEqual(d);
});

test('the newest version counts, under the id the plan has for the person, also by an old card', () => {
  const db = database();
  const old = keep(db, 'D1', aRecord(person(0)));
  keep(db, 'D1', aRecord({ ...person(0), cardNumber: 'NEW-1', pool: 'suspended' }), old);
  expect(dossierOf(db, book, 'E01')).toMatchObject({ examinerId: 'E01', pool: 'suspended', card: { number: 'NEW-1' } });
  expect(dossierOf(db, book, 'E02')!.pool).toBeNull();
  expect(dossierOf(db, book, 'E99')).toBeNull();
  expect(dossierHistory(db, 'D1').map((v) => [v.record.pool, v.replaces])).toEqual([
    ['suspended', old],
    ['active', null],
  ]);
});

test('no version is edited or deleted, and only one can replace another', () => {
  const db = database();
  const version = keep(db, 'D1', aRecord(person(0)));
  expect(() => db.prepare("UPDATE dossiers SET reason = ''").run()).toThrow('never edited');
  expect(() => db.prepare('DELETE FROM dossiers').run()).toThrow('never deleted');
  keep(db, 'D1', aRecord(person(0)), version);
  expect(() => keep(db, 'D1', aRecord(person(0)), version)).toThrow('UNIQUE');
  expect(currentDossiers(db)).toHaveLength(1);
});

test('a tie is found by document number in every place of the plan, and to an examiner by any of their cards', () => {
  const db = database();
  const candidate = plan.candidates[3]!;
  const old = keep(db, 'D2', aRecord({ ...person(1), cardNumber: 'OLD-2' }));
  keep(db, 'D2', aRecord({ ...person(1), documentNumber: 'HK0000001' }), old);
  const ties: DossierRecord['ties'] = [
    { kind: 'kin', to: { who: 'person', documentNumber: candidate.documentNumber } },
    { kind: 'master-apprentice', to: { who: 'examiner', cardNumber: 'OLD-2', name: second!.name } },
    { kind: 'declared', to: { who: 'person', documentNumber: 'HK0000001' } },
    { kind: 'kin', to: { who: 'person', documentNumber: 'NOBODY0001' } },
  ];
  keep(db, 'D1', aRecord({ ...person(0), ties }));
  expect(dossierOf(db, book, 'E01')!.ties).toEqual([
    { kind: 'kin', to: { who: 'candidate', id: candidate.candidateId } },
    { kind: 'master-apprentice', to: { who: 'examiner', id: 'E02' } },
    { kind: 'declared', to: { who: 'examiner', id: 'E02' } },
  ]);
});

test('who has served here is written down by person and counts, also without a file', () => {
  const db = database();
  inTransaction(db, (w) => recordServed(w, book, 'S1', 5));
  inTransaction(db, (w) => recordServed(w, book, 'S1', 6));
  const at = { sessionId: 'S1', siteId: 'SAMPLE-SITE', startsAtMs: plan.sessions[0]!.startsAtMs };
  expect(dossierOf(db, book, 'E01')!.served).toEqual([{ ...at, roomId: '201' }]);
  expect(dossierOf(db, book, 'E05')!.served).toEqual([{ ...at, roomId: '202' }]);
  expect(dossierOf(db, book, 'E07')!.served).toEqual([]);
  const asked = { siteId: 'SAMPLE-SITE', roomId: '201' };
  expect(panelBefore(db, book, { ...asked, startsAtMs: at.startsAtMs + 1 })).toEqual(['E01', 'E02', 'E03']);
  expect(panelBefore(db, book, { ...asked, startsAtMs: at.startsAtMs })).toEqual([]);
});

test('of the room only the last session before counts, and reserves did not mark', () => {
  const db = database();
  const row = (i: number, sessionId: string, startsAtMs: number, duty: 'member' | 'reserve' | null) =>
    inTransaction(db, (w) =>
      insertServed(w, { ...person(i), sessionId, siteId: 'X', roomId: 'R', startsAtMs, duty, source: 'import' }, 0),
    );
  row(0, 'P1', 10, 'member');
  row(1, 'P2', 20, 'member');
  row(2, 'P2', 20, null);
  row(3, 'P2', 20, 'reserve');
  expect(panelBefore(db, book, { siteId: 'X', roomId: 'R', startsAtMs: 30 })).toEqual(['E02', 'E03']);
  expect(dossierOf(db, book, 'E04')!.served).toEqual([]);
});

test('since when somebody supervises stands in their file', () => {
  const db = database();
  keep(db, 'D1', aRecord({ ...person(0), supervisorFrom: '2025-03-01' }));
  expect(supervisorSince(db, person(0))).toBe('2025-03-01');
  expect(supervisorSince(db, person(1))).toBeNull();
});

test('of a candidate, what the plan leaves out is not known, and what it says is none is none', () => {
  const candidate = plan.candidates[0]!;
  expect(candidateFacts({ ...candidate, employer: '某单位（样本）', classId: null })).toEqual({
    candidateId: candidate.candidateId,
    employer: '某单位（样本）',
    classId: null,
    trainedBy: null,
    notKnown: ['trainedBy'],
  });
});
