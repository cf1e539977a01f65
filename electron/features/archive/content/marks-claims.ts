import type { z } from 'zod';
import { checkCodeOf } from '../../scoring/check-code.ts';
import { stateOf } from '../../scoring/counted.ts';
import { candidateResult } from '../../scoring/rules.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  admittedIn,
  DECISIONS_PATH,
  DecisionsDocument,
  PLAN_PATH,
  PlanDocument,
  RESULTS_PATH,
  ResultsDocument,
  SHEETS_PATH,
  SheetsDocument,
  UNDONE_PATH,
  UndoneDocument,
} from './documents.ts';
import { PANELS_PATH, PanelsDocument, panelsInForce } from './panels-document.ts';

const RECOMPUTED: Question = {
  id: 'marks.1',
  title: { zh: '成绩由锁定的评分重算，逐人相符', en: 'Results recomputed from the locked marks agree, one by one' },
};
const SIGNED: Question = {
  id: 'marks.2',
  title: {
    zh: '每份评分都由本小组考评员签名，核对码相符',
    en: 'Every sheet is signed by its panel examiner for the same marks',
  },
};
const WITHIN: Question = {
  id: 'marks.3',
  title: {
    zh: '每个分数都在评分表范围内，只给入场的人',
    en: 'Every mark lies within the rubric and belongs to someone admitted',
  },
};

interface Documents {
  plan: z.infer<typeof PlanDocument>;
  sheets: z.infer<typeof SheetsDocument>;
  decisions: z.infer<typeof DecisionsDocument>['decisions'];
  results: z.infer<typeof ResultsDocument>;
  admitted: Set<string>;
}

/** What a bundle proves about its marks, by the same rule the station used, from the locked sheets alone. */
export const marksClaims: ContentClaim = async (_index, readJson): Promise<Claim[]> => {
  const plan = PlanDocument.safeParse(await readJson(PLAN_PATH));
  const panels = PanelsDocument.safeParse(await readJson(PANELS_PATH));
  const sheets = SheetsDocument.safeParse(await readJson(SHEETS_PATH));
  const results = ResultsDocument.safeParse(await readJson(RESULTS_PATH));
  const attempts = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  // A bundle of an earlier version knows no admission taken back.
  const undone = UndoneDocument.safeParse((await readJson(UNDONE_PATH)) ?? []);
  const decisions = DecisionsDocument.safeParse((await readJson(DECISIONS_PATH)) ?? { decisions: [] });
  if (
    !plan.success ||
    !sheets.success ||
    !decisions.success ||
    !results.success ||
    !attempts.success ||
    !undone.success
  ) {
    const why = ['包里没有可读的评分记录。', 'The bundle has no readable marking records.'] as const;
    return [RECOMPUTED, SIGNED, WITHIN].map((q) => notPresent(q, ...why));
  }
  const d = {
    // Who marks is the panel in force; a bundle of an earlier version has the plan's alone.
    plan: panels.success ? { ...plan.data, panels: panelsInForce(panels.data) } : plan.data,
    sheets: sheets.data,
    decisions: decisions.data.decisions,
    results: results.data,
    admitted: admittedIn(attempts.data, undone.data),
  };
  if (d.plan.rubric === null) {
    const why = ['本场次没有评分表。', 'This session has no rubric.'] as const;
    return [RECOMPUTED, SIGNED, WITHIN].map((q) => notPresent(q, ...why));
  }
  return [recomputed(d), signed(d), within(d)];
};

