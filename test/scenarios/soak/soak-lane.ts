import { ORPCError } from '@orpc/client';
import type { StationClient } from '../../../electron/contract/index.ts';
import { residentCardText } from '../../../electron/devices/id-reader/cards.ts';
import type { SimulatedReader } from '../../../electron/devices/id-reader/simulated.ts';
import type { Attempt } from '../../../electron/features/checkin/contract.ts';
import type { PlannedCandidate } from '../../../electron/features/plan/plan-schema.ts';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';

/** One lane with its window and its reader. */
export interface SoakLane {
  lane: 1 | 2;
  client: StationClient;
  reader: SimulatedReader;
  readerId: string;
}

/**
 * How one visit to a lane ended: let in, or told that the person is in already. `decisionMs`: the station's share from the
 * card it has read to the decision, with ticket, plan photograph and as many frames as it asked for.
 */
export type VisitEnd = { kind: 'admitted'; atMs: number; decisionMs: number; admitMs: number } | { kind: 'already-in' };

const MOST_FRAMES = 12;
const CARD_WITHIN_MS = 30_000;

/**
 * Card, ticket, face and Enter, as at any door.
 *
 * @throws Error with what the door said where it neither admits nor says that the person is in
 */
export async function visit(
  at: SoakLane,
  candidate: PlannedCandidate,
  frames: readonly Uint8Array[],
): Promise<VisitEnd> {
  const { lane, client, reader } = at;
  const { roomId, ticketNumber, name } = candidate;
  reader.place({ text: residentCardText({ ...sampleCard(candidate), name }), photo: new Uint8Array(1024) });
  try {
    let attempt = await cardTaken(at, candidate);
    if (attempt.decision.kind === 'already-in') return { kind: 'already-in' };
    const takenMs = performance.now();
    attempt = await client.checkin.presentTicket({ roomId, lane, text: ticketNumber });
    const { attemptId } = attempt;
    for (let i = 0; i < MOST_FRAMES && attempt.decision.kind === 'pending'; i += 1) {
      const frame = new Blob([new Uint8Array(frames[i % frames.length]!)]);
      ({ attempt } = await client.checkin.presentFace({ attemptId, frame, camera: 'soak' }));
    }
    if (attempt.decision.kind === 'already-in') return { kind: 'already-in' };
    if (attempt.decision.kind !== 'admit') throw new Error(`the door says ${JSON.stringify(attempt.decision)}`);
    const begunMs = performance.now();
    const decisionMs = begunMs - takenMs;
    const closed = await client.checkin.admit({ attemptId });
    if (closed.outcome !== 'admitted') throw new Error(`admitted, and the outcome is ${closed.outcome}`);
    return { kind: 'admitted', atMs: closed.closedAtMs!, decisionMs, admitMs: performance.now() - begunMs };
  } catch (error) {
    if (isAlreadyIn(error)) return { kind: 'already-in' };
    throw error;
  } finally {
    reader.lift();
  }
}

/** The attempt that the card begins; the reader looks for a card a few times a second. */
async function cardTaken({ lane, client }: SoakLane, { roomId, candidateId }: PlannedCandidate): Promise<Attempt> {
  const until = performance.now() + CARD_WITHIN_MS;
  while (performance.now() < until) {
    const { attempt } = await client.checkin.lane({ roomId, lane, again: true });
    if (attempt?.candidateId === candidateId && attempt.outcome === null && attempt.documentBy === 'reader')
      return attempt;
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
  throw new Error(`lane ${lane} has not taken up the card of ${candidateId}`);
}

/** The other lane was quicker: the decision is taken again inside the commit. */
const isAlreadyIn = (error: unknown): boolean =>
  error instanceof ORPCError && error.code === 'NOT_ALLOWED' && error.data?.decision?.kind === 'already-in';
