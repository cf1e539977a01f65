import type { ExaminerId } from '../../lib/ids.ts';
import type {
  PanelSeat,
  Plan,
  PlannedCandidate,
  PlannedExaminer,
  PlannedRoom,
  PlannedSession,
  Rubric,
} from './plan-schema.ts';

export type AssignedPanel = (sessionId: string, roomId: string) => PanelSeat[] | null;

/**
 * The adopted plan with the look-ups exam day needs. All are pure and in memory, but for the seat of somebody whose
 * workstation is drawn at admission, and for a panel that was assigned since.
 */
export class PlanBook {
  readonly plan: Plan;
  readonly #candidates: Map<string, PlannedCandidate>;
  readonly #byDocument: Map<string, PlannedCandidate[]>;
  readonly #byTicket: Map<string, PlannedCandidate[]>;
  readonly #drawn: (candidateId: string) => string | null;
  readonly #assigned: AssignedPanel;

  /**
   * @param drawn  the workstation a candidate has drawn, null for who has not
   * @param assigned  the panel assigned to a room, null where the plan's is in force
   */
  constructor(
    plan: Plan,
    drawn: (candidateId: string) => string | null = () => null,
    assigned: AssignedPanel = () => null,
  ) {
    this.plan = plan;
    this.#drawn = drawn;
    this.#assigned = assigned;
    this.#candidates = new Map(plan.candidates.map((c) => [c.candidateId, c]));
    this.#byDocument = Map.groupBy(plan.candidates, (c) => c.documentNumber);
    this.#byTicket = Map.groupBy(plan.candidates, (c) => c.ticketNumber.toUpperCase());
  }
  session(sessionId: string): PlannedSession | undefined {
    return this.plan.sessions.find((s) => s.sessionId === sessionId);
  }
  room(roomId: string): PlannedRoom | undefined {
    return this.plan.rooms.find((r) => r.roomId === roomId);
  }
  candidate(candidateId: string): PlannedCandidate | undefined {
    return this.#candidates.get(candidateId);
  }
  /** Every place the plan has for the holder of this document; one person may sit several sessions. */
  placesByDocument(documentNumber: string): readonly PlannedCandidate[] {
    return this.#byDocument.get(documentNumber) ?? [];
  }
  placesByTicket(ticketNumber: string): readonly PlannedCandidate[] {
    return this.#byTicket.get(ticketNumber.toUpperCase()) ?? [];
  }
  /** Candidates of a session, in one room or in all, by ticket number. */
  candidatesOf(sessionId: string, roomId: string | null = null): PlannedCandidate[] {
    return this.plan.candidates
      .filter((c) => c.sessionId === sessionId && (roomId === null || c.roomId === roomId))
      .sort((a, b) => (a.ticketNumber < b.ticketNumber ? -1 : 1));
  }
  /** Rooms a session uses, in the order of the plan. */
  roomsOf(sessionId: string): PlannedRoom[] {
    return this.plan.rooms.filter((r) =>
      this.plan.candidates.some((c) => c.sessionId === sessionId && c.roomId === r.roomId),
    );
  }
  sessionsOfRoom(roomId: string): PlannedSession[] {
    return this.plan.sessions
      .filter((s) => this.plan.candidates.some((c) => c.sessionId === s.sessionId && c.roomId === roomId))
      .sort((a, b) => a.startsAtMs - b.startsAtMs);
  }
  /** As it is written on the workstation: the planned one, or the one drawn; '' until it is drawn. */
  seat(candidate: PlannedCandidate): string {
    const id = candidate.workstationId ?? this.#drawn(candidate.candidateId);
    return id === null ? '' : this.workstationLabel(id);
  }
  workstationLabel(workstationId: string): string {
    return this.plan.workstations.find((w) => w.workstationId === workstationId)?.label ?? workstationId;
  }
  /** Who marks in this room of this session now, lead first: as assigned last, or as planned. */
  panel(sessionId: string, roomId: string): PanelSeat[] {
    return this.#assigned(sessionId, roomId) ?? this.plannedPanel(sessionId, roomId);
  }
  /** Who was to mark there by the plan: lead first, reserves left out. */
  plannedPanel(sessionId: string, roomId: string): PanelSeat[] {
    return this.plan.panels
      .filter((p) => p.sessionId === sessionId && p.roomId === roomId && p.duty !== 'reserve')
      .sort((a, b) => Number(b.duty === 'lead') - Number(a.duty === 'lead'));
  }
  /** Every panel somebody marks in now, by session and room in the order of the plan. */
  seatsOf(examinerId: string): PanelSeat[] {
    return this.plan.sessions.flatMap(({ sessionId }) =>
      this.roomsOf(sessionId).flatMap(({ roomId }) =>
        this.panel(sessionId, roomId).filter((seat) => seat.examinerId === examinerId),
      ),
    );
  }
  examiner(examinerId: string): PlannedExaminer | undefined {
    return this.plan.examiners.find((e) => e.examinerId === examinerId);
  }
  /** The id under which this plan has a person: by card number and name, since ids are each plan's own. */
  examinerIdOf({ cardNumber, name }: { cardNumber: string; name: string }): ExaminerId | null {
    return this.plan.examiners.find((e) => e.cardNumber === cardNumber && e.name === name)?.examinerId ?? null;
  }
  rubric(rubricId: string | null): Rubric | undefined {
    return this.plan.rubrics.find((r) => r.rubricId === rubricId);
  }
}
