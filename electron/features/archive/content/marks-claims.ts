import { checkCodeOf } from '../../scoring/check-code.ts';
import { stateOf } from '../../scoring/counted.ts';
import { candidateResult, theoryResult } from '../../scoring/rules.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { decidedClaim } from './decision-claims.ts';
import { RESULTS_PATH, SHEETS_PATH } from './documents.ts';
import { type MarksDocuments, readMarksDocuments } from './marks-documents.ts';
import { theoryClaim } from './theory-claims.ts';

const RECOMPUTED: Question = {
  id: 'marks.1',
  title: { zh: '成绩由锁定的评分重算，逐人相符', en: 'Results recomputed from the locked marks agree, one by one' },
};
const SIGNED: Question = {
  id: 'marks.2',
  title: {
    zh: '每份评分都由本小组考评员手写签名，核对码相符',
    en: 'Every sheet is signed by hand by its panel examiner for the same marks',
  },
};
const WITHIN: Question = {
  id: 'marks.3',
  title: {
    zh: '每个分数都在评分表范围内，只给入场的人',
    en: 'Every mark lies within the rubric and belongs to someone admitted',
  },
};
const JOURNALED: Question = {
  id: 'marks.4',
  title: {
    zh: '评分先锁定、后公开、再签名，内容与日志相符',
    en: 'Marks were locked, then shown, then signed, as the journal has them',
  },
};

/** What a bundle proves about its marks, by the same rule the station used, from the locked sheets and decisions alone. */
export const marksClaims: ContentClaim = async (index, readJson, readLines, readBytes): Promise<Claim[]> => {
  const d = await readMarksDocuments(index, readJson, readLines);
  if (d === null) {
    const why = ['包里没有可读的评分记录。', 'The bundle has no readable marking records.'] as const;
    return [RECOMPUTED, SIGNED, WITHIN].map((q) => notPresent(q, ...why));
  }
  if (d.plan.rubric === null) {
    return [recomputed(d), await theoryClaim(index, d, readBytes), await decidedClaim(d)];
  }
  return [recomputed(d), await signed(d), within(d), journaled(d), await decidedClaim(d)];
};

function recomputed(d: MarksDocuments): Claim {
  const { plan, sheets, results, admitted } = d;
  // What the station says that it judged by has to be what the rule pack says.
  const differing = Object.entries(results.rules).flatMap(([id, value]) => (d.ruleValue(id) === value ? [] : [id]));
  const bar = Number(d.ruleValue('scoring.pass-tenths'));
  let people = 0;
  const { rubric } = plan;
  const theoryRooms = Map.groupBy(d.candidates, (c) => c.roomId);
  const rooms = rubric
    ? sheets.numbers
    : [...theoryRooms].map(([roomId, all]) => ({
        roomId,
        numbers: all.map((c) => ({ candidateId: c.candidateId, number: c.ticketNumber })),
      }));
  for (const { roomId, numbers } of rooms) {
    const stated = results.rooms.find((r) => r.roomId === roomId);
    for (const { candidateId, number } of numbers) {
      people += 1;
      const said = stated?.results.find((r) => r.candidateId === candidateId && r.anonymousNumber === number);
      const common = {
        anonymousNumber: number,
        admitted: admitted.has(candidateId),
        coverage: said?.coverage ?? { kind: 'not-judged' as const },
        decisions: d.decisions
          .filter((x) => x.roomId === roomId && x.number === number)
          .map((x) => ({ state: stateOf(x.check), body: x.body })),
      };
      const again = rubric
        ? candidateResult({
            ...common,
            sheets: sheetsOf(d, roomId, number),
            items: rubric.items,
            panelFaults: stated?.panelFaults ?? [],
            passTenths: rubric.passTenths,
            rules: results.rules,
          })
        : theoryResult({
            ...common,
            tenths: d.theory.accepted?.marks[candidateId] ?? null,
            passTenths: bar,
          });
      const agrees =
        said?.result === again.result &&
        said.scoreTenths === again.scoreTenths &&
        said.spreadTenths === again.spreadTenths;
      if (!agrees) differing.push(printable(number));
    }
  }
  const listed = results.rooms.reduce((n, r) => n + r.results.length, 0);
  if (differing.length > 0 || listed !== people) {
    return fail(
      RECOMPUTED,
      `${differing.length} 处不符：${differing.join('、')}；名单 ${listed} 人，应为 ${people} 人。`,
      `${differing.length} differ: ${differing.join(', ')}; ${listed} are listed, ${people} expected.`,
      [RESULTS_PATH],
    );
  }
  return pass(RECOMPUTED, `${people} 人都相符。`, `All ${people} agree.`);
}

const sheetsOf = (d: MarksDocuments, roomId: string, number: string) =>
  d.panel(roomId).flatMap(({ examinerId }) => {
    const sheet = d.sheets.sheets.find((s) => s.roomId === roomId && s.examinerId === examinerId);
    const marks = sheet?.marks[number];
    const isSigned = d.sheets.signatures.some((s) => s.roomId === roomId && s.examinerId === examinerId);
    const vetoes = sheet?.vetoes[number] ?? [];
    return marks ? [{ examinerId, name: examinerId, marks, vetoes, signed: isSigned }] : [];
  });

