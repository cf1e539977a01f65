import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { admit as admitNow, atTheDoor, identify, ROOM, showFace } from '../../../test/harness/exam-day.ts';
import { refusalOf } from '../../../test/harness/open-station.ts';
import { inTransaction, openDatabase } from '../../db/database.ts';
import { migrations } from '../../station/migrations.ts';
import { Attempt } from './contract.ts';
import { findAdmission, findRecord } from './store.ts';

/** As the first version wrote it, when a door had one lane and asked nobody to sign or to turn their head. */
const firstShape = (change: { attemptId?: string; candidateId?: string; decision?: object } = {}) => ({
  attempt: {
    attemptId: 'A-OLD',
    startedAtMs: 1_000,
    candidateId: 'C01',
    name: '张一（样本）',
    maskedDocumentNumber: '310***********0011',
    ticketNumber: '2026000001',
    documentBy: 'reader',
    place: null,
    edges: ['card-ticket', 'live-card', 'live-plan'].map((edge) => ({
      edge,
      result: 'pass',
      reason: 'faces-agree',
      score: null,
      threshold: null,
    })),
    decision: { kind: 'call-person', reasons: ['no-card'] },
    images: { live: true, card: false, plan: true },
    frames: { good: 3, needed: 3 },
    outcome: 'admitted-by-hand',
    closedAtMs: 2_000,
    ...change,
  },
  by: 'S-door',
  second: 'S-lead',
  manual: { reason: 'no-card', note: '', checks: ['numberAgrees'] },
  engine: { name: 'onnxruntime-node 1.0 / mobilefacenet-192', models: [], pass: 0.46, near: 0.35 },
  frameSha256: [],
  evidence: [],
});

test.each<[object, object]>([
  [{ kind: 'admit' }, { kind: 'admit', again: false }],
  [
    { kind: 'call-person', reasons: ['no-card'] },
    { kind: 'call-person', reasons: ['no-card'], again: false },
  ],
  [
    { kind: 'already-in', admittedAtMs: 5, byName: '门岗（样本）' },
    { kind: 'already-in', admittedAtMs: 5, byName: '门岗（样本）', away: null },
  ],
  [{ kind: 'unknown-person' }, { kind: 'unknown-person' }],
])('a data folder of the first version: %o is read as the contract has it today', (before, now) => {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-older-'));
  const path = join(dir, 'station.db');
  // Arrivals came with step 110; admissions were a table of their own until 130.
  const older = openDatabase(
    path,
    migrations.filter(({ id }) => id < 110),
  );
  const record = firstShape({ decision: before });
  inTransaction(older, (w) => {
    w.prepare("INSERT INTO attempts VALUES ('A-OLD', 'S1', '201', 'C01', 'admitted-by-hand', 1000, 2000, ?)").run(
      JSON.stringify(record),
    );
    w.prepare("INSERT INTO admissions VALUES ('C01', 'S1', '201', 'A-OLD', 2000, '门岗（样本）')").run();
  });
  older.raw.close();
  const db = openDatabase(path, migrations);
  expect(findAdmission(db, 'C01')).toMatchObject({ turn: 1, attemptId: 'A-OLD', byHand: true });
  const found = findRecord(db, 'A-OLD')!;
  expect(Attempt.parse(found.attempt)).toEqual({
    ...record.attempt,
    lane: 1,
    nameOnCard: null,
    consent: null,
    liveness: { kind: 'not-asked' },
    engine: 'onnxruntime-node 1.0 / mobilefacenet-192',
    images: { live: true, card: false, plan: true, like: false, document: false },
    decision: now,
  });
  expect(found).toMatchObject({ like: null, turn: null, document: null, manual: { saw: [] } });
  db.raw.close();
  rmSync(dir, { recursive: true });
});

test('who asks for an attempt of the first version is told what became of it', async () => {
  const st = await atTheDoor();
  const record = firstShape();
  st.station.db
    .prepare("INSERT INTO attempts VALUES ('A-OLD', 'S1', ?, 'C01', 'admitted-by-hand', 1000, 2000, ?)")
    .run(ROOM, JSON.stringify(record));
  const asked = st.as('door').checkin.admit({ attemptId: Attempt.shape.attemptId.parse('A-OLD') });
  expect(await refusalOf(asked)).toMatchObject({
    code: 'ATTEMPT_CLOSED',
    data: { attempt: { attemptId: 'A-OLD', lane: 1, outcome: 'admitted-by-hand' } },
  });
});

test('what is written today is read back as it is', async () => {
  const st = await atTheDoor();
  const closed = await admitNow(st, 'C01');
  expect(findRecord(st.station.db, closed.attemptId)?.attempt).toEqual(closed);
  const b = await showFace(st, await identify(st, 'C02'), 'C05');
  const aside = await st.as('door').checkin.setAside({ attemptId: b.attemptId });
  expect(findRecord(st.station.db, b.attemptId)?.attempt).toEqual(aside);
});
