import type { PlanBook } from '../plan/plan-book.ts';
import { clauseOf } from '../rules/rule-values.ts';
import { totalOf } from '../scoring/rules.ts';
import { type LockedSheet, lockedSheets, signaturesIn } from '../scoring/store.ts';
import { theoryResultOf } from '../scoring/theory-store.ts';
import type { FormsDeps, ResultLine } from './deps.ts';
import type { SummaryFacts } from './form-facts.ts';
import { markText } from './form-page.ts';
import { markersOf, type ReadHandwriting } from './gather-sheets.ts';
import type { SignaturePlace } from './signature-place.ts';

const RESULTS: { [result: string]: string } = {
  passed: '合格',
  failed: '不合格',
  absent: '缺考',
  irregular: '违纪',
  void: '作废',
  'not-confirmed': '未确认',
};
const COMBINED = {
  mean: '成绩取各考评员总分的算术平均',
  median: '成绩取各考评员总分的中位数',
  'trimmed-mean': '成绩去掉最高、最低后取平均',
} as const;

/** 成绩汇总表 of one room. Theory has no panel: its summary has one place more to sign, and no totals of examiners. */
export async function summaryOf(
  deps: FormsDeps,
  book: PlanBook,
  at: { sessionId: string; roomId: string },
  read: ReadHandwriting,
): Promise<SummaryFacts> {
  const { sessionId, roomId } = at;
  const { results, passTenths } = deps.results(sessionId, roomId);
  const examiners = markersOf(deps, book, sessionId, roomId);
  const signatures = signaturesIn(deps.db, sessionId, roomId);
  const sheets = lockedSheets(deps.db, sessionId, roomId);
  const places: SummaryFacts['places'] = [];
  for (const [i, e] of examiners.entries()) {
    const signature = signatures.find((s) => s.examinerId === e.examinerId);
    const signed = signature ? await read(signature.evidenceId) : null;
    places.push({ duty: e.duty === 'lead' ? '考评组长' : `考评员 ${i}`, standsFor: '签于本人评分', signed });
  }
  const theory = theoryResultOf(deps.db, sessionId);
  places.push(
    { duty: '督导员', signed: null },
    {
      duty: '登分人',
      ...(theory && { standsFor: '签于理论成绩' }),
      signed: theory && (await read(theory.evidenceId)),
    },
    { duty: '审核人', signed: null },
    await leadPlace(deps, sessionId, read),
  );
  return {
    roomName: book.room(roomId)?.name ?? roomId,
    passTenths,
    combined: COMBINED[deps.rules()['scoring.combine']],
    examiners,
    rows: results.map((r) => {
      const candidate = book.candidate(r.candidateId);
      return {
        ticketNumber: candidate?.ticketNumber ?? '',
        name: candidate?.name ?? r.candidateId,
        anonymousNumber: r.anonymousNumber,
        seat: candidate ? book.seat(candidate) : '',
        totals: examiners.map((e) => given(sheets, e.examinerId, r.anonymousNumber)),
        scoreTenths: r.scoreTenths,
        result: RESULTS[r.result] ?? r.result,
        remark: [...r.obstacles.map((o) => remarkOf(deps, o)), ...changedWords(r)].join('；'),
      };
    }),
    places,
  };
}

/** The lead's place, with the signature under the closing where it stands. */
export async function leadPlace(deps: FormsDeps, sessionId: string, read: ReadHandwriting): Promise<SignaturePlace> {
  const approved = deps.leadSignature(sessionId);
  if (approved === null) return { duty: '考点负责人', signed: null };
  return { duty: '考点负责人', standsFor: '签于收尾', signed: await read(approved) };
}

/** An examiner's total as it was locked; what was decided since shows in the remark and in the score. */
function given(sheets: readonly LockedSheet[], examinerId: string, number: string): number | null {
  const marks = sheets.find((s) => s.examinerId === examinerId)?.marks[number];
  return marks ? totalOf(marks) : null;
}

const changedWords = ({ totals, decidedItems = [] }: ResultLine): string[] => [
  ...(decidedItems.length > 0 ? [`组长裁定 ${decidedItems.length} 项`] : []),
  ...totals.flatMap((t) => (t.correctedTenths == null ? [] : [`${t.examiner}更正为 ${markText(t.correctedTenths)}`])),
];

/** What stands against a result, short where it is common, else the clause itself. */
function remarkOf(
  deps: FormsDeps,
  { code, ruleId, facts }: { code: string; ruleId: string; facts: Record<string, string> },
) {
  if (code === 'not-signed') return '考评员尚未签名';
  if (code === 'spread-over-limit') return `分差超过 ${markText(Number(facts.limit ?? 0))}，待考评组长处理`;
  if (code === 'panel-too-small') return `评分的考评员只有 ${facts.has} 人`;
  return `${clauseOf(deps.pack(), ruleId).text.zh}（${ruleId}）`;
}
