import type { CandidateCoverage } from '../../../electron/features/coverage/contract.ts';
import type { RoomTimeline } from '../../../electron/features/timeline/contract.ts';

export type Found =
  | { kind: 'time'; atMs: number }
  | { kind: 'candidate'; candidateId: string }
  | { kind: 'staff'; staffId: string; atMs: number }
  | { kind: 'event'; atMs: number };

export interface FinderOption {
  key: string;
  group: 'time' | 'candidates' | 'staff' | 'events';
  words: string;
  found: Found;
}

/** `9:42`, `0942`, `09:42:30` as a moment of the day the span begins on; null for anything else. */
export function momentOf(text: string, spanBeginMs: number): number | null {
  const match = /^(\d{1,2})[:：]?([0-5]\d)(?:[:：]?([0-5]\d))?$/.exec(text.trim());
  if (match === null || Number(match[1]) > 23) return null;
  const day = new Date(spanBeginMs);
  day.setHours(Number(match[1]), Number(match[2]), Number(match[3] ?? 0), 0);
  return day.getTime();
}

/** What a person may look for in this room: a time, a candidate or their workstation, staff, and what was bookmarked. */
export function finderOptions(
  typed: string,
  room: RoomTimeline,
  people: readonly CandidateCoverage[],
  seatWords: (seat: string) => string,
): FinderOption[] {
  const wanted = typed.trim().toLowerCase();
  const has = (...texts: string[]) => texts.some((text) => text.toLowerCase().includes(wanted));
  const options: FinderOption[] = [];
  const atMs = momentOf(typed, room.span.beginMs);
  if (atMs !== null)
    options.push({ key: `t${atMs}`, group: 'time', words: typed.trim(), found: { kind: 'time', atMs } });
  for (const { candidateId, name, seat } of people) {
    const words = `${seatWords(seat)} ${name}`;
    if (has(words, seat)) {
      options.push({ key: `c${candidateId}`, group: 'candidates', words, found: { kind: 'candidate', candidateId } });
    }
  }
  const staff = new Map<string, { words: string; atMs: number }>();
  for (const e of room.events) {
    if (e.staffId !== null && /^(staff|scoring)\./.test(e.event) && e.who !== '' && !staff.has(e.staffId)) {
      staff.set(e.staffId, { words: e.who, atMs: e.atMs });
    }
  }
  for (const [staffId, { words, atMs: firstMs }] of staff) {
    if (has(words)) {
      options.push({ key: `s${staffId}`, group: 'staff', words, found: { kind: 'staff', staffId, atMs: firstMs } });
    }
  }
  for (const e of room.events) {
    if (e.note !== '' && /bookmarked|moment-marked/.test(e.event) && has(e.note)) {
      options.push({ key: `e${e.seq}`, group: 'events', words: e.note, found: { kind: 'event', atMs: e.atMs } });
    }
  }
  return options.slice(0, 200);
}
