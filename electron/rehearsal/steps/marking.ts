import type { MarkingSheet } from '../../features/scoring/contract.ts';
import { RoomId } from '../../lib/ids.ts';
import { otherPin } from '../cast.ts';
import { candidateAt, type Day, deskOf, playerOf, SESSION, withRightPin } from '../day.ts';
import { codeOf, expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import { APART, intendedTenths, SLIP, slipCorrected } from '../intended-marks.ts';
import type { Step } from '../step.ts';
import { specimenStrokes } from '../strokes.ts';
import { acceptShortVideo } from './coverage.ts';
import { decisionSteps, LEAD_EXAMINER } from './decisions.ts';

const panelOf = (day: Day) => day.plan.panels.filter((p) => p.duty !== 'reserve');
const whereOf = (roomId: string) => ({ sessionId: SESSION, roomId: RoomId.parse(roomId) });

function marksOf(day: Day, examinerId: string, candidateId: string): Map<string, number> {
  const byCandidate = day.marks.get(examinerId) ?? new Map<string, Map<string, number>>();
  const byItem = byCandidate.get(candidateId) ?? new Map<string, number>();
  day.marks.set(examinerId, byCandidate.set(candidateId, byItem));
  return byItem;
}

/** One examiner marks alone. The first tries a mark over the maximum; nobody sees a name. */
const markAlone = (examinerId: string, roomId: string, isFirst: boolean): Step => ({
  id: `marks-${examinerId}`,
  title: { zh: `${examinerId} 独立评分（${roomId}）`, en: `${examinerId} marks alone (${roomId})` },
  async play(day) {
    const { station } = await deskOf(day, examinerId);
    const where = whereOf(roomId);
    const sheet = await station.scoring.sheet(where);
    const names = day.plan.candidates.flatMap((c) => [c.name, c.documentNumber, c.ticketNumber]);
    const told = JSON.stringify(sheet);
    expectTrue(!names.some((n) => told.includes(n)), 'the sheet names nobody');
    const { items } = sheet.rubric;
    let refused = { zh: '', en: '' };
    if (isFirst) {
      const [item] = items;
      const cell = { ...where, anonymousNumber: sheet.rows[0]!.anonymousNumber, itemId: item!.itemId };
      const over = { ...cell, tenths: item!.maxTenths + 5, version: 0 };
      await expectRefusal(station.scoring.mark(over), 'OVER_MAXIMUM');
      await expectRefusal(station.scoring.lock(where), 'TOO_EARLY', 'INCOMPLETE');
      refused = { zh: '；超过满分和漏项锁定被拒绝', en: '; over the maximum and locking too soon are refused' };
    }
    for (const row of sheet.rows) {
      const candidateId = candidateAt(day, roomId, row.seat);
      for (const { itemId, maxTenths } of items) {
        const tenths = intendedTenths(examinerId, candidateId, itemId, maxTenths);
        const { anonymousNumber } = row;
        const version = row.versions[itemId] ?? 0;
        await station.scoring.mark({ ...where, anonymousNumber, itemId, tenths, version });
        marksOf(day, examinerId, candidateId).set(itemId, tenths);
        day.ledger.note('scoring.marked', { roomId, examinerId, number: row.anonymousNumber, itemId, tenths });
      }
    }
    const count = sheet.rows.length * items.length;
    return {
      zh: `${sheet.rows.length} 人 ${count} 个分数${refused.zh}`,
      en: `${sheet.rows.length} people, ${count} marks${refused.en}`,
    };
  },
});

/** Locking ends the draft. Signing before everyone has locked must be refused. */
const lockMarks: Step = {
  id: 'lock',
  title: { zh: '各自锁定，全员锁定后公开', en: 'Each locks; all locked, the marks lie open' },
  async play(day) {
    for (const { examinerId, roomId } of panelOf(day)) {
      const { station } = await deskOf(day, examinerId);
      const where = whereOf(roomId);
      let sheet = await station.scoring.sheet(where);
      if (sheet.state.kind === 'draft') sheet = await station.scoring.lock(where);
      const { state } = sheet;
      expectTrue(state.kind === 'locked' || state.kind === 'revealed', `the sheet of ${examinerId} is ${state.kind}`);
      day.ledger.note('scoring.locked', { roomId, examinerId, checkCode: checkCodeOf(sheet) });
      if (state.kind !== 'locked') continue;
      const sign = {
        ...where,
        pin: playerOf(day, examinerId).pin,
        strokes: specimenStrokes(1),
        checkCode: state.checkCode,
      };
      await expectRefusal(station.scoring.sign(sign), 'NOT_REVEALED');
      await expectRefusal(station.scoring.revealed(where), 'NOT_REVEALED');
    }
    return { zh: '6 份锁定；提前签名被拒绝', en: '6 sheets locked; signing early is refused' };
  },
};

const checkCodeOf = ({ state }: MarkingSheet): string => (state.kind === 'draft' ? '' : state.checkCode);

/** Each signs the totals by PIN and handwriting; a wrong PIN and a check code of other totals are refused. */
const signMarks: Step = {
  id: 'sign',
  title: { zh: '考评员签名（PIN 和手写）', en: 'Examiners sign (PIN and handwriting)' },
  async play(day) {
    for (const [i, { examinerId, roomId }] of panelOf(day).entries()) {
      const { station } = await deskOf(day, examinerId);
      const { pin } = playerOf(day, examinerId);
      const where = whereOf(roomId);
      const sheet = await station.scoring.sheet(where);
      if (sheet.state.kind !== 'signed') {
        const wish = { ...where, pin, strokes: specimenStrokes(i + 1), checkCode: checkCodeOf(sheet) };
        if (i === 0) {
          await expectRefusal(station.scoring.sign({ ...wish, checkCode: '0000 0000' }), 'CHECK_CODE_DIFFERS');
          await expectRefusal(station.scoring.sign({ ...wish, pin: otherPin(pin) }), 'WRONG_PIN', 'PIN_LOCKED');
        }
        try {
          await withRightPin(day, () => station.scoring.sign(wish));
        } catch (error) {
          if (codeOf(error) !== 'ALREADY_SIGNED') throw error;
        }
      }
      day.ledger.note('scoring.signed', { examinerId, roomId, checkCode: checkCodeOf(sheet) });
    }
    return { zh: '6 人签名；错 PIN、错核对码被拒绝', en: '6 signatures; wrong PIN and wrong check code refused' };
  },
};

/** A mark as it counts after the conference and the correction; the one that was locked stays what it is. */
function counted(day: Day, examinerId: string, candidateId: string, itemId: string, tenths: number): number {
  if (candidateId === APART.candidateId && itemId === APART.itemId) {
    return day.marks.get(LEAD_EXAMINER)?.get(candidateId)?.get(itemId) ?? tenths;
  }
  const slipped = examinerId === SLIP.examinerId && candidateId === SLIP.candidateId && itemId === SLIP.itemId;
  return slipped ? slipCorrected(tenths) : tenths;
}

/** The rehearsal's own arithmetic: totals, mean, half a tenth up, 60.0 to pass. */
export function expectedResult(day: Day, candidateId: string): { scoreTenths: number; passed: boolean } {
  const totals = [...day.marks].flatMap(([examinerId, byCandidate]) => {
    const items = byCandidate.get(candidateId);
    return items
      ? [[...items].reduce((sum, [itemId, t]) => sum + counted(day, examinerId, candidateId, itemId, t), 0)]
      : [];
  });
  const scoreTenths = Math.round(totals.reduce((a, b) => a + b, 0) / totals.length);
  return { scoreTenths, passed: scoreTenths >= 600 };
}

const compareResults: Step = {
  id: 'results',
  title: { zh: '成绩与演练自己算的逐人对照', en: "Results against the rehearsal's own arithmetic" },
  async play(day) {
    const { station } = await deskOf(day, 'keeper');
    const passed: string[] = [];
    const failed: string[] = [];
    for (const room of day.plan.rooms) {
      const { results } = await station.scoring.revealed(whereOf(room.roomId));
      const sheet = await (
        await deskOf(day, panelOf(day).find((p) => p.roomId === room.roomId)!.examinerId)
      ).station.scoring.sheet(whereOf(room.roomId));
      for (const row of sheet.rows) {
        const candidateId = candidateAt(day, room.roomId, row.seat);
        const expected = expectedResult(day, candidateId);
        const found = results.find((r) => r.anonymousNumber === row.anonymousNumber);
        expectSame(found?.scoreTenths, expected.scoreTenths, `the score of ${candidateId}`);
        expectSame(found?.result, expected.passed ? 'passed' : 'failed', `the result of ${candidateId}`);
        (expected.passed ? passed : failed).push(candidateId);
      }
    }
    expectSame([...passed, ...failed].sort(), [...day.outcomes.keys()].sort(), 'who has a result');
    return {
      zh: `合格 ${passed.length}，不合格 ${failed.length}`,
      en: `${passed.length} passed, ${failed.length} failed`,
    };
  },
};

export const markingSteps = (panels: readonly { examinerId: string; roomId: string }[]): Step[] =>
  panels.map(({ examinerId, roomId }, i) => markAlone(examinerId, roomId, i === 0));
export const signingSteps: Step[] = [lockMarks, signMarks, ...decisionSteps, acceptShortVideo, compareResults];
