import type { Caller } from '../../contract/caller.ts';
import type { ReadDb } from '../../db/database.ts';
import type { StaffId } from '../../lib/ids.ts';
import { type Decision, decisionsIn } from './decision-store.ts';
import type { ScoringDeps } from './open-sheet.ts';
import type { TheoryView } from './theory-contract.ts';
import { codeOfMarks, type TheorySession } from './theory-session.ts';
import { finishedTypists, settledIn, theoryResultOf, typedIn } from './theory-store.ts';

/** How typing stands: by typist, where both differ, and what would be accepted. */
export function typingOf(db: ReadDb, { sessionId, candidates, admitted }: TheorySession) {
  const typed = typedIn(db, sessionId);
  const finished = finishedTypists(db, sessionId).map((f) => f.staffId);
  const typists = [...new Set([...finished, ...typed.map((t) => t.staffId)])];
  const markOf = (staffId: string | undefined, candidateId: string) =>
    typed.find((t) => t.staffId === staffId && t.candidateId === candidateId)?.tenths ?? null;
  const settled = new Map(settledIn(db, sessionId).map((s) => [s.candidateId, s.tenths]));
  const present = candidates.filter((c) => admitted.has(c.candidateId));
  const isDone = finished.length === 2;
  const pairs = present.map((c) => {
    const [a, b] = [markOf(typists[0], c.candidateId), markOf(typists[1], c.candidateId)];
    return { candidateId: c.candidateId as string, a, b, settled: settled.get(c.candidateId) ?? null };
  });
  const differing = isDone ? pairs.filter((p) => p.a !== p.b) : [];
  const open = differing.filter((p) => p.settled === null);
  const marks =
    isDone && open.length === 0 ? Object.fromEntries(pairs.map((p) => [p.candidateId, (p.settled ?? p.a)!])) : null;
  return { typed, finished, typists, differing, settled, marks };
}

/** What corrections have made of the mark of this ticket number; a refused one never was in force. */
function correctionOf(decisions: readonly Decision[], number: string) {
  const made = decisions.flatMap((d) =>
    d.number === number && d.body.kind === 'theory-correction' ? [{ tenths: d.body.tenths, check: d.check }] : [],
  );
  return {
    correctedTenths: made.findLast((d) => d.check?.agrees)?.tenths ?? null,
    correctionOpen: made.some((d) => d.check === null),
  };
}

export function theoryView(deps: ScoringDeps, caller: Caller, session: TheorySession): TheoryView {
  const { db } = deps;
  const { book, sessionId, candidates, admitted } = session;
  const me = caller.member!.staffId;
  const typing = typingOf(db, session);
  const accepted = theoryResultOf(db, sessionId);
  const corrections = accepted === null ? [] : decisionsIn(db, sessionId);
  const state = accepted
    ? 'accepted'
    : typing.marks
      ? 'agreed'
      : typing.finished.length === 2
        ? 'differences'
        : typing.finished.includes(me)
          ? 'waiting-for-second'
          : typing.typists.length > 0
            ? 'typing'
            : 'nothing';
  return {
    sessionId: sessionId as TheoryView['sessionId'],
    label: book.session(sessionId)!.label,
    state,
    typists: typing.typists.map((staffId) => ({
      staffId: staffId as StaffId,
      name: deps.nameOf(staffId),
      isMe: staffId === me,
      finished: typing.finished.includes(staffId),
    })),
    rows: candidates.map((c) => {
      const mine = typing.typed.find((t) => t.staffId === me && t.candidateId === c.candidateId);
      const pair = typing.differing.find((p) => p.candidateId === c.candidateId);
      return {
        candidateId: c.candidateId,
        roomId: c.roomId,
        ticketNumber: c.ticketNumber,
        admitted: admitted.has(c.candidateId),
        typedTenths: mine?.tenths ?? null,
        version: mine?.version ?? 0,
        differs: pair ? [pair.a ?? 0, pair.b ?? 0] : null,
        settledTenths: typing.settled.get(c.candidateId) ?? null,
        acceptedTenths: accepted?.marks[c.candidateId] ?? null,
        ...correctionOf(corrections, c.ticketNumber),
      };
    }),
    checkCode: typing.marks
      ? codeOfMarks({ sessionId, source: 'typed-twice', fileSha256: null, marks: typing.marks }).checkCode
      : '',
    accepted: accepted && {
      source: accepted.source,
      fileName: accepted.fileName,
      fileSha256: accepted.fileSha256,
      checkCode: accepted.checkCode,
      by: accepted.byName,
      second: accepted.secondName,
      atMs: accepted.atMs,
    },
  };
}
