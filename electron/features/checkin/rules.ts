import type { NameComparison } from '../identity/names.ts';
import type { Away, Decision, Edge, Liveness, Lookalike, Need, Place, RuleRef } from './attempt-schema.ts';

/** One comparison of faces: why there is none, or its cosine. */
export type FaceComparison = { kind: 'none'; reason: string } | { kind: 'score'; score: number };

/** Everything the door's decision rests on. Gathered by the service, judged here. */
export interface DoorFacts {
  nowMs: number;
  /** When this person came: whoever was set aside before the limit, or cut off by a restart, is not late. */
  arrivedAtMs: number;
  sessionOpen: boolean;
  window: { opensAtMs: number; lateAtMs: number };
  clauses: { early: RuleRef; late: RuleRef };
  person:
    | { kind: 'unidentified' }
    | { kind: 'unknown' }
    | { kind: 'here'; admitted: { atMs: number; byName: string; away: Away | null } | null }
    | { kind: 'elsewhere'; place: Place };
  document:
    | { by: 'none' }
    | { by: 'typed' }
    | {
        by: 'reader' | 'camera' | 'other';
        name: NameComparison;
        number: 'same' | 'differs';
        violations: readonly string[];
      };
  /** A photographed card proves less than a chip: the rule pack says whether a second person looks. */
  cameraNeedsSecond: boolean;
  /** `usedAtMs`: it let in its holder, who is somebody else than this document's. */
  ticket: { presented: boolean; agrees: boolean; required: boolean; usedAtMs: number | null };
  /** Pledge and consent, signed at the door where the pack asks for it. */
  consent: { asked: boolean; face: 'agreed' | 'declined' | null };
  liveness: { asked: boolean; now: Liveness['kind'] };
  /** Another person the live face is taken for; null also once a supervisor or lead has settled it. */
  like: Lookalike | null;
  face: {
    taken: boolean;
    unavailable: string | null;
    liveCard: FaceComparison;
    livePlan: FaceComparison;
    /** Cosine from which a comparison passes, and from which a miss counts as near. */
    pass: number;
    near: number;
  };
}

/** The three sides of the triangle, in the order card-ticket, live-card, live-plan. Each says what it rests on. */
export function edgesOf(f: DoorFacts): Edge[] {
  return [documentEdge(f), faceEdge('live-card', f.face.liveCard, f), faceEdge('live-plan', f.face.livePlan, f)];
}

function documentEdge(f: DoorFacts): Edge {
  const edge = (result: Edge['result'], reason: string): Edge => ({
    edge: 'card-ticket',
    result,
    reason,
    score: null,
    threshold: null,
  });
  if (f.document.by === 'none') return edge('not-done', 'card-not-read');
  if (f.ticket.presented && !f.ticket.agrees) return edge('fail', ticketDoubt(f));
  if (f.document.by === 'typed') return edge('not-done', 'number-typed');
  if (f.document.by === 'other') return edge('not-done', 'other-document');
  if (f.document.number === 'differs') return edge('fail', 'number-differs');
  if (f.document.name === 'differs') return edge('fail', 'name-differs');
  if (f.document.name === 'spelling-differs') return edge('near', 'name-spelling');
  if (f.ticket.required && !f.ticket.presented) return edge('not-done', 'ticket-not-presented');
  return edge('pass', f.document.by === 'camera' ? 'card-by-camera-agrees' : 'number-and-name-agree');
}

/** A ticket that does not belong to this document; one already used at the door is said to be. */
const ticketDoubt = (f: DoorFacts): string => (f.ticket.usedAtMs === null ? 'ticket-of-another' : 'ticket-used');

function faceEdge(edge: 'live-card' | 'live-plan', compared: FaceComparison, f: DoorFacts): Edge {
  const threshold = f.face.pass;
  if (f.consent.face === 'declined') {
    return { edge, result: 'not-done', reason: 'face-declined', score: null, threshold: null };
  }
  if (compared.kind === 'none')
    return { edge, result: 'not-done', reason: compared.reason, score: null, threshold: null };
  const { score } = compared;
  if (score >= threshold) return { edge, result: 'pass', reason: 'faces-agree', score, threshold };
  const result = score >= f.face.near ? 'near' : 'fail';
  return { edge, result, reason: result === 'near' ? 'faces-nearly-agree' : 'faces-differ', score, threshold };
}