function recomputed({ plan, sheets, decisions, results, admitted }: Documents): Claim {
  const differing: string[] = [];
  let people = 0;
  for (const { roomId, numbers } of sheets.numbers) {
    const stated = results.rooms.find((r) => r.roomId === roomId);
    const panel = plan.panels
      .filter((p) => p.roomId === roomId && p.duty !== 'reserve')
      .sort((a, b) => Number(b.duty === 'lead') - Number(a.duty === 'lead'));
    for (const { candidateId, number } of numbers) {
      people += 1;
      const again = candidateResult({
        anonymousNumber: number,
        admitted: admitted.has(candidateId),
        coverage: stated?.results.find((r) => r.candidateId === candidateId)?.coverage ?? { kind: 'not-judged' },
        decisions: decisions
          .filter((d) => d.roomId === roomId && d.number === number)
          .map((d) => ({ state: stateOf(d.check), body: d.body })),
        sheets: panel.flatMap(({ examinerId }) => {
          const sheet = sheets.sheets.find((s) => s.roomId === roomId && s.examinerId === examinerId);
          const marks = sheet?.marks[number];
          const signed = sheets.signatures.some((s) => s.roomId === roomId && s.examinerId === examinerId);
          const vetoes = sheet?.vetoes[number] ?? [];
          return marks ? [{ examinerId, name: examinerId, marks, vetoes, signed }] : [];
        }),
        items: plan.rubric!.items,
        panelFaults: stated?.panelFaults ?? [],
        passTenths: plan.rubric!.passTenths,
        rules: results.rules,
      });
      const said = stated?.results.find((r) => r.candidateId === candidateId && r.anonymousNumber === number);
      if (
        said?.result !== again.result ||
        said.scoreTenths !== again.scoreTenths ||
        said.spreadTenths !== again.spreadTenths
      ) {
        differing.push(printable(number));
      }
    }
  }
  const listed = results.rooms.reduce((n, r) => n + r.results.length, 0);
  if (differing.length > 0 || listed !== people) {
    return fail(
      RECOMPUTED,
      `${differing.length} 人不符：${differing.join('、')}；名单 ${listed} 人，应为 ${people} 人。`,
      `${differing.length} differ: ${differing.join(', ')}; ${listed} are listed, ${people} expected.`,
      [RESULTS_PATH],
    );
  }
  return pass(RECOMPUTED, `${people} 人都相符。`, `All ${people} agree.`);
}

function signed({ plan, sheets }: Documents): Claim {
  const wrong = sheets.sheets.filter((sheet) => {
    const code = checkCodeOf(sheet.marks, sheet.vetoes).checkCode;
    const onPanel = plan.panels.some(
      (p) => p.roomId === sheet.roomId && p.examinerId === sheet.examinerId && p.duty !== 'reserve',
    );
    const signature = sheets.signatures.find((s) => s.roomId === sheet.roomId && s.examinerId === sheet.examinerId);
    return !onPanel || sheet.checkCode !== code || signature?.checkCode !== code;
  });
  const ids = wrong.map((s) => printable(s.examinerId)).join('、');
  return wrong.length > 0
    ? fail(SIGNED, `${wrong.length} 份对不上：${ids}。`, `${wrong.length} sheets fail: ${ids}.`, [SHEETS_PATH])
    : pass(SIGNED, `${sheets.sheets.length} 份都对得上。`, `All ${sheets.sheets.length} sheets hold.`);
}

function within({ plan, sheets, admitted }: Documents): Claim {
  const maxima = new Map(plan.rubric!.items.map((i) => [i.itemId, i.maxTenths]));
  const candidateOf = new Map(
    sheets.numbers.flatMap((r) => r.numbers.map((n) => [`${r.roomId} ${n.number}`, n.candidateId] as const)),
  );
  let marks = 0;
  const outside: string[] = [];
  for (const sheet of sheets.sheets) {
    for (const [number, items] of Object.entries(sheet.marks)) {
      const candidate = candidateOf.get(`${sheet.roomId} ${number}`);
      const belongs = candidate !== undefined && admitted.has(candidate);
      const complete = Object.keys(items).length === maxima.size;
      for (const [itemId, tenths] of Object.entries(items)) {
        marks += 1;
        if (tenths > (maxima.get(itemId) ?? -1)) outside.push(printable(`${number} ${itemId}`));
      }
      if (!belongs || !complete) outside.push(printable(number));
    }
  }
  return outside.length > 0
    ? fail(
        WITHIN,
        `${outside.length} 处不对：${outside.slice(0, 20).join('、')}。`,
        `${outside.length} are wrong: ${outside.slice(0, 20).join(', ')}.`,
        [SHEETS_PATH],
      )
    : pass(WITHIN, `${marks} 个分数都在范围内。`, `All ${marks} marks lie within.`);
}
