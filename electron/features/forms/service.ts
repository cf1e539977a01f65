import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Printed } from '../../printing/print-pdf.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { ofSession } from '../rules/pack-shelf.ts';
import { lockedSheets, signaturesIn } from '../scoring/store.ts';
import type { FormRow } from './contract.ts';
import type { FormsDeps } from './deps.ts';
import type { EntryCode } from './entry-code.ts';
import { formsEvents } from './events.ts';
import { headOf, issuerOf } from './gather-head.ts';
import { panelRecordOf, recusalRecordOf } from './gather-records.ts';
import { markersOf, type ReadHandwriting, scoreSheetsOf } from './gather-sheets.ts';
import { summaryOf } from './gather-summary.ts';
import { handwritingOf } from './handwriting.ts';
import { type Form, type FormRefused, printForm } from './print-form.ts';

export type FormError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'NO_SUCH_FORM' }
  | { code: 'NOT_REVEALED'; data: { waitingFor: number } }
  | { code: 'KEYS_LOCKED' }
  | FormRefused;

/** A form made, with each signature on it: the evidence of its strokes and the entry its code leads to. */
export interface MadeForm extends Printed {
  cited: { evidenceId: string; entry: EntryCode }[];
}

/** Every form of a session, in the order of the volumes: process first, then room by room. */
export function formsOf(deps: FormsDeps, book: PlanBook, sessionId: string): FormRow[] {
  const whole = (kind: 'panel-record' | 'recusal-record'): FormRow => ({
    formId: kind,
    kind,
    roomName: null,
    examiner: null,
    candidates: null,
    state: 'ready',
    signed: 0,
    signers: 0,
  });
  const rooms = book.roomsOf(sessionId).flatMap(({ roomId, name }): FormRow[] => {
    const state = waitingIn(deps, book, sessionId, roomId) > 0 ? 'waiting' : 'ready';
    const markers = markersOf(deps, book, sessionId, roomId);
    const signatures = signaturesIn(deps.db, sessionId, roomId);
    const has = (examinerId: string) => signatures.filter((s) => s.examinerId === examinerId).length;
    const sheets = markers.map(
      (e): FormRow => ({
        formId: `score-sheets:${roomId}:${e.examinerId}`,
        kind: 'score-sheets',
        roomName: name,
        examiner: e.name,
        candidates: candidatesOn(deps, sessionId, roomId, e.examinerId),
        state,
        signed: has(e.examinerId),
        signers: 1,
      }),
    );
    const summary: FormRow = {
      formId: `summary:${roomId}`,
      kind: 'summary',
      roomName: name,
      examiner: null,
      candidates: book.candidatesOf(sessionId, roomId).length,
      state,
      signed: markers.filter((e) => has(e.examinerId) > 0).length,
      signers: markers.length,
    };
    return [summary, ...sheets];
  });
  return [whole('panel-record'), whole('recusal-record'), ...rooms];
}

const candidatesOn = (deps: FormsDeps, sessionId: string, roomId: string, examinerId: string): number =>
  Object.keys(lockedSheets(deps.db, sessionId, roomId).find((s) => s.examinerId === examinerId)?.marks ?? {}).length;

/** How many of a room's panel have not locked: no mark is printed before that is none. */
function waitingIn(deps: FormsDeps, book: PlanBook, sessionId: string, roomId: string): number {
  const locked = lockedSheets(deps.db, sessionId, roomId);
  return book.panel(sessionId, roomId).filter((p) => !locked.some((s) => s.examinerId === p.examinerId)).length;
}

/** Lists the forms for a desk; an examiner is shown their own sheets alone. */
export function listForms(
  deps: FormsDeps,
  caller: Caller,
  sessionId: string,
): Result<FormRow[], { code: 'NO_SUCH_SESSION' }> {
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  return ok(formsOf(deps, book, sessionId).filter((f) => maySee(caller, f.formId)));
}

const OFFICE = new Set(['site-lead', 'supervisor', 'score-keeper']);

