import type { Caller } from '../../contract/caller.ts';
import { inTransaction, type ReadDb } from '../../db/database.ts';
import type { ExaminerId } from '../../lib/ids.ts';
import { ok, type Result } from '../../lib/result.ts';
import {
  conferenceInForce,
  countedSheets,
  type DecisionFacts,
  type SheetFacts,
  stateOf,
  vetoStanding,
} from './counted.ts';
import { decisionsIn } from './decision-store.ts';
import { decisionView } from './decisions.ts';
import type { ConferenceView } from './decisions-contract.ts';
import {
  type OpenSheet,
  openSheet,
  refuse,
  resultPorts,
  type ScoringDeps,
  type SheetError,
  type Where,
} from './open-sheet.ts';
import { roomResults } from './results.ts';
import { waitingFor } from './reveal.ts';
import { spreadOf, totalOf } from './rules.ts';
import { itemLimitTenths, itemsToDecide } from './spread.ts';
import { lockedSheets, numbersIn, signaturesIn } from './store.ts';

/** One candidate's marks of the whole panel, and what is left for the lead to decide. */
export interface CandidateMarks {
  sheets: SheetFacts[];
  counted: SheetFacts[];
  decisions: DecisionFacts[];
  toDecide: string[];
  vetoesToDecide: string[];
}

/** @returns null for a number that nobody was marked under */
export function marksOfCandidate(
  deps: ScoringDeps,
  db: ReadDb,
  open: OpenSheet,
  number: string,
): CandidateMarks | null {
  const { sessionId, roomId } = open.key;
  const locked = lockedSheets(db, sessionId, roomId);
  const signed = signaturesIn(db, sessionId, roomId);
  const sheets = open.panel.flatMap(({ examinerId }) => {
    const sheet = locked.find((s) => s.examinerId === examinerId);
    const marks = sheet?.marks[number];
    if (!sheet || !marks) return [];
    const isSigned = signed.some((s) => s.examinerId === examinerId);
    return [{ examinerId, name: examinerId, marks, vetoes: sheet.vetoes[number] ?? [], signed: isSigned }];
  });
  if (sheets.length === 0) return null;
  const decisions = decisionsIn(db, sessionId, roomId)
    .filter((d) => d.number === number)
    .map((d) => ({ state: stateOf(d.check), body: d.body }));
  const counted = countedSheets(sheets, decisions);
  const conference = conferenceInForce(decisions);
  const rules = deps.rules(sessionId);
  const values = counted.map((s) => totalOf({ ...s.marks, ...conference?.items }));
  const isOver = spreadOf(values) > rules['scoring.spread-limit-tenths'];
  const marks = counted.map((s) => s.marks);
  const toDecide = isOver ? itemsToDecide(marks, open.rubric.items, rules) : [];
  const { disputed } = vetoStanding(counted, conference?.vetoes ?? {});
  return { sheets, counted, decisions, toDecide, vetoesToDecide: disputed };
}

export const unsignedOf = (db: ReadDb, { key, panel }: OpenSheet): number => {
  const signed = signaturesIn(db, key.sessionId, key.roomId);
  return panel.filter((p) => !signed.some((s) => s.examinerId === p.examinerId)).length;
};

type ViewError = SheetError | { code: 'NOT_REVEALED'; data: { waitingFor: number } };

/** What the lead decides on and the re-checker looks at: everybody of the room, by number and letter. */
export function readConference(deps: ScoringDeps, caller: Caller, where: Where): Result<ConferenceView, ViewError> {
  const open = openSheet(deps, caller, where);
  if (!open.ok) return open;
  const { book, panel, rubric, key } = open.value;
  const waiting = waitingFor(deps, book, where);
  if (waiting > 0) {
    const error = { code: 'NOT_REVEALED' as const, data: { waitingFor: waiting } };
    return inTransaction(deps.db, (w) => refuse(deps, w, caller, where, 'conference', error));
  }
  const session = book.session(where.sessionId)!;
  const room = book.room(where.roomId)!;
  const rules = deps.rules(where.sessionId);
  const percent = rules['scoring.item-spread-percent'];
  const { results } = roomResults(resultPorts(deps)!, where.sessionId, where.roomId);
  const candidates = numbersIn(deps.db, where.sessionId, where.roomId).flatMap(({ number }) => {
    const marks = marksOfCandidate(deps, deps.db, open.value, number);
    const result = results.find((r) => r.anonymousNumber === number);
    if (!marks || !result) return [];
    return [
      {
        number,
        marks: marks.counted.map((s) => s.marks),
        locked: marks.sheets.map((s) => s.marks),
        vetoes: marks.counted.map((s) => [...s.vetoes]),
        spreadTenths: result.spreadTenths,
        toDecide: marks.toDecide,
        vetoesToDecide: marks.vetoesToDecide,
        obstacles: result.obstacles,
      },
    ];
  });
  return ok({
    session: { label: session.label, occupation: session.occupation, level: session.level, part: session.part },
    room: { roomId: room.roomId, name: room.name },
    duty: panel.find((p) => p.examinerId === key.examinerId)?.duty === 'lead' ? 'lead' : 'member',
    rubric: { title: rubric.title, items: rubric.items, vetoes: rubric.vetoes ?? [] },
    examiners: panel.map((p) => ({
      examinerId: p.examinerId as ExaminerId,
      name: book.examiner(p.examinerId)?.name ?? p.examinerId,
      isLead: p.duty === 'lead',
    })),
    spreadLimitTenths: rules['scoring.spread-limit-tenths'],
    itemLimitsTenths: Object.fromEntries(rubric.items.map((i) => [i.itemId, itemLimitTenths(i.maxTenths, percent)])),
    unsigned: unsignedOf(deps.db, open.value),
    candidates,
    decisions: decisionsIn(deps.db, where.sessionId, where.roomId).map(decisionView),
  });
}
