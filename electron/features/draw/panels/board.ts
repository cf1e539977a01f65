import type { Model } from './model.ts';

export const NOBODY = -1;
export const NO_SEAT = -1;

/**
 * Who sits where, now. Every change is remembered until `forget`, so that a repair that fails is taken back whole. The
 * board itself allows anything; `maySit` says what the rules allow.
 */
export class Board {
  readonly model: Model;
  /** By seat; NOBODY while it is open. */
  readonly holder: Int32Array;
  /** By examiner: seats held, in no order. */
  readonly seatsOf: number[][];
  readonly leads: Int32Array;
  /** Seats the lottery has settled. */
  readonly settled: Uint8Array;
  /** By examiner and session: the seat held then, or NO_SEAT. */
  readonly #seatIn: Int32Array;
  readonly #onDay: Int32Array;
  readonly #log: number[] = [];

  constructor(model: Model) {
    this.model = model;
    this.holder = new Int32Array(model.seats.length).fill(NOBODY);
    this.seatsOf = Array.from({ length: model.people }, () => []);
    this.leads = new Int32Array(model.people);
    this.settled = new Uint8Array(model.seats.length);
    this.#seatIn = new Int32Array(model.people * model.sessions).fill(NO_SEAT);
    this.#onDay = new Int32Array(model.people * model.days);
  }

  isLead(seat: number): boolean {
    return this.model.seats[seat]!.role === 'lead';
  }
  seatIn(person: number, session: number): number {
    return this.#seatIn[person * this.model.sessions + session]!;
  }
  sessionOfSeat(seat: number): number {
    return this.model.sessionOf[this.model.seats[seat]!.panel]!;
  }

  /** Puts a person on an open seat. */
  sit(seat: number, person: number): void {
    this.#put(seat, person);
    this.#log.push(seat, NOBODY);
  }
  /** Opens a seat; who sat there. */
  open(seat: number): number {
    const person = this.holder[seat]!;
    this.#put(seat, NOBODY);
    this.#log.push(seat, person);
    return person;
  }
  /** A point to come back to. */
  mark(): number {
    return this.#log.length;
  }
  undoTo(mark: number): void {
    while (this.#log.length > mark) {
      const person = this.#log.pop()!;
      const seat = this.#log.pop()!;
      this.#put(seat, person);
    }
  }
  forget(): void {
    this.#log.length = 0;
  }

  #put(seat: number, person: number): void {
    const { model } = this;
    const session = this.sessionOfSeat(seat);
    const day = model.dayOf[session]!;
    const old = this.holder[seat]!;
    if (old !== NOBODY) {
      const held = this.seatsOf[old]!;
      held.splice(held.indexOf(seat), 1);
      // In the middle of a repair somebody may hold two seats of one session for a moment.
      const at = old * model.sessions + session;
      if (this.#seatIn[at] === seat) {
        this.#seatIn[at] = held.find((s) => this.sessionOfSeat(s) === session) ?? NO_SEAT;
      }
      this.#onDay[old * model.days + day]! -= 1;
      if (this.isLead(seat)) this.leads[old]! -= 1;
    }
    this.holder[seat] = person;
    if (person === NOBODY) return;
    this.seatsOf[person]!.push(seat);
    this.#seatIn[person * model.sessions + session] = seat;
    this.#onDay[person * model.days + day]! += 1;
    if (this.isLead(seat)) this.leads[person]! += 1;
  }

  /**
   * May this person take this seat, if its holder leaves it, and the person leaves `leaving`?
   *
   * @param leaving  a seat of theirs, or NO_SEAT
   */
  maySit(person: number, seat: number, leaving: number = NO_SEAT): boolean {
    const { model } = this;
    if (model.allowed[seat]![person] !== 1) return false;
    const session = this.sessionOfSeat(seat);
    for (const other of model.overlapping[session]!) {
      const held = this.seatIn(person, other);
      if (held !== NO_SEAT && held !== leaving && held !== seat) return false;
    }
    return (
      this.#dayAllows(person, session, leaving) &&
      this.#runAllows(person, session, leaving) &&
      this.#matesAllow(person, seat, leaving)
    );
  }

  #dayAllows(person: number, session: number, leaving: number): boolean {
    const { model } = this;
    const day = model.dayOf[session]!;
    const frees = leaving !== NO_SEAT && model.dayOf[this.sessionOfSeat(leaving)] === day ? 1 : 0;
    return this.#onDay[person * model.days + day]! - frees < model.input.limits.dutiesPerDay;
  }

  /**
   * Sessions at this site in a row, those before the draw among them. All that is drawn is at this site, and only a session
   * elsewhere breaks a row: each duty counts, whichever session lies between.
   */
  #runAllows(person: number, session: number, leaving: number): boolean {
    const { model } = this;
    let run = model.inARow[person]! + 1;
    for (let at = 0; at < model.sessions; at += 1) {
      const seat = this.seatIn(person, at);
      if (at !== session && seat !== NO_SEAT && seat !== leaving) run += 1;
    }
    return run <= model.input.limits.inARow;
  }

  #matesAllow(person: number, seat: number, leaving: number): boolean {
    const { model } = this;
    const { panel, role } = model.seats[seat]!;
    const gone = this.holder[seat]!;
    const apart = model.apart[person]!;
    let returning = 0;
    let intoNext = 0;
    const next = model.next[panel]!;
    for (const q of model.seatsOf[panel]!) {
      if (q === seat || q === leaving) continue;
      const mate = this.holder[q]!;
      if (mate === NOBODY || mate === gone) continue;
      if (apart.length > 0 && apart.includes(mate)) return false;
      if (model.seats[q]!.role === 'supervisor') continue;
      if (this.#satBefore(mate, panel, NO_SEAT)) returning += 1;
      if (next !== -1 && this.#sitsIn(mate, next, NO_SEAT)) intoNext += 1;
    }
    if (role === 'supervisor') return true;
    if (this.#satBefore(person, panel, leaving)) returning += 1;
    if (returning > model.mayReturn[panel]!) return false;
    if (next !== -1 && this.#sitsIn(person, next, leaving)) intoNext += 1;
    return next === -1 || intoNext <= model.mayReturn[next]!;
  }

  /** Whether somebody marked in the room's panel before this one. */
  #satBefore(person: number, panel: number, leaving: number): boolean {
    const previous = this.model.previous[panel]!;
    if (previous === -1) return this.model.before[panel]![person] === 1;
    return this.#sitsIn(person, previous, leaving);
  }

  /** Whether somebody marks in a panel: supervisors do not. */
  #sitsIn(person: number, panel: number, leaving: number): boolean {
    const seat = this.seatIn(person, this.model.sessionOf[panel]!);
    if (seat === NO_SEAT || seat === leaving) return false;
    const at = this.model.seats[seat]!;
    return at.panel === panel && at.role !== 'supervisor';
  }
}