function maySee({ member }: Caller, formId: string): boolean {
  if (member?.roles.some((r) => OFFICE.has(r))) return true;
  return member?.examinerId != null && formId.startsWith('score-sheets:') && formId.endsWith(`:${member.examinerId}`);
}

/** Prints one form for a desk and puts that on record, refusals as well. */
export async function printFormFor(
  deps: FormsDeps,
  caller: Caller,
  wish: { sessionId: string; formId: string },
): Promise<Result<Uint8Array, FormError>> {
  const { sessionId, formId } = wish;
  const book = deps.book();
  if (!book?.session(sessionId)) return err({ code: 'NO_SUCH_SESSION' });
  const made: Result<MadeForm, FormError> = maySee(caller, formId)
    ? await makeForm(deps, book, sessionId, formId)
    : err({ code: 'NO_SUCH_FORM' });
  inTransaction(deps.db, (w) => {
    if (made.ok) {
      const { pdf } = made.value;
      const data = { formId, sha256: createHash('sha256').update(pdf).digest('hex'), bytes: pdf.length };
      deps.journal.append(w, actorOf(caller), formsEvents.printed, data, sessionId);
    } else {
      const words = made.error.code === 'FORBIDDEN_WORD' ? made.error.data.found.map((f) => f.word) : [];
      deps.journal.append(w, actorOf(caller), formsEvents.refused, { formId, code: made.error.code, words }, sessionId);
    }
  });
  return made.ok ? ok(made.value.pdf) : made;
}

/** The PDF of a form as the record stands. */
export async function makeForm(
  deps: FormsDeps,
  book: PlanBook,
  sessionId: string,
  formId: string,
): Promise<Result<MadeForm, FormError>> {
  const row = formsOf(deps, book, sessionId).find((f) => f.formId === formId);
  if (!row) return err({ code: 'NO_SUCH_FORM' });
  const [, roomId = '', examinerId = ''] = formId.split(':');
  if (row.state === 'waiting') {
    return err({ code: 'NOT_REVEALED', data: { waitingFor: waitingIn(deps, book, sessionId, roomId) } });
  }
  const locked = { code: 'KEYS_LOCKED' } as const;
  let keysLocked = false;
  const cited = new Map<string, EntryCode>();
  const read: ReadHandwriting = async (evidenceId) => {
    const hand = await handwritingOf(deps, { sessionId, evidenceId });
    if (!hand.ok) {
      if (hand.error.code !== 'keys-locked') throw new Error(`a signature could not be read: ${hand.error.code}`);
      keysLocked = true;
      return null;
    }
    if (hand.value) cited.set(evidenceId, hand.value.entry);
    return hand.value;
  };
  const form = await gather(deps, book, { sessionId, roomId, examinerId, kind: row.kind }, read);
  // A signature that cannot be read must not look like one that was never given.
  if (keysLocked) return err(locked);
  const where = { issuer: issuerOf(deps), fontsDir: deps.fontsDir, madeAtMs: deps.clock.wallMs() };
  const printed = await printForm(form, where);
  if (!printed.ok) return printed;
  return ok({ ...printed.value, cited: [...cited].map(([evidenceId, entry]) => ({ evidenceId, entry })) });
}

async function gather(
  anySession: FormsDeps,
  book: PlanBook,
  at: { sessionId: string; roomId: string; examinerId: string; kind: FormRow['kind'] },
  read: ReadHandwriting,
): Promise<Form> {
  // A form cites the rules its session went by.
  const deps = ofSession(anySession, at.sessionId);
  const head = headOf(deps, book, at.sessionId);
  switch (at.kind) {
    case 'score-sheets':
      return { kind: at.kind, head, sheets: await scoreSheetsOf(deps, book, at, read) };
    case 'summary':
      return { kind: at.kind, head, summary: await summaryOf(deps, book, at, read) };
    case 'panel-record':
      return { kind: at.kind, head, record: panelRecordOf(deps, book, at.sessionId) };
    case 'recusal-record':
      return { kind: at.kind, head, record: recusalRecordOf(deps, book, at.sessionId) };
  }
}
