import type { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { AssignmentFacts } from '../../examiners/assignment-facts.ts';
import { candidateFacts } from '../../examiners/dossiers-now.ts';
import type { PlannedCandidate } from '../../plan/plan-schema.ts';
import { checkCodeOf } from '../../scoring/check-code.ts';
import type { JournalLine, ResultsDocument, SheetsDocument } from './documents.ts';
import { blockFor, type ProofGround } from './lawful-proof.ts';
import { type Evaluation, panelAt, type RoomPanels } from './panels-document.ts';

type Line = z.infer<typeof JournalLine>;
type Sheets = z.infer<typeof SheetsDocument>;
type Sheet = Sheets['sheets'][number];

/** One thing wrong about one candidate's score, by anonymous number and clause. */
export interface ScoreFault {
  number: string;
  clause: string;
  zh: string;
  en: string;
}

export interface RoomGround extends ProofGround {
  room: RoomPanels;
  sheets: readonly Sheet[];
  lines: readonly Line[];
  candidates: ReadonlyMap<string, PlannedCandidate>;
}

/** A confirmed score: somebody passed or failed. */
export type Confirmed = z.infer<typeof ResultsDocument>['rooms'][number]['results'][number];

/** The evaluations a confirmed score must rest on, where they are not there. */
export function evaluationsMissing(g: RoomGround, c: Confirmed): ScoreFault[] {
  const number = c.anonymousNumber;
  const missing = (zh: string, en: string): ScoreFault => ({ number, clause: 'evaluation', zh, en });
  const faults = markersOf(g, number).flatMap((sheet) => {
    const at = lockOf(g, sheet);
    return at && !standingAt(g, at.seq)
      ? [missing(`${sheet.examinerId} 锁定前没有评价`, `no evaluation before ${sheet.examinerId} locked`)]
      : [];
  });
  const { version } = panelAt(g.room, Number.POSITIVE_INFINITY);
  const atSealing = g.room.evaluations.some((e) => e.stage === 'sealing' && e.version === version);
  return atSealing ? faults : [...faults, missing('缺封存前的评价', 'no evaluation before the sealing')];
}

/** Whether each of a candidate's marks was given, as it stands, by a member of the panel lawful at that time. */
export function marksFaults(g: RoomGround, c: Confirmed): ScoreFault[] {
  const number = c.anonymousNumber;
  const faults: ScoreFault[] = [];
  const add = (clause: string, zh: string, en: string) => faults.push({ number, clause, zh, en });
  const markers = markersOf(g, number);
  if (markers.length === 0) add('scoring.min-examiners', '没有人评分', 'nobody marked');
  const { panel: last } = panelAt(g.room, Number.POSITIVE_INFINITY);
  for (const sheet of markers) {
    const who = sheet.examinerId;
    const locked = lockOf(g, sheet);
    if (!locked) {
      add('scoring.signed', `${who} 的锁定不在日志里`, `the journal does not know that ${who} locked`);
      continue;
    }
    for (const item of changedMarks(g, sheet, number, locked)) {
      add('scoring.signed', `${who} 的评分与日志不符（${item}）`, `${who}'s mark differs from the journal (${item})`);
    }
    const { panel } = panelAt(g.room, locked.seq);
    if (!panel.some((p) => p.examinerId === who)) {
      add('panel.member', `${who} 锁定时不在小组`, `${who} was not on the panel when locking`);
      continue;
    }
    const standing = standingAt(g, locked.seq);
    if (!standing) continue;
    if (!standingFactsHave(g, standing, who)) {
      add('panel.member', `评价的小组没有 ${who}`, `the panel evaluated lacks ${who}`);
    }
    const block = blockFor(standing.findings, who);
    if (block) add(block.ruleId, `${who} 当时不得评分`, `${who} might not mark then`);
  }
  const sealing = g.room.evaluations.findLast((e) => e.stage === 'sealing');
  for (const { examinerId } of last) {
    const block = sealing && blockFor(sealing.findings, examinerId);
    if (block)
      add(block.ruleId, `${examinerId} 封存前判定不得评分`, `${examinerId} might not mark, as found at sealing`);
  }
  return [...faults, ...factsFaults(g, c)];
}

const markersOf = (g: RoomGround, number: string): Sheet[] =>
  g.sheets.filter((s) => s.roomId === g.room.roomId && s.marks[number] !== undefined);

const ofSheet = (line: Line, sheet: Sheet): boolean =>
  line.data.roomId === sheet.roomId && line.data.examinerId === sheet.examinerId;

const lockOf = (g: RoomGround, sheet: Sheet): Line | undefined =>
  g.lines.find((line) => line.event === 'scoring.locked' && ofSheet(line, sheet));

/** The last evaluation of the panel then in force, made before the journal had come so far. */
function standingAt(g: RoomGround, seq: number): Evaluation | undefined {
  const { version } = panelAt(g.room, seq);
  return g.room.evaluations
    .filter((e) => e.version === version && e.seq <= seq)
    .sort((a, b) => a.seq - b.seq)
    .at(-1);
}

function standingFactsHave(g: RoomGround, e: Evaluation, examinerId: string): boolean {
  const facts = AssignmentFacts.safeParse(g.facts[e.factsSha256]);
  return facts.success && facts.data.panel.some((p) => p.examinerId === examinerId && p.duty !== 'reserve');
}

/** Items whose mark is not the last one the journal has for it, or `合计` where only the sums are told apart. */
function changedMarks(g: RoomGround, sheet: Sheet, number: string, locked: Line): string[] {
  const marks = sheet.marks[number]!;
  const last = new Map<string, unknown>();
  for (const line of g.lines) {
    if (
      line.event === 'scoring.marked' &&
      line.seq < locked.seq &&
      line.data.number === number &&
      ofSheet(line, sheet)
    ) {
      last.set(String(line.data.itemId), line.data.tenths);
    }
  }
  const changed = Object.keys(marks).filter((itemId) => last.has(itemId) && last.get(itemId) !== marks[itemId]);
  if (changed.length > 0) return changed;
  const totals = (locked.data.totals ?? {}) as { [number: string]: unknown };
  const total = Object.values(marks).reduce((sum, tenths) => sum + tenths, 0);
  if (totals[number] !== total) return ['合计'];
  // Where the journal told each item apart nothing is left to ask; else the sheet as a whole has to be the one locked.
  if (Object.keys(marks).every((itemId) => last.has(itemId))) return [];
  return checkCodeOf(sheet.marks, sheet.vetoes).marksSha256 === locked.data.marksSha256 ? [] : ['核对码'];
}

/** The clause a fact about a candidate belongs to. */
const CLAUSE_OF = {
  employer: 'recusal.employer',
  classId: 'examiners.taught-class',
  trainedBy: 'examiners.separation',
} as const;

/** Where the facts of the last evaluation tell of the candidate otherwise than the enrolment does. */
function factsFaults(g: RoomGround, c: Confirmed): ScoreFault[] {
  const sealing = g.room.evaluations.findLast((e) => e.stage === 'sealing');
  const facts = sealing && AssignmentFacts.safeParse(g.facts[sealing.factsSha256]);
  const enrolled = g.candidates.get(c.candidateId);
  if (!facts?.success || !enrolled) return [];
  const judged = facts.data.room.candidates.find((x) => x.candidateId === c.candidateId);
  const number = c.anonymousNumber;
  if (!judged) {
    return [
      { number, clause: 'panel.size', zh: '评价时没有计入该考生', en: 'the evaluation did not count this candidate' },
    ];
  }
  const said = candidateFacts(enrolled);
  return (Object.keys(CLAUSE_OF) as (keyof typeof CLAUSE_OF)[])
    .filter((member) => canonicalJson(judged[member]) !== canonicalJson(said[member]))
    .map((member) => ({
      number,
      clause: CLAUSE_OF[member],
      zh: '评价所用事实与报名不符',
      en: 'the facts judged by differ from the enrolment',
    }));
}
