import type { DecisionView } from '../../features/scoring/contract.ts';
import { ExaminerId, RoomId } from '../../lib/ids.ts';
import { candidateAt, type Day, deskOf, playerOf, SESSION, withRightPin } from '../day.ts';
import { codeOf, expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import { APART, SLIP, slipCorrected } from '../intended-marks.ts';
import type { Step } from '../step.ts';
import { specimenStrokes } from '../strokes.ts';

/** Leads the panel of room 201. */
export const LEAD_EXAMINER = 'E01';
const RECHECKER = 'E02';
const where = { sessionId: SESSION, roomId: RoomId.parse(APART.roomId) };

async function numberOf(day: Day, candidateId: string): Promise<string> {
  const { station } = await deskOf(day, LEAD_EXAMINER);
  const { rows } = await station.scoring.sheet(where);
  return rows.find((r) => candidateAt(day, where.roomId, r.seat) === candidateId)!.anonymousNumber;
}

const viewBy = async (day: Day, examinerId: string) =>
  (await deskOf(day, examinerId)).station.scoring.conference(where);

/** The decision on record about a candidate, made now where there is none; after a kill it may be there already. */
async function decisionOn(
  day: Day,
  number: string,
  kind: 'conference' | 'correction',
  make: () => Promise<unknown>,
): Promise<DecisionView> {
  const found = async () =>
    (await viewBy(day, LEAD_EXAMINER)).decisions.find((d) => d.number === number && d.body.kind === kind);
  if (!(await found())) {
    try {
      await withRightPin(day, make);
    } catch (error) {
      if (codeOf(error) !== 'DECISION_OPEN') throw error;
    }
  }
  const decision = await found();
  expectTrue(decision !== undefined, `a ${kind} about ${number} is on record`);
  return decision!;
}

/** The re-checker signs; the lead cannot check their own decision. */
async function rechecked(day: Day, decision: DecisionView): Promise<void> {
  const { decisionId, checkCode } = decision;
  const wish = { decisionId, checkCode, agrees: true, note: '', strokes: specimenStrokes(7) };
  if (decision.check === null) {
    const lead = (await deskOf(day, LEAD_EXAMINER)).station;
    await expectRefusal(lead.scoring.recheck({ ...wish, pin: playerOf(day, LEAD_EXAMINER).pin }), 'SAME_PERSON');
    const { station } = await deskOf(day, RECHECKER);
    try {
      await withRightPin(day, () => station.scoring.recheck({ ...wish, pin: playerOf(day, RECHECKER).pin }));
    } catch (error) {
      if (codeOf(error) !== 'ALREADY_CHECKED') throw error;
    }
  }
  const after = (await viewBy(day, LEAD_EXAMINER)).decisions.find((d) => d.decisionId === decisionId);
  expectSame(after?.check?.agrees, true, 'the decision is in force');
}

/** One examiner lies far apart: the lead marks the one item over its limit, the re-checker signs, all marks stay. */
const spreadConference: Step = {
  id: 'conference',
  title: { zh: '分差过限：组长只定超限的项，复核人签名', en: 'A spread: the lead marks the item over its limit alone' },
  async play(day) {
    const { station } = await deskOf(day, LEAD_EXAMINER);
    const number = await numberOf(day, APART.candidateId);
    const view = await viewBy(day, LEAD_EXAMINER);
    const candidate = view.candidates.find((c) => c.number === number)!;
    const place = view.examiners.findIndex((e) => e.isLead);
    const tenths = candidate.marks[place]![APART.itemId]!;
    const { pin } = playerOf(day, LEAD_EXAMINER);
    const wish = { ...where, number, items: { [APART.itemId]: tenths }, vetoes: {}, reason: '录像核对（样本）' };
    const hand = { pin, strokes: specimenStrokes(5) };
    const undecided = !view.decisions.some((d) => d.number === number);
    if (undecided) {
      expectSame(candidate.toDecide, [APART.itemId], 'what the lead decides');
      const other = (await deskOf(day, RECHECKER)).station;
      await expectRefusal(other.scoring.decide({ ...wish, ...hand }), 'NOT_THE_PANEL_LEAD');
      const tooMuch = { ...wish, items: { ...wish.items, 1: 10 }, ...hand };
      await expectRefusal(station.scoring.decide(tooMuch), 'NOT_THESE_ITEMS');
    }
    const decision = await decisionOn(day, number, 'conference', () => station.scoring.decide({ ...wish, ...hand }));
    await rechecked(day, decision);
    day.ledger.note('scoring.decision-made', { decisionId: decision.decisionId, number });
    const locked = (await viewBy(day, LEAD_EXAMINER)).candidates.find((c) => c.number === number)!.locked;
    expectTrue(new Set(locked.map((m) => m[APART.itemId])).size > 1, 'every mark is still there');
    return {
      zh: `${number} 分差 ${candidate.spreadTenths / 10}，组长定 1 项；组员定分、多定一项、自己复核都被拒绝`,
      en: `${number}: spread ${candidate.spreadTenths / 10}, one item decided; a member, an item too many and checking oneself are refused`,
    };
  },
};

/** A mark written down wrong: a new entry by the lead, signed by the re-checker; the old one stays. */
const correction: Step = {
  id: 'correction',
  title: { zh: '更正一个写错的分：两人签名，原分留着', en: 'A wrong mark is corrected by two; the old one stays' },
  async play(day) {
    const { station } = await deskOf(day, LEAD_EXAMINER);
    const number = await numberOf(day, SLIP.candidateId);
    const view = await viewBy(day, LEAD_EXAMINER);
    const place = view.examiners.findIndex((e) => e.examinerId === SLIP.examinerId);
    const written = view.candidates.find((c) => c.number === number)!.locked[place]![SLIP.itemId]!;
    const tenths = slipCorrected(written);
    const { pin } = playerOf(day, LEAD_EXAMINER);
    const wish = {
      ...where,
      number,
      examinerId: ExaminerId.parse(SLIP.examinerId),
      cellId: SLIP.itemId,
      tenths,
      reason: '抄错一行（样本）',
      pin,
      strokes: specimenStrokes(6),
    };
    const decision = await decisionOn(day, number, 'correction', () => station.scoring.correct(wish));
    await rechecked(day, decision);
    day.ledger.note('scoring.decision-made', { decisionId: decision.decisionId, number });
    const { results } = await station.scoring.revealed(where);
    const corrected = results.find((r) => r.anonymousNumber === number)!.totals[place]!;
    expectSame(corrected.correctedTenths! - corrected.totalTenths, tenths - written, 'both marks are shown');
    return {
      zh: `${number}：${written / 10} 更正为 ${tenths / 10}，原分还看得到`,
      en: `${number}: ${written / 10} corrected to ${tenths / 10}, the old mark still shown`,
    };
  },
};

export const decisionSteps: Step[] = [spreadConference, correction];
