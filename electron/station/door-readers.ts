import type { DoorAt } from '../features/checkin/deps.ts';

export const isSameDoor = (a: DoorAt, b: DoorAt): boolean => a.roomId === b.roomId && a.lane === b.lane;

/**
 * Which reader works for which lane. A lane that is opened takes the first reader no other lane has, one that works
 * before one that is lost; when all are taken, the reader of the lane opened longest ago moves over. A window that is
 * open already and only asks again never takes a reader from another lane: two windows must not pull one to and fro.
 */
export class DoorReaders {
  /** By reader, the lane opened longest ago first. */
  readonly #doors = new Map<string, DoorAt>();

  doorOf(readerId: string): DoorAt | null {
    return this.#doors.get(readerId) ?? null;
  }

  readerOf(at: DoorAt): string | null {
    for (const [readerId, door] of this.#doors) if (isSameDoor(door, at)) return readerId;
    return null;
  }

  /** The lane that has the reader which would move next, for one that has none. */
  longestBound(): DoorAt | null {
    return this.#doors.values().next().value ?? null;
  }

  /**
   * @param readers  ids in the order to try them, working ones first
   * @returns whether anything changed
   */
  bind(at: DoorAt, readers: readonly string[], again: boolean): boolean {
    if (this.readerOf(at) !== null) return false;
    const free = readers.find((readerId) => !this.#doors.has(readerId));
    const taken = again ? undefined : [...this.#doors.keys()].find((readerId) => readers.includes(readerId));
    const readerId = free ?? taken;
    if (readerId === undefined) return false;
    this.#set(readerId, at);
    return true;
  }

  /** This reader and no other for this lane; the lane's reader before goes to the lane it came from. */
  place(readerId: string, at: DoorAt): void {
    const before = this.readerOf(at);
    const from = this.#doors.get(readerId);
    if (before === readerId) return;
    if (before !== null) {
      this.#doors.delete(before);
      if (from) this.#set(before, from);
    }
    this.#set(readerId, at);
  }

  /** Lets go the readers that are gone, and those of lanes that are gone. */
  release(keep: (readerId: string, at: DoorAt) => boolean): void {
    for (const [readerId, at] of this.#doors) if (!keep(readerId, at)) this.#doors.delete(readerId);
  }

  #set(readerId: string, at: DoorAt): void {
    this.#doors.delete(readerId);
    this.#doors.set(readerId, at);
  }
}
