import { type Board, NO_SEAT, NOBODY } from './board.ts';

/**
 * What the lottery has promised so far: the least number of duties, and of lead duties, of every examiner. `full`: what
 * fills every seat of its kind already, so that nobody may have more than promised either.
 */
export interface Promises {
  readonly duties: Int32Array;
  readonly leads: Int32Array;
  full: 'neither' | 'duties' | 'both';
}

/** Ends of a chain that turned out unlawful once its earlier links stood; after so many the search gives up. */
const MOST_FALSE_ENDS = 12;

/**
 * Brings the board back to a lawful whole around one change: open seats are filled, and whoever fell below a promise is
 * seated again, each by a shortest chain of moves (an ejection chain). Settled seats never move. The search looks at
 * examiners and seats in the order of the input: it uses no randomness, so everybody who repeats it gets the same board.
 *
 * It may fail where a lawful board exists: a chain is looked for link by link, and several chains at once are not.
 */
export class Repair {
  readonly #board: Board;
  readonly #promises: Promises;
  /**
   * Through whom no chain led to a seat that can be spared, on the board as it is: a search that fails costs the most, and
   * near the end of a round nearly all do. Forgotten with every move.
   */
  readonly #deadEnds = new Set<number>();

  constructor(board: Board, promises: Promises) {
    this.#board = board;
    this.#promises = promises;
  }

  /** Seats a person on a seat and settles the consequences. False: not found, and the board is as before. */
  force(person: number, seat: number): boolean {
    const board = this.#board;
    this.#deadEnds.clear();
    const mark = board.mark();
    const displaced: number[] = [];
    const opened: number[] = [];
    const vacate = (held: number): boolean => {
      if (board.settled[held] === 1) return false;
      displaced.push(board.open(held));
      if (held !== seat) opened.push(held);
      return true;
    };
    if (board.holder[seat] !== NOBODY) vacate(seat);
    const done =
      this.#makeWay(person, seat, vacate) &&
      this.#sitAnd(seat, person) &&
      opened.every((open) => this.#fill(open, displaced)) &&
      displaced.every((who) => this.#seatAgain(who));
    if (!done) board.undoTo(mark);
    this.#deadEnds.clear();
    return done;
  }

  /** Fills an open seat. False: not found, and the board is as before. */
  fill(seat: number): boolean {
    const mark = this.#board.mark();
    const done = this.#fill(seat, []);
    if (!done) this.#board.undoTo(mark);
    return done;
  }

  /** Seats everyone who is below their promise. False: not found, and the board is as before. */
  seatAgain(person: number): boolean {
    const mark = this.#board.mark();
    const done = this.#seatAgain(person);
    if (!done) this.#board.undoTo(mark);
    return done;
  }

  #sitAnd(seat: number, person: number): true {
    this.#board.sit(seat, person);
    return true;
  }

  /** Vacates what stands in the way: first the person's own other seats, then those of panel mates. */
  #makeWay(person: number, seat: number, vacate: (seat: number) => boolean): boolean {
    const board = this.#board;
    const { model } = board;
    if (model.allowed[seat]![person] !== 1) return false;
    const session = board.sessionOfSeat(seat);
    for (const other of model.overlapping[session]!) {
      const held = board.seatIn(person, other);
      if (held !== NO_SEAT && !vacate(held)) return false;
    }
    const { panel } = model.seats[seat]!;
    for (;;) {
      if (board.maySit(person, seat)) return true;
      const way = this.#inTheWay(person, seat, panel);
      if (way === NO_SEAT || !vacate(way)) return false;
    }
  }

