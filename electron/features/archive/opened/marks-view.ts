import type { SessionDocuments } from './read-session.ts';
import type { DecisionView, ResultView } from './view.ts';

type Decision = NonNullable<SessionDocuments['decisions']>['decisions'][number];

/** What was decided in one line: items and their marks, or the code; words for the kind stand beside it. */
function substanceOf({ body }: Decision): string {
  const record = body as Record<string, unknown>;
  if (body.kind === 'conference' && typeof record.items === 'object') {
    return Object.entries(record.items ?? {})
      .map(([item, tenths]) => `${item}: ${Number(tenths) / 10}`)
      .join(', ');
  }
  if (body.kind === 'correction') return `${record.cellId}: ${tenth(record.before)} → ${tenth(record.tenths)}`;
  if (body.kind === 'theory-correction') return `${tenth(record.before)} → ${tenth(record.tenths)}`;
  return [record.code, record.severity, record.document].filter(Boolean).join(' ');
}
const tenth = (value: unknown): string => (typeof value === 'number' ? String(value / 10) : '–');

const decisionView = (d: Decision): DecisionView => ({
  kind: d.body.kind,
  number: d.number,
  text: substanceOf(d),
  reason: d.reason,
  by: d.by.name,
  byMs: d.by.atMs,
  second: d.check?.name ?? null,
  agrees: d.check?.agrees ?? null,
});

/** Marks and result of everybody, by candidate id: what each examiner locked, what was decided later, what came of it. */
export function resultsByPerson({ results, sheets, decisions, plan }: SessionDocuments): Map<string, ResultView> {
  const nameOf = new Map(plan?.examiners.map((e) => [e.examinerId, e.name]));
  const all = new Map<string, ResultView>();
  for (const { roomId, passTenths, results: rows } of results?.rooms ?? []) {
    const locked = sheets?.sheets.filter((s) => s.roomId === roomId) ?? [];
    for (const row of rows) {
      const number = row.anonymousNumber;
      const totals = new Map(row.totals.map((t) => [t.examiner, t]));
      all.set(row.candidateId, {
        number,
        result: row.result,
        scoreTenths: row.scoreTenths,
        passTenths,
        spreadTenths: row.spreadTenths,
        decidedItems: row.decidedItems,
        sheets: locked
          .filter((s) => s.marks[number])
          .map((s) => {
            const examiner = nameOf.get(s.examinerId) || s.examinerId;
            return {
              examiner,
              marks: s.marks[number]!,
              vetoes: s.vetoes[number] ?? [],
              totalTenths: totals.get(examiner)?.totalTenths ?? null,
              correctedTenths: totals.get(examiner)?.correctedTenths ?? null,
            };
          }),
        decisions: (decisions?.decisions ?? [])
          .filter((d) => d.roomId === roomId && d.number === number)
          .map(decisionView),
      });
    }
  }
  return all;
}
