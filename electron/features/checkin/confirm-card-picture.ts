import { actorOf, type Caller } from '../../contract/caller.ts';
import { isoDate } from '../../lib/calendar-date.ts';
import { err, type Result } from '../../lib/result.ts';
import type { CardFields } from '../identity/card-text.ts';
import { cardViolations } from '../identity/card-violations.ts';
import { type DocumentNumber, maskDocumentNumber, parseDocumentNumber } from '../identity/document-number.ts';
import type { CardField } from './contract.ts';
import type { CloseDeps, DoorAt } from './deps.ts';
import { doorState } from './door.ts';
import type { SessionOver } from './door-session.ts';
import { checkinEvents } from './events.ts';
import type { OpenAttempt } from './open-attempt.ts';
import { refuseNumber, takeUpDocument } from './take-up-document.ts';

export type ConfirmError =
  | { code: 'NO_SUCH_PICTURE' }
  | { code: 'NUMBER_INVALID'; data: { reason: string } }
  | { code: 'FIELDS_MISSING'; data: { fields: CardField[] } }
  | { code: 'PERSON_UNKNOWN' }
  | SessionOver;

/** Without these nobody is known by the card, whatever else could be read. */
const NEEDED: readonly CardField[] = ['name', 'number'];

/**
 * Staff have looked at the crop of every field. What they say counts, under two conditions: the number's own check character
 * agrees, and a field the camera found is not left out. What they corrected stays beside what was read.
 */
export async function cardPictureConfirmed(
  deps: CloseDeps,
  caller: Caller,
  at: DoorAt,
  pictureId: string,
  seen: readonly { field: CardField; text: string }[],
): Promise<Result<OpenAttempt, ConfirmError>> {
  const kept = doorState(deps.doors, at).cardPicture;
  if (kept?.pictureId !== pictureId) return err({ code: 'NO_SUCH_PICTURE' });
  const { reading, reader } = kept;
  const said = new Map(seen.map(({ field, text }) => [field, text.trim()]));
  const wanted = new Set([...reading.fields.map(({ field }) => field), ...NEEDED]);
  const missing = [...wanted].filter((field) => !said.get(field));
  if (missing.length > 0) return err({ code: 'FIELDS_MISSING', data: { fields: missing } });

  const parsed = parseDocumentNumber(said.get('number')!);
  if (!parsed.ok) {
    refuseNumber(deps, caller, at, parsed.error);
    return err({ code: 'NUMBER_INVALID', data: { reason: parsed.error } });
  }
  const { number } = parsed.value;
  const places = () => deps.book()?.placesByDocument(number) ?? [];
  if (places().length === 0) {
    refuseNumber(deps, caller, at, 'unknown');
    return err({ code: 'PERSON_UNKNOWN' });
  }
  const readAs = new Map(reading.fields.map(({ field, text }) => [field, text]));
  const fields = [...said].map(([field, confirmed]) => ({ field, read: readAs.get(field) ?? '', confirmed }));
  const violations = cardViolations(asCard(said, parsed.value), deps.todayIso()).map(({ code }) => code);
  return takeUpDocument(deps, caller, at, {
    document: {
      by: 'camera',
      number,
      name: said.get('name')!,
      picture: reading.upright,
      portrait: reading.portrait,
      fields,
      reader: { ...reader, imageSha256: reading.imageSha256 },
      violations,
    },
    places,
    journal(w, a) {
      const confirmed = {
        ...at,
        attemptId: a.attemptId,
        maskedNumber: maskDocumentNumber(number),
        reader: reader.name,
        imageSha256: reading.imageSha256,
        corrected: fields.filter((f) => f.read !== f.confirmed).map((f) => f.field),
        violations,
      };
      deps.journal.append(w, actorOf(caller), checkinEvents.cardConfirmed, confirmed, a.session?.sessionId ?? null);
    },
  });
}

/**
 * The card as far as its front says it, for the checks that hold for any card. How long it is valid stands on its back, which
 * nobody has photographed: the two persons look at it, and no check here can.
 */
function asCard(said: ReadonlyMap<CardField, string>, parsed: DocumentNumber): CardFields {
  const sex = said.get('sex');
  return {
    kind: parsed.kind === 'hmt-residence' ? 'hmt' : 'resident',
    name: said.get('name')!,
    sex: sex === '男' ? 'male' : sex === '女' ? 'female' : 'unknown',
    nation: '',
    birthDate: said.has('birth') ? writtenDate(said.get('birth')!) : (parsed.birthDate ?? ''),
    address: '',
    number: parsed.number,
    issuer: '',
    passNumber: '',
    issueCount: '',
    validFrom: '',
    validUntil: 'long-term',
  };
}

/** `1990-01-02` from any writing of a date with year, month and day in this order; empty for anything else. */
function writtenDate(text: string): string {
  const [, year, month, day] =
    /^(\d{4})\D*(\d{1,2})\D+(\d{1,2})\D*$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  return (day && isoDate(`${year}${month!.padStart(2, '0')}${day.padStart(2, '0')}`)) || '';
}
