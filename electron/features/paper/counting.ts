/** One person's entry of one round, as it was typed. */
export interface Entry {
  round: number;
  counts: Readonly<Record<string, number>>;
  byStaff: string;
  byName: string;
  atMs: number;
}

export interface CountState {
  /** The round that is open, or the one after the last where nothing is left to count. */
  round: number;
  /** Lines to be counted in it, in the order of the form. */
  open: string[];
  /** What both entries of a round said alike. */
  agreed: ReadonlyMap<string, number>;
  /** What the two entries of the last whole round said otherwise. */
  differs: ReadonlyMap<string, [first: number, second: number]>;
  /** The entry that waits for its second. */
  first: Entry | null;
  /** Who typed the entries that count, each once. */
  countedBy: string[];
}

/**
 * Where a count stands that is typed twice: round by round two entries are held against each other; lines that agree are
 * done, lines that differ make up the next round. A line that an entry lacks is as one that differs.
 *
 * @param lines    every line of the form, in order
 * @param entries  oldest first, those after the last restart
 */
export function countState(lines: readonly string[], entries: readonly Entry[]): CountState {
  let open = [...lines];
  let round = 1;
  const agreed = new Map<string, number>();
  let differs = new Map<string, [number, number]>();
  const countedBy = new Set<string>();
  for (;;) {
    const [first, second] = entries.filter((e) => e.round === round);
    for (const e of [first, second]) if (e) countedBy.add(e.byName);
    if (!first || !second) return { round, open, agreed, differs, first: first ?? null, countedBy: [...countedBy] };
    differs = new Map();
    const left: string[] = [];
    for (const line of open) {
      const [a, b] = [first.counts[line], second.counts[line]];
      if (a !== undefined && a === b) agreed.set(line, a);
      else left.push(line);
      if (a !== undefined && b !== undefined && a !== b) differs.set(line, [a, b]);
    }
    open = left;
    round += 1;
  }
}

/** Whether every line was typed twice alike. */
export const isSettled = (state: CountState): boolean => state.open.length === 0;

/**
 * Whether this person may type the next entry.
 *
 * @param otherPersonNeeded  rule pack: archive.second-count-by-other
 */
export const mayTypeNext = (state: CountState, staffId: string, otherPersonNeeded: boolean): boolean =>
  state.first === null || !otherPersonNeeded || state.first.byStaff !== staffId;
