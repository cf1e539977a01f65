import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { ofSession } from '../rules/pack-shelf.ts';
import { lockedSheets, signaturesIn } from '../scoring/store.ts';
import type { FormRow } from './contract.ts';
import type { FormsDeps } from './deps.ts';
import type { EntryCode } from './entry-code.ts';
import { formsEvents } from './events.ts';
import type { Issuer } from './forbidden-words.ts';
import { headOf, issuerOf } from './gather-head.ts';
import { panelRecordOf, recusalRecordOf } from './gather-records.ts';
import { markersOf, type ReadHandwriting, scoreSheetsOf } from './gather-sheets.ts';
import { summaryOf } from './gather-summary.ts';
import { handwritingOf } from './handwriting.ts';
import { type Cited, findKept } from './kept-forms.ts';
import { type Form, type FormRefused, printForm } from './print-form.ts';

export type FormError =
  | { code: 'NO_SUCH_SESSION' }
  | { code: 'NO_SUCH_FORM' }
  | { code: 'NOT_REVEALED'; data: { waitingFor: number } }
  | { code: 'KEYS_LOCKED' }
  | FormRefused;

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
  const made: Result<{ pdf: Uint8Array }, FormError> = maySee(caller, formId)
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

/** The PDF of a form as the record stands: as it was printed ahead, where nothing on it has changed since. */
async function makeForm(
  deps: FormsDeps,
  book: PlanBook,
  sessionId: string,
  formId: string,
): Promise<Result<{ pdf: Uint8Array }, FormError>> {
  const row = formsOf(deps, book, sessionId).find((f) => f.formId === formId);
  if (!row) return err({ code: 'NO_SUCH_FORM' });
  const form = await gatherForm(deps, book, sessionId, row);
  if (!form.ok) return form;
  const kept = findKept(deps.db, { sessionId, formId, factsSha256: form.value.factsSha256 });
  const evidence = kept && deps.vault.find(deps.db, kept.evidenceId);
  const pdf = evidence && (await deps.vault.read(evidence));
  return pdf?.ok ? ok({ pdf: pdf.value }) : printGathered(deps, form.value);
}

/** All that stands on a form, read from the record, with the hash of it. */
export interface GatheredForm {
  form: Form;
  issuer: Issuer;
  /** The signatures on it. */
  cited: Cited[];
  factsSha256: string;
}

/** @param row  one of `formsOf` */
export async function gatherForm(
  deps: FormsDeps,
  book: PlanBook,
  sessionId: string,
  { formId, kind, state }: FormRow,
): Promise<Result<GatheredForm, FormError>> {
  const [, roomId = '', examinerId = ''] = formId.split(':');
  if (state === 'waiting') {
    return err({ code: 'NOT_REVEALED', data: { waitingFor: waitingIn(deps, book, sessionId, roomId) } });
  }
  let keysLocked = false;
  const entries = new Map<string, EntryCode>();
  const read: ReadHandwriting = async (evidenceId) => {
    const hand = await handwritingOf(deps, { sessionId, evidenceId });
    if (!hand.ok) {
      if (hand.error.code !== 'keys-locked') throw new Error(`a signature could not be read: ${hand.error.code}`);
      keysLocked = true;
      return null;
    }
    if (hand.value) entries.set(evidenceId, hand.value.entry);
    return hand.value;
  };
  const form = await gather(deps, book, { sessionId, roomId, examinerId, kind }, read);
  // A signature that cannot be read must not look like one that was never given.
  if (keysLocked) return err({ code: 'KEYS_LOCKED' });
  const issuer = issuerOf(ofSession(deps, sessionId));
  // Another version of the station may set the same facts otherwise.
  const factsSha256 = createHash('sha256')
    .update(JSON.stringify([deps.version, issuer, form]))
    .digest('hex');
  const cited = [...entries].map(([evidenceId, entry]) => ({ evidenceId, entry }));
  return ok({ form, issuer, cited, factsSha256 });
}

export const printGathered = (deps: FormsDeps, { form, issuer }: GatheredForm) =>
  printForm(form, { issuer, fontsDir: deps.fontsDir, madeAtMs: deps.clock.wallMs() });

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
      return { kind: at.kind, head, record: await panelRecordOf(deps, book, at.sessionId, read) };
    case 'recusal-record':
      return { kind: at.kind, head, record: await recusalRecordOf(deps, book, at.sessionId, read) };
  }
}
