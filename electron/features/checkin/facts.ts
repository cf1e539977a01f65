import type { FaceThresholds } from '../../devices/face-engine/port.ts';
import { faceSimilarity } from '../../devices/face-engine/similarity.ts';
import { cardNames } from '../identity/card-violations.ts';
import { maskDocumentNumber } from '../identity/document-number.ts';
import { type NameComparison, sameName } from '../identity/names.ts';
import { ticketBelongsTo } from '../identity/ticket-payload.ts';
import { type TicketHolder, ticketUse } from '../identity/ticket-use.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { PlannedCandidate } from '../plan/plan-schema.ts';
import type { RulePack } from '../rules/rule-pack.ts';
import { clauseOf, type RuleValues } from '../rules/rule-values.ts';
import { admissionWindow } from '../session/rules.ts';
import type { Attempt, Away, Place, RuleRef } from './attempt-schema.ts';
import { cardPhotoOf, documentNumberOf, framesNeeded, meanEmbedding, type OpenAttempt } from './open-attempt.ts';
import { type DoorFacts, decide, edgesOf, type FaceComparison } from './rules.ts';
import type { Admission } from './store.ts';

/** What the facts of an attempt are drawn from, besides the attempt itself. */
export interface DoorBackground {
  nowMs: number;
  sessionOpen: boolean;
  rules: RuleValues;
  pack: RulePack;
  thresholds: FaceThresholds | null;
  engineFault: string | null;
  admission: Admission | null;
  /** Whose number the ticket presented bears, in this session. */
  ticketHolder: TicketHolder | null;
  /** Out of the room on record; null while inside or never admitted. */
  away: Away | null;
  consent: Attempt['consent'];
  engine: string | null;
  /** When the candidate came before, where that still counts: see `earlierArrivalMs`. */
  earlierArrivalMs: number | null;
}

export function placeOf(book: PlanBook, c: PlannedCandidate): Place {
  const session = book.session(c.sessionId)!;
  const room = book.room(c.roomId)!;
  return {
    sessionId: c.sessionId,
    sessionLabel: session.label,
    startsAtMs: session.startsAtMs,
    roomId: c.roomId,
    roomName: room.name,
    location: room.location,
    seat: book.seat(c),
  };
}

/** A clause of the pack as screens and journal cite it. */
export function ruleRef(pack: RulePack, ruleId: string, facts: Record<string, string> = {}): RuleRef {
  const clause = clauseOf(pack, ruleId);
  return { ruleId, text: clause.text, source: [clause.source, clause.article].filter(Boolean).join(' '), facts };
}

export const passThreshold = (t: FaceThresholds, fmr: RuleValues['admission.face-threshold-fmr']): number =>
  ({ '1e-2': t.fmr1e2, '1e-3': t.fmr1e3, '1e-4': t.fmr1e4 })[fmr];

export function factsOf(a: OpenAttempt, b: DoorBackground): DoorFacts {
  const startsAtMs = a.session?.startsAtMs ?? 0;
  const window = admissionWindow(startsAtMs, b.rules);
  const live = a.frames.length >= framesNeeded ? meanEmbedding(a.frames) : null;
  const compare = (reference: Float32Array | null, missing: string): FaceComparison => {
    if (reference === null) return { kind: 'none', reason: missing };
    if (live === null) return { kind: 'none', reason: 'face-not-taken' };
    return { kind: 'score', score: faceSimilarity(live, reference) };
  };
  return {
    nowMs: b.nowMs,
    arrivedAtMs: Math.min(a.startedAtMs, b.earlierArrivalMs ?? a.startedAtMs),
    sessionOpen: b.sessionOpen,
    window,
    clauses: {
      early: ruleRef(b.pack, 'admission.enter-before-minutes', {
        minutes: String(b.rules['admission.enter-before-minutes']),
      }),
      late: ruleRef(b.pack, 'admission.late-after-minutes', {
        minutes: String(b.rules['admission.late-after-minutes']),
        lateByMinutes: String(Math.max(0, Math.floor((b.nowMs - startsAtMs) / 60_000))),
      }),
    },
    person: personOf(a, b),
    document: documentFacts(a),
    ticket: {
      presented: a.ticket !== null,
      agrees: ticketAgrees(a),
      required: b.rules['admission.ticket-required'],
      usedAtMs: usedByAnother(a, b.ticketHolder),
    },
    cameraNeedsSecond: b.rules['admission.camera-card-second-person'],
    consent: { asked: b.rules['admission.consent'] === 'at-door', face: b.consent?.face ?? null },
    liveness: { asked: b.rules['admission.liveness'] === 'turn', now: a.liveness.kind },
    like: a.likeSettled ? null : a.like,
    face: {
      // Nobody is through with the camera before their face was compared with everybody inside.
      taken: live !== null && a.likeSought !== null,
      unavailable: a.engineFault ?? b.engineFault,
      liveCard: compare(a.cardEmbedding, cardPhotoReason(a)),
      livePlan: compare(a.planEmbedding, a.planPhotoFault ?? 'face-not-taken'),
      pass: b.thresholds ? passThreshold(b.thresholds, b.rules['admission.face-threshold-fmr']) : 1,
      near: b.thresholds?.fmr1e2 ?? 1,
    },
  };
}