const nameOf = (d: MarksDocuments, sheet: { examinerId: string; roomId: string }): string => {
  const name = d.plan.examiners.find((e) => e.examinerId === sheet.examinerId)?.name ?? '';
  return printable(`${sheet.examinerId} ${name} ${sheet.roomId}`);
};

async function signed(d: MarksDocuments): Promise<Claim> {
  const wrong: string[] = [];
  for (const sheet of d.sheets.sheets) {
    const code = checkCodeOf(sheet.marks, sheet.vetoes).checkCode;
    const signature = d.sheets.signatures.find((s) => s.roomId === sheet.roomId && s.examinerId === sheet.examinerId);
    const holds =
      d.everOn(sheet.roomId, sheet.examinerId) &&
      sheet.checkCode === code &&
      signature?.checkCode === code &&
      (await d.isSigned(signature.evidenceId, code));
    if (!holds) wrong.push(nameOf(d, sheet));
  }
  return wrong.length > 0
    ? fail(
        SIGNED,
        `${wrong.length} 份对不上：${wrong.join('、')}。`,
        `${wrong.length} sheets fail: ${wrong.join(', ')}.`,
        [SHEETS_PATH],
      )
    : pass(SIGNED, `${d.sheets.sheets.length} 份都对得上。`, `All ${d.sheets.sheets.length} sheets hold.`);
}

/** Of each sheet: one entry that locked it with this very hash; then all of the panel; then its signature. */
function journaled(d: MarksDocuments): Claim {
  const wrong: string[] = [];
  const linesOf = (event: string, of: Record<string, string>) =>
    d.lines.filter((l) => l.event === event && Object.entries(of).every(([k, v]) => l.data[k] === v));
  for (const sheet of d.sheets.sheets) {
    const { roomId, examinerId } = sheet;
    const [locked, ...others] = linesOf('scoring.locked', { roomId, examinerId });
    const { checkCode, marksSha256 } = checkCodeOf(sheet.marks, sheet.vetoes);
    const sameLock = locked?.data.marksSha256 === marksSha256 && locked.data.checkCode === checkCode;
    const signature = d.sheets.signatures.find((s) => s.roomId === roomId && s.examinerId === examinerId);
    const shown = linesOf('scoring.revealed', { roomId })[0];
    const written = signature && linesOf('scoring.signed', { roomId, examinerId, evidenceId: signature.evidenceId })[0];
    const inOrder = !signature || (shown && written && locked && locked.seq < shown.seq && shown.seq < written.seq);
    if (!sameLock || others.length > 0 || !inOrder) wrong.push(nameOf(d, sheet));
  }
  const locks = d.lines.filter((l) => l.event === 'scoring.locked').length;
  if (wrong.length > 0 || locks !== d.sheets.sheets.length) {
    return fail(
      JOURNALED,
      `对不上：${wrong.join('、') || `日志有 ${locks} 份，包里 ${d.sheets.sheets.length} 份`}。`,
      `These do not agree: ${wrong.join(', ') || `${locks} in the journal, ${d.sheets.sheets.length} in the bundle`}.`,
      [SHEETS_PATH, ENTRIES_PATH],
    );
  }
  return pass(JOURNALED, `${locks} 份都相符。`, `All ${locks} agree.`);
}

function within({ plan, sheets, admitted }: MarksDocuments): Claim {
  const items = new Map(plan.rubric!.items.map((i) => [i.itemId, i]));
  const vetoes = new Set(plan.rubric!.vetoes.map((v) => v.vetoId));
  const candidateOf = new Map(
    sheets.numbers.flatMap((r) => r.numbers.map((n) => [`${r.roomId} ${n.number}`, n.candidateId] as const)),
  );
  let marks = 0;
  const outside: string[] = [];
  for (const sheet of sheets.sheets) {
    for (const [number, given] of Object.entries(sheet.marks)) {
      const candidate = candidateOf.get(`${sheet.roomId} ${number}`);
      const belongs = candidate !== undefined && admitted.has(candidate);
      const complete = Object.keys(given).length === items.size;
      for (const [itemId, tenths] of Object.entries(given)) {
        marks += 1;
        const item = items.get(itemId);
        const fits = item && tenths <= item.maxTenths && tenths % (item.stepTenths ?? 1) === 0;
        if (!fits) outside.push(printable(`${sheet.examinerId} ${number} ${itemId}`));
      }
      if (!belongs || !complete) outside.push(printable(number));
    }
    for (const [number, found] of Object.entries(sheet.vetoes)) {
      const strange = found.some((v) => !vetoes.has(v)) || sheet.marks[number] === undefined;
      if (strange) outside.push(printable(`${sheet.examinerId} ${number}`));
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
