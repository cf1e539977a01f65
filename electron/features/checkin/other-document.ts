import { actorOf, type Caller } from '../../contract/caller.ts';
import { inTransaction } from '../../db/database.ts';
import { err, type Result } from '../../lib/result.ts';
import { maskDocumentNumber, parseDocumentNumber } from '../identity/document-number.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import type { RuleValues } from '../rules/rule-values.ts';
import { OtherDocument, type RuleRef } from './contract.ts';
import type { CloseDeps, DoorAt } from './deps.ts';
import { type SessionOver, sessionOnRecord } from './door-session.ts';
import { checkinEvents } from './events.ts';
import { ruleRef } from './facts.ts';
import { isWholePicture } from './kept-picture.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { refuseNumber, takeUpDocument } from './take-up-document.ts';

export interface ShownDocument {
  type: OtherDocument;
  documentNumber: string;
  name: string;
  picture: Uint8Array;
}

export type OtherDocumentError =
  | { code: 'DOCUMENT_NOT_ACCEPTED'; data: { rule: RuleRef } }
  | { code: 'NUMBER_INVALID'; data: { reason: string } }
  | { code: 'PICTURE_UNREADABLE' }
  | { code: 'PERSON_UNKNOWN' }
  | SessionOver;

/** What a plan's document number may look like; see PlannedCandidate. */
const NUMBER_SHAPE = /^[A-Z0-9]{5,24}$/;

/** Which documents the plan calls by these names. An electronic one stands for any of them. */
const PLANNED_AS: Record<OtherDocument, readonly PlannedCandidate['documentType'][]> = {
  'hmt-permit': ['hmt'],
  'travel-permit': ['other'],
  passport: ['other'],
  military: ['other'],
  electronic: ['resident', 'hmt', 'foreigner', 'other'],
};

/**
 * A travel permit, passport, military or electronic document, typed by staff with its picture. No machine vouches for it, so
 * the attempt always ends at two persons, who compare number and picture with what they hold in their hands.
 */
export async function otherDocumentShown(
  deps: CloseDeps,
  caller: Caller,
  at: DoorAt,
  shown: ShownDocument,
): Promise<Result<OpenAttempt, OtherDocumentError>> {
  const { type, name, picture } = shown;
  const sessionId = deps.sessionAt(at.roomId)?.session.sessionId;
  if (!otherDocumentsOf(deps.rules(sessionId)).includes(type)) {
    inTransaction(deps.db, (w) =>
      deps.journal.append(
        w,
        actorOf(caller),
        checkinEvents.documentNotAccepted,
        { ...at, type },
        sessionOnRecord(deps, at.roomId),
      ),
    );
    const rule = ruleRef(deps.pack(sessionId), 'admission.other-documents', { type });
    return err({ code: 'DOCUMENT_NOT_ACCEPTED', data: { rule } });
  }
  const number = shown.documentNumber.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  const places = () => deps.book()?.placesByDocument(number) ?? [];
  const [planned] = places();
  if (!planned) {
    const fault = numberFault(type, number);
    refuseNumber(deps, caller, at, fault ?? 'unknown');
    return err(fault === null ? { code: 'PERSON_UNKNOWN' } : { code: 'NUMBER_INVALID', data: { reason: fault } });
  }
  if (!(await isWholePicture(picture))) return err({ code: 'PICTURE_UNREADABLE' });
  // One person's number on another kind of document than the plan has it for.
  const violations = PLANNED_AS[type].includes(planned.documentType) ? [] : ['number-of-other-document'];
  return takeUpDocument(deps, caller, at, {
    document: { by: 'other', type, number, name, picture, violations },
    places,
    journal(w, a) {
      const said = { ...at, attemptId: a.attemptId, type, maskedNumber: maskDocumentNumber(number), violations };
      deps.journal.append(w, actorOf(caller), checkinEvents.documentShown, said, a.session?.sessionId ?? null);
    },
  });
}

/** Kinds of document the pack names; what it names and nobody knows is left out. */
export const otherDocumentsOf = (rules: RuleValues): OtherDocument[] =>
  rules['admission.other-documents'].split(',').flatMap((name) => {
    const known = OtherDocument.safeParse(name.trim());
    return known.success ? [known.data] : [];
  });

/** Why nobody can have this number; null where it is merely not in the plan. Passports have no check digit of their own. */
function numberFault(type: OtherDocument, number: string): string | null {
  if (!NUMBER_SHAPE.test(number)) return 'shape';
  if (type !== 'hmt-permit' && !(type === 'electronic' && number.length === 18)) return null;
  const parsed = parseDocumentNumber(number);
  return parsed.ok ? null : parsed.error;
}
