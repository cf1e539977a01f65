import type { NameComparison } from '../identity/names.ts';
import type { Decision, Edge, Place, RuleRef } from './contract.ts';

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
    | { kind: 'here'; admitted: { atMs: number; byName: string } | null }
    | { kind: 'elsewhere'; place: Place };
  document:
    | { by: 'none' }
    | { by: 'typed' }
    | { by: 'reader'; name: NameComparison; number: 'same' | 'differs'; violations: readonly string[] };
  ticket: { presented: boolean; agrees: boolean; required: boolean };
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
  if (f.ticket.presented && !f.ticket.agrees) return edge('fail', 'ticket-of-another');
  if (f.document.by === 'typed') return edge('not-done', 'number-typed');
  if (f.document.number === 'differs') return edge('fail', 'number-differs');
  if (f.document.name === 'differs') return edge('fail', 'name-differs');
  if (f.document.name === 'spelling-differs') return edge('near', 'name-spelling');
  if (f.ticket.required && !f.ticket.presented) return edge('not-done', 'ticket-not-presented');
  return edge('pass', 'number-and-name-agree');
}

function faceEdge(edge: 'live-card' | 'live-plan', compared: FaceComparison, f: DoorFacts): Edge {
  const threshold = f.face.pass;
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
  if (f.person.admitted) {
    return { kind: 'already-in', admittedAtMs: f.person.admitted.atMs, byName: f.person.admitted.byName };
  }
  if (f.arrivedAtMs > f.window.lateAtMs) return { kind: 'refuse', rule: f.clauses.late };
  if (!f.sessionOpen || f.nowMs < f.window.opensAtMs) {
    return { kind: 'too-early', opensAtMs: f.window.opensAtMs, rule: f.clauses.early };
  }

  const doubts = doubtsOf(f);
  if (doubts.length > 0) return { kind: 'call-person', reasons: doubts };
  const needs = needsOf(f);
  if (needs.length > 0) return { kind: 'pending', needs };
  return { kind: 'admit' };
}

/** What only a person can settle, most telling first. Empty while evidence is merely incomplete. */
function doubtsOf(f: DoorFacts): string[] {
  const doubts: string[] = [];
  const edges = edgesOf(f);
  if (f.ticket.presented && !f.ticket.agrees) doubts.push('ticket-of-another');
  if (f.document.by === 'typed') doubts.push('no-card');
  if (f.document.by === 'reader') {
    if (f.document.number === 'differs') doubts.push('number-differs');
    if (f.document.name !== 'same') doubts.push(f.document.name === 'differs' ? 'name-differs' : 'name-spelling');
    doubts.push(...f.document.violations);
  }
  for (const e of edges) {
    if (e.edge === 'card-ticket') continue;
    if (e.result === 'fail' || e.result === 'near') doubts.push(`${e.edge}-${e.result}`);
  }
  if (f.face.unavailable !== null) doubts.push(f.face.unavailable);
  else if (f.face.taken && f.face.livePlan.kind === 'none') doubts.push(f.face.livePlan.reason);
  return doubts;
}

function needsOf(f: DoorFacts): ('card' | 'ticket' | 'face')[] {
  const needs: ('card' | 'ticket' | 'face')[] = [];
  if (f.document.by === 'none') needs.push('card');
  if (f.ticket.required && !f.ticket.presented) needs.push('ticket');
  if (!f.face.taken) needs.push('face');
  return needs;
}

/** May two persons admit by hand? Only place, time and identity of the person bind them; doubts are theirs to settle. */
export function mayAdmitByHand(decision: Decision): boolean {
  return decision.kind === 'admit' || decision.kind === 'call-person' || decision.kind === 'pending';
}