/**
 * What the door does with this person now. Place and time come before any face: who is in the wrong room or too late
 * is told so without having a picture taken. A face score alone never refuses: below the threshold a person is called.
 *
 * Sources: 沪人社职〔2021〕361号 (card, ticket and person compared), rule pack admission.*; 人脸识别技术应用安全管理办法.
 */
export function decide(f: DoorFacts): Decision {
  if (f.person.kind === 'unidentified') return { kind: 'pending', needs: ['card'] };
  if (f.person.kind === 'unknown') return { kind: 'unknown-person' };
  if (f.person.kind === 'elsewhere') return { kind: 'not-here', place: f.person.place };
  const { admitted } = f.person;
  if (admitted && admitted.away?.kind !== 'break') {
    return { kind: 'already-in', admittedAtMs: admitted.atMs, byName: admitted.byName, away: admitted.away };
  }
  // Who comes back from a break came in time once; their hour is the session's, not the door's.
  const again = admitted !== null;
  if (!again && f.arrivedAtMs > f.window.lateAtMs) return { kind: 'refuse', rule: f.clauses.late };
  if (!f.sessionOpen || (!again && f.nowMs < f.window.opensAtMs)) {
    return { kind: 'too-early', opensAtMs: f.window.opensAtMs, rule: f.clauses.early };
  }

  const needs = needsOf(f, again);
  // One question at a time: nothing is compared, and nobody called, before the candidate has agreed or declined.
  if (f.document.by !== 'none' && needs.includes('consent')) return { kind: 'pending', needs };
  if (f.like) return { kind: 'possible-impersonation', like: f.like };
  const doubts = doubtsOf(f);
  if (doubts.length > 0) return { kind: 'call-person', reasons: doubts, again };
  if (needs.length > 0) return { kind: 'pending', needs };
  return { kind: 'admit', again };
}

/** What only a person can settle, most telling first. Empty while evidence is merely incomplete. */
function doubtsOf(f: DoorFacts): string[] {
  const doubts: string[] = [];
  const edges = edgesOf(f);
  if (f.ticket.presented && !f.ticket.agrees) doubts.push(ticketDoubt(f));
  if (f.document.by === 'typed') doubts.push('no-card');
  if (f.document.by === 'other') doubts.push('other-document');
  if (f.document.by === 'camera' && f.cameraNeedsSecond) doubts.push('card-by-camera');
  if (f.document.by === 'reader' || f.document.by === 'camera' || f.document.by === 'other') {
    if (f.document.number === 'differs') doubts.push('number-differs');
    if (f.document.name !== 'same') doubts.push(f.document.name === 'differs' ? 'name-differs' : 'name-spelling');
    doubts.push(...f.document.violations);
  }
  for (const e of edges) {
    if (e.edge === 'card-ticket') continue;
    if (e.result === 'fail' || e.result === 'near') doubts.push(`${e.edge}-${e.result}`);
  }
  // Declining is an ordinary choice: two persons look instead, and nothing else is asked for.
  if (f.consent.face === 'declined') return f.document.by === 'none' ? doubts : [...doubts, 'declines-face'];
  if (f.liveness.now === 'failed') doubts.push('liveness-failed');
  if (f.face.unavailable !== null) doubts.push(f.face.unavailable);
  else if (f.face.taken && f.face.livePlan.kind === 'none') doubts.push(f.face.livePlan.reason);
  return doubts;
}

function needsOf(f: DoorFacts, again: boolean): Need[] {
  const needs: Need[] = [];
  if (f.document.by === 'none') needs.push('card');
  if (f.consent.asked && f.consent.face === null) needs.push('consent');
  // The ticket was used when they came in; it has stayed with them or at their seat.
  if (f.ticket.required && !f.ticket.presented && !again) needs.push('ticket');
  if (f.consent.face === 'declined') return needs;
  if (!f.face.taken) needs.push('face');
  if (f.liveness.asked && f.liveness.now !== 'passed') needs.push('turn');
  return needs;
}

/**
 * May two persons admit by hand? Place, time, the pledge and an open suspicion of impersonation bind them; every other doubt
 * is theirs to settle.
 */
export function mayAdmitByHand(decision: Decision): boolean {
  if (decision.kind === 'pending') return !decision.needs.includes('consent');
  return decision.kind === 'admit' || decision.kind === 'call-person';
}
