import { DossierRecord } from './dossier-record.ts';

/** For tests: the file of somebody against whom nothing speaks, and of whom everything is known. */
export const aRecord = (more: Partial<DossierRecord> & { cardNumber: string; name: string }): DossierRecord =>
  DossierRecord.parse({
    documentNumber: null,
    grade: 'senior',
    scope: [{ occupation: '电工', levels: ['5', '4', '3', '2', '1'] }],
    cardFrom: '2024-06-21',
    cardUntil: '2027-06-20',
    pool: 'active',
    appraisals: [{ year: 2025, result: 'fit' }],
    trainingHours: [{ year: 2025, hours: 24 }],
    employers: [{ name: '某单位（样本）', from: '2015-01-01', until: null }],
    trainingPosts: [],
    taught: [],
    ties: [],
    supervisorFrom: null,
    incomplete: [],
    ...more,
  });
