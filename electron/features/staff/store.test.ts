import { expect, test } from 'vitest';
import { openDatabase } from '../../db/database.ts';
import { vaultMigration } from '../../vault/vault.ts';
import { planMigration } from '../plan/store.ts';
import { allStaff, examinerAccountsMigration, staffMigration } from './store.ts';

test('accounts of the first version belong to the person whom the plan then in force called by their id', () => {
  const before = [vaultMigration, staffMigration, planMigration];
  const db = openDatabase(':memory:', before);
  const plan = { examiners: [{ examinerId: 'E01', cardNumber: 'K1', name: '甲（样本）' }] };
  const older = { examiners: [{ examinerId: 'E01', cardNumber: 'K0', name: '乙（样本）' }] };
  for (const p of [older, plan]) {
    db.prepare("INSERT INTO plans VALUES (0, 'P', '', ?, '{}')").run(JSON.stringify(p));
  }
  const add = db.prepare("INSERT INTO staff VALUES (?, ?, '[\"examiner\"]', ?, '')");
  add.run('S1', '一', 'E01');
  add.run('S2', '二', 'E09');
  add.run('S3', '三', null);
  db.raw.exec(examinerAccountsMigration.sql);
  expect(allStaff(db).map((p) => [p.staffId, p.examiner])).toEqual([
    ['S1', { cardNumber: 'K1', name: '甲（样本）' }],
    ['S2', null],
    ['S3', null],
  ]);
});
