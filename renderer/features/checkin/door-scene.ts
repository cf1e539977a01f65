import type { Attempt, Decision, Lane } from '../../../electron/features/checkin/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';

type DecisionOf<K extends Decision['kind']> = Extract<Decision, { kind: K }>;

/** The screens of the door. One question each; the attempt is the record it is about. */
export type DoorScene =
  | { kind: 'no-session' }
  /** The session has ended and no other is to come: the station takes nobody up. */
  | { kind: 'over' }
  | { kind: 'waiting' }
  | { kind: 'reader-lost' }
  /** The ticket came first: the card is asked for. */
  | { kind: 'need-card'; attempt: Attempt }
  /** Everything but the ticket is there. */
  | { kind: 'need-ticket'; attempt: Attempt }
  | { kind: 'capturing'; attempt: Attempt; ticketToo: boolean }
  | { kind: 'may-enter'; attempt: Attempt }
  /** `called`: the station wants two persons; otherwise staff chose to. */
  | { kind: 'manual'; attempt: Attempt; called: boolean }
  /** `back`: from a break. */
  | { kind: 'admitted'; attempt: Attempt; back: boolean }
  | { kind: 'not-here'; attempt: Attempt; decision: DecisionOf<'not-here'> }
  | { kind: 'already-in'; attempt: Attempt; decision: DecisionOf<'already-in'> }
  | { kind: 'too-early'; attempt: Attempt; decision: DecisionOf<'too-early'> }
  | { kind: 'late'; attempt: Attempt; decision: DecisionOf<'refuse'> }
  | { kind: 'unknown-person'; attempt: Attempt }
  /** Pledge and consent are to be signed, or the comparison of faces declined. */
  | { kind: 'consent'; attempt: Attempt }
  /** 疑似替考: nothing goes on before a supervisor or the lead has looked. */
  | { kind: 'possible-impersonation'; attempt: Attempt; decision: DecisionOf<'possible-impersonation'> };

/** What the station cannot know. */
export interface WindowChoices {
  /** The closed attempt staff have waved on with Enter. */
  seenAttemptId: string | null;
  /** The open attempt staff, or fifteen seconds without a face, turned over to two persons. */
  manualAttemptId: string | null;
}

const letIn: ReadonlySet<string> = new Set(['admitted', 'admitted-by-hand', 'readmitted', 'readmitted-by-hand']);

export function doorScene(lane: Lane, choices: WindowChoices): DoorScene {
  const { attempt } = lane;
  if (attempt === null || attempt.outcome !== null) {
    const admitted = attempt !== null && letIn.has(attempt.outcome!);
    if (admitted && attempt.attemptId !== choices.seenAttemptId) {
      return { kind: 'admitted', attempt, back: attempt.outcome!.startsWith('readmitted') };
    }
    if (lane.session === null) return { kind: 'no-session' };
    if (lane.session.state === 'closed' || lane.session.state === 'sealed') return { kind: 'over' };
    return { kind: lane.reader.kind === 'lost' ? 'reader-lost' : 'waiting' };
  }
  const { decision } = attempt;
  const byChoice = choices.manualAttemptId === attempt.attemptId;
  switch (decision.kind) {
    case 'call-person':
      return { kind: 'manual', attempt, called: true };
    case 'admit':
      return byChoice ? { kind: 'manual', attempt, called: false } : { kind: 'may-enter', attempt };
    case 'pending':
      if (decision.needs.includes('card')) return { kind: 'need-card', attempt };
      if (decision.needs.includes('consent')) return { kind: 'consent', attempt };
      if (byChoice) return { kind: 'manual', attempt, called: false };
      if (decision.needs.includes('face') || decision.needs.includes('turn')) {
        return { kind: 'capturing', attempt, ticketToo: decision.needs.includes('ticket') };
      }
      return { kind: 'need-ticket', attempt };
    case 'possible-impersonation':
      return { kind: 'possible-impersonation', attempt, decision };
    case 'not-here':
      return { kind: 'not-here', attempt, decision };
    case 'already-in':
      return { kind: 'already-in', attempt, decision };
    case 'too-early':
      return { kind: 'too-early', attempt, decision };
    case 'refuse':
      return { kind: 'late', attempt, decision };
    case 'unknown-person':
      return { kind: 'unknown-person', attempt };
    default:
      return unreachable(decision);
  }
}

/** The station has no engine to compare faces with: its own word among the doubts. */
export const decidedByEye = ({ decision }: Attempt): boolean =>
  decision.kind === 'call-person' && decision.reasons.includes('face-engine-unavailable');

/**
 * Whether the face is still to be looked for while two persons decide: whoever comes without a card, or was set aside, is
 * compared with those inside like everybody else. Nothing is taken of who has declined, and no head turn is asked for here.
 */
export const lacksFace = (a: Attempt): boolean =>
  a.frames.good < a.frames.needed && a.consent?.face !== 'declined' && !decidedByEye(a);

/** What Enter would decide on: a new value disarms the blue block for a moment. */
export function verdictKey(scene: DoorScene): string {
  return 'attempt' in scene ? `${scene.kind}:${scene.attempt.attemptId}` : scene.kind;
}