  /** A seat whose opening brings the person nearer to the seat: tried by whether they may sit, or by what is left to try. */
  #inTheWay(person: number, seat: number, panel: number): number {
    const board = this.#board;
    const { model } = board;
    const own = board.seatsOf[person]!.filter((s) => board.settled[s] === 0);
    for (const s of own) if (board.maySit(person, seat, s)) return s;
    const mates = model.seatsOf[panel]!.filter(
      (s) => s !== seat && board.holder[s] !== NOBODY && board.settled[s] === 0,
    );
    for (const s of mates) {
      const mate = board.open(s);
      const may = board.maySit(person, seat);
      board.sit(s, mate);
      if (may) return s;
    }
    const next = model.next[panel]!;
    const after = next === -1 ? [] : model.seatsOf[next]!;
    for (const s of after) {
      if (board.settled[s] === 1 || board.holder[s] === NOBODY) continue;
      const mate = board.open(s);
      const may = board.maySit(person, seat);
      board.sit(s, mate);
      if (may) return s;
    }
    return own[0] ?? mates[0] ?? NO_SEAT;
  }

  /** A person's duties may shrink by this seat without breaking a promise. */
  #maySpare(person: number, seat: number): boolean {
    const { duties, leads } = this.#promises;
    const board = this.#board;
    if (board.seatsOf[person]!.length <= duties[person]!) return false;
    return !board.isLead(seat) || board.leads[person]! > leads[person]!;
  }
  #mayGain(person: number): boolean {
    return this.#promises.full === 'neither' || this.#board.seatsOf[person]!.length < this.#promises.duties[person]!;
  }
  #isShort(person: number): boolean {
    const { duties, leads } = this.#promises;
    return this.#board.seatsOf[person]!.length < duties[person]! || this.#board.leads[person]! < leads[person]!;
  }
  /** With both counts full, whoever leaves a seat can only take another of its kind. */
  #fits(seat: number, instead: number): boolean {
    return this.#promises.full !== 'both' || this.#board.isLead(seat) === this.#board.isLead(instead);
  }
  /** Giving up a lead seat that was promised can be made good only by another one. */
  #needsLead(person: number, givesUp: number): boolean {
    const held = this.#board.leads[person]! - (givesUp !== NO_SEAT && this.#board.isLead(givesUp) ? 1 : 0);
    return held < this.#promises.leads[person]!;
  }

  /**
   * Fills an open seat by a chain: somebody leaves their seat for it, somebody else takes that one, and so on, until
   * somebody comes who leaves nothing. Those who are short of a promise are taken first.
   */
  #fill(open: number, short: readonly number[]): boolean {
    return (
      this.#chainTo(open, (person) => short.includes(person) && this.#isShort(person)) ||
      this.#chainTo(open, (person) => this.#mayGain(person))
    );
  }

  #chainTo(open: number, mayEnd: (person: number) => boolean): boolean {
    const board = this.#board;
    const { model } = board;
    const cameFrom = new Map<number, { by: number; to: number }>();
    const queue = [open];
    const seen = new Set(queue);
    let falseEnds = 0;
    for (let head = 0; head < queue.length; head += 1) {
      const seat = queue[head]!;
      const allowed = model.allowed[seat]!;
      for (let person = 0; person < model.people; person += 1) {
        if (allowed[person] !== 1) continue;
        if (mayEnd(person) && board.maySit(person, seat)) {
          if (this.#walk(open, seat, person, cameFrom)) return true;
          falseEnds += 1;
          if (falseEnds === MOST_FALSE_ENDS) return false;
        }
        for (const held of board.seatsOf[person]!) {
          if (board.settled[held] === 1 || seen.has(held)) continue;
          if (!this.#fits(seat, held) || (this.#needsLead(person, held) && !board.isLead(seat))) continue;
          if (!board.maySit(person, seat, held)) continue;
          seen.add(held);
          cameFrom.set(held, { by: person, to: seat });
          queue.push(held);
        }
      }
    }
    return false;
  }

  /** Makes the moves of a chain, each looked at again on the board as it then is. */
  #walk(open: number, last: number, end: number, cameFrom: ReadonlyMap<number, { by: number; to: number }>): boolean {
    const board = this.#board;
    const moves: { by: number; from: number; to: number }[] = [];
    for (let at = last; at !== open; ) {
      const { by, to } = cameFrom.get(at)!;
      moves.push({ by, from: at, to });
      at = to;
    }
    const mark = board.mark();
    for (const { by, from, to } of moves.reverse()) {
      if (!board.maySit(by, to, from)) return this.#back(mark);
      board.open(from);
      board.sit(to, by);
    }
    if (!board.maySit(end, last)) return this.#back(mark);
    board.sit(last, end);
    return true;
  }

  #back(mark: number): false {
    this.#board.undoTo(mark);
    return false;
  }

  /** Seats a person until no promise to them is broken. */
  #seatAgain(person: number): boolean {
    while (this.#isShort(person)) {
      const again = this.#promises.full !== 'both' && this.#leadAlone(person);
      if (!(again ? this.#exchange(person) : this.#displace(person, NO_SEAT))) return false;
      this.#deadEnds.clear();
    }
    return true;
  }

  #leadAlone(person: number): boolean {
    return this.#board.seatsOf[person]!.length >= this.#promises.duties[person]!;
  }

  /** For who has duties enough, but not the lead duty promised: they leave a seat that the chain fills in the end. */
  #exchange(person: number): boolean {
    const board = this.#board;
    for (const own of [...board.seatsOf[person]!]) {
      if (board.settled[own] === 1 || board.isLead(own)) continue;
      const mark = board.mark();
      board.open(own);
      this.#deadEnds.clear();
      if (this.#displace(person, own)) return true;
      board.undoTo(mark);
    }
    this.#deadEnds.clear();
    return false;
  }

  /**
   * Finds a seat for somebody who is short of one: they take a seat, its holder takes another, and so on, until somebody
   * loses a seat they can spare, or takes the open one.
   *
   * @param open  a seat the person has left for this, or NO_SEAT
   */
  #displace(person: number, open: number): boolean {
    const board = this.#board;
    const { model } = board;
    const cameBy = new Map<number, { seat: number; from: number }>();
    const queue = [person];
    let falseEnds = 0;
    for (let head = 0; head < queue.length; head += 1) {
      const who = queue[head]!;
      const lost = cameBy.get(who)?.seat ?? NO_SEAT;
      const leadOnly = this.#needsLead(who, lost);
      const onlyOthers = this.#promises.full === 'both';
      if (open !== NO_SEAT && who !== person && (!leadOnly || board.isLead(open)) && board.maySit(who, open, lost)) {
        if (this.#walkDown(who, open, cameBy)) return true;
        falseEnds += 1;
        if (falseEnds === MOST_FALSE_ENDS) return false;
      }
      for (let seat = 0; seat < model.seats.length; seat += 1) {
        if (board.settled[seat] === 1 || model.allowed[seat]![who] !== 1 || seat === lost) continue;
        if (leadOnly ? !board.isLead(seat) : onlyOthers && board.isLead(seat)) continue;
        const holder = board.holder[seat]!;
        if (holder === NOBODY || holder === who || holder === person) continue;
        const ends = this.#maySpare(holder, seat);
        if (!ends && (cameBy.has(holder) || this.#deadEnds.has(holder))) continue;
        if (!board.maySit(who, seat, lost)) continue;
        if (ends) {
          if (this.#walkDown(who, seat, cameBy)) return true;
          falseEnds += 1;
          if (falseEnds === MOST_FALSE_ENDS) return false;
        } else {
          cameBy.set(holder, { seat, from: who });
          queue.push(holder);
        }
      }
    }
    for (const who of queue) this.#deadEnds.add(who);
    return false;
  }

  #walkDown(last: number, spared: number, cameBy: ReadonlyMap<number, { seat: number; from: number }>): boolean {
    const board = this.#board;
    const moves: { who: number; takes: number }[] = [];
    let takes = spared;
    for (let who = last; ; ) {
      moves.push({ who, takes });
      const via = cameBy.get(who);
      if (via === undefined) break;
      takes = via.seat;
      who = via.from;
    }
    const mark = board.mark();
    for (const { takes: seat } of moves) board.open(seat);
    for (const { who, takes: seat } of moves) {
      if (!board.maySit(who, seat)) return this.#back(mark);
      board.sit(seat, who);
    }
    return true;
  }
}