/** The ticket is this person's: by its number, and a signed one also by the document it was issued to. */
export function ticketAgrees(a: OpenAttempt): boolean {
  const planned = a.candidate ?? a.elsewhere;
  if (!a.ticket || !planned || a.ticket.number.toUpperCase() !== planned.ticketNumber.toUpperCase()) return false;
  return a.ticket.claims === null || ticketBelongsTo(a.ticket.claims, planned.documentNumber);
}

function usedByAnother(a: OpenAttempt, holder: TicketHolder | null): number | null {
  const use = holder && ticketUse(holder, documentNumberOf(a));
  return use?.kind === 'used-by-other' ? use.admittedAtMs : null;
}

function cardPhotoReason(a: OpenAttempt): string {
  if (a.document.by === 'camera') return a.document.portrait ? 'card-photo-unusable' : 'card-photo-absent';
  if (a.document.by === 'other') return 'other-document';
  if (a.document.by !== 'reader') return 'card-not-read';
  if (a.document.photoForm === 'wlt') return 'card-photo-undecodable';
  return a.document.photoForm === null ? 'card-photo-absent' : 'card-photo-unusable';
}

function personOf(a: OpenAttempt, b: DoorBackground): DoorFacts['person'] {
  if (a.candidate) {
    const admitted = b.admission && { atMs: b.admission.atMs, byName: b.admission.byName, away: b.away };
    return { kind: 'here', admitted };
  }
  if (a.elsewhere) return { kind: 'elsewhere', place: a.place! };
  return { kind: a.document.by === 'none' ? 'unidentified' : 'unknown' };
}

function documentFacts(a: OpenAttempt): DoorFacts['document'] {
  if (a.document.by === 'none' || a.document.by === 'typed') return { by: a.document.by };
  const planned = a.candidate ?? a.elsewhere;
  const names = namesOnDocument(a.document).map((n) => (planned ? sameName(n, planned.name) : 'same'));
  const name: NameComparison = names.includes('same')
    ? 'same'
    : names.includes('spelling-differs')
      ? 'spelling-differs'
      : 'differs';
  const number = !planned || planned.documentNumber === documentNumberOf(a) ? 'same' : 'differs';
  return { by: a.document.by, name, number, violations: a.document.violations };
}

type DocumentInHand = Exclude<OpenAttempt['document'], { by: 'none' | 'typed' }>;

/** As the document spells its holder; a foreigner's card has two spellings. */
const namesOnDocument = (document: DocumentInHand): string[] =>
  document.by === 'reader' ? cardNames(document.fields) : [document.name];

/** The document's spelling where it is not the plan's, for staff to read beside it. */
function nameOnCard(a: OpenAttempt): string | null {
  if (a.document.by === 'none' || a.document.by === 'typed') return null;
  const names = namesOnDocument(a.document);
  const planned = a.candidate ?? a.elsewhere;
  return planned && names.every((name) => sameName(name, planned.name) !== 'same') ? (names[0] ?? null) : null;
}

/** The attempt as the door shows it. The document number is masked here, before it leaves the station's memory. */
export function viewOf(a: OpenAttempt, b: DoorBackground): Attempt {
  const facts = factsOf(a, b);
  const planned = a.candidate ?? a.elsewhere;
  const number = documentNumberOf(a) ?? planned?.documentNumber ?? null;
  return {
    attemptId: a.attemptId as Attempt['attemptId'],
    lane: a.lane,
    startedAtMs: a.startedAtMs,
    candidateId: (planned?.candidateId ?? null) as Attempt['candidateId'],
    name:
      planned?.name ??
      (a.document.by === 'none' || a.document.by === 'typed' ? null : (namesOnDocument(a.document)[0] ?? null)),
    maskedDocumentNumber: number && maskDocumentNumber(number),
    ticketNumber: planned?.ticketNumber ?? a.ticket?.number ?? null,
    documentBy: a.document.by,
    nameOnCard: nameOnCard(a),
    consent: b.consent,
    liveness: a.liveness,
    engine: b.engine,
    place: a.place,
    edges: edgesOf(facts),
    decision: decide(facts),
    images: {
      live: a.frames.length > 0 || a.picture !== null,
      card: cardPhotoOf(a) !== null,
      plan: a.candidate !== null,
      like: a.like !== null,
      document: a.document.by === 'camera' || a.document.by === 'other',
    },
    frames: { good: Math.min(a.frames.length, framesNeeded), needed: framesNeeded },
    outcome: null,
    closedAtMs: null,
  };
}
