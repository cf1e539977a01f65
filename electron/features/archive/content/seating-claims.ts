import type { z } from 'zod';
import { freeWorkstations, seatOrder } from '../../seating/rules.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  CANDIDATES_PATH,
  CandidatesDocument,
  JournalLine,
  PLAN_PATH,
  RULE_PACK_PATH,
  RulePackDocument,
  SEATING_PATH,
  SeatingDocument,
  WorkstationsDocument,
} from './documents.ts';
import { isJournalRoot } from './journal-root.ts';

const DRAWN: Question = {
  id: 'seating.1',
  title: {
    zh: '入场时抽的工位可由日志的根重算，逐人相符',
    en: 'Workstations drawn at admission follow from the root of the journal, one by one',
  },
};

type Draws = z.infer<typeof SeatingDocument>['draws'];

/** Repeats the draw of workstations from plan, seed and journal. */
export const seatingClaims: ContentClaim = async (index, readJson, readLines, readBytes): Promise<Claim[]> => {
  const seating = SeatingDocument.safeParse(await readJson(SEATING_PATH));
  const plan = WorkstationsDocument.safeParse(await readJson(PLAN_PATH));
  const candidates = CandidatesDocument.safeParse(await readJson(CANDIDATES_PATH));
  const attempts = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  const pack = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH));
  if (!seating.success || !plan.success || !candidates.success || !attempts.success || !pack.success) {
    return [notPresent(DRAWN, '包里没有抽工位的记录。', 'The bundle has no record of workstations drawn.')];
  }
  const { seed, draws } = seating.data;
  const drawing = new Set(candidates.data.flatMap((c) => (c.workstationId === null ? [c.candidateId] : [])));
  const asked = pack.data.clauses.some((c) => c.id === 'admission.draw-workstation' && c.value === true);
  const wrong: string[] = [];
  if (draws.length > 0 || (seed !== null && drawing.size > 0)) {
    const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []) ?? [];
    const recorded = lines.find((line) => line.event === 'seating.seed-recorded');
    const seeded =
      seed !== null &&
      recorded?.seq === seed.size &&
      recorded.data.root === seed.root &&
      (await isJournalRoot(readBytes, seed));
    if (!seeded) wrong.push('seed');
    else {
      const { sessionId } = index.bundle;
      const planned = { workstations: plan.data.workstations, candidates: candidates.data };
      for (const [roomId, of] of Map.groupBy(draws, (d) => d.roomId)) {
        const order = seatOrder(seed.root, sessionId, roomId, freeWorkstations(planned, roomId));
        of.toSorted((a, b) => a.place - b.place).forEach((d, i) => {
          if (d.place !== i + 1 || order[i] !== d.workstationId) wrong.push(d.candidateId);
        });
      }
    }
    if (!agree(draws, lines)) wrong.push('journal');
  }
  const roomOf = new Map(candidates.data.map((c) => [c.candidateId, c.roomId]));
  wrong.push(
    ...draws
      .filter((d) => !drawing.has(d.candidateId) || roomOf.get(d.candidateId) !== d.roomId)
      .map((d) => d.candidateId),
  );
  const drew = new Set(draws.map((d) => d.candidateId));
  for (const { attempt: a } of attempts.data) {
    const id = a.candidateId ?? '';
    if (asked && /^admitted/.test(a.outcome) && drawing.has(id) && !drew.has(id)) wrong.push(id);
  }
  if (wrong.length === 0)
    return [pass(DRAWN, `抽了 ${draws.length} 个，都相符。`, `${draws.length} drawn, all agree.`)];
  const names = [...new Set(wrong)].map(printable);
  return [
    fail(DRAWN, `对不上：${names.join('、')}。`, `These do not agree: ${names.join(', ')}.`, [
      SEATING_PATH,
      ENTRIES_PATH,
    ]),
  ];
};

function agree(draws: Draws, lines: readonly z.infer<typeof JournalLine>[]): boolean {
  const spell = (d: Record<string, unknown>) =>
    `${d.candidateId} ${d.roomId} ${d.place} ${d.workstationId} ${d.attemptId}`;
  const journaled = lines.filter((line) => line.event === 'seating.drawn').map((line) => spell(line.data));
  return draws.map(spell).toSorted().join('\n') === journaled.toSorted().join('\n');
}
