import type { ReadinessItem } from './contract.ts';

/** What the gate looks at before the door opens. */
export interface ReadinessFacts {
  keysOpen: boolean;
  faceEngine: { kind: 'ready' } | { kind: 'unavailable'; code: string };
  readers: readonly { label: string; kind: string }[];
  /** Rooms of the session without any camera in the plan, whether their scores need video all the same, and cameras planned in all. */
  cameras: { planned: number; roomsWithout: string[]; needed: boolean };
  /** Rooms whose panel has fewer examiners than the rule asks, for the parts that need one. */
  panelShort: { room: string; has: number; needs: number }[];
  /** Rooms with a panel that a rule forbids, and the clause; warnings nobody has decided; whether all was handed in. */
  assignment: { unlawful: { room: string; rule: string }[]; undecided: number; submitted: boolean };
  supervisors: number;
  freeBytes: number;
  neededBytes: number;
  /** Wall-clock jumps since the station started. */
  clockJumps: number;
}

const GIB = 1024 ** 3;

/**
 * The readiness gate (考务准备): each item done, to be looked at, or a stop. Only what would make the day unlawful or
 * unrecordable stops it; a lost reader or face engine sends people to the manual lane, which has equal standing.
 */
export function readinessOf(f: ReadinessFacts): ReadinessItem[] {
  const item = (code: ReadinessItem['code'], result: ReadinessItem['result'], facts: Record<string, string> = {}) => ({
    code,
    result,
    facts,
  });
  const gib = (bytes: number) => (bytes / GIB).toFixed(1);
  return [
    item('keys', f.keysOpen ? 'done' : 'stop'),
    f.faceEngine.kind === 'ready' ? item('faces', 'done') : item('faces', 'look', { code: f.faceEngine.code }),
    readerItem(f.readers),
    f.cameras.roomsWithout.length > 0
      ? item('cameras', f.cameras.needed ? 'stop' : 'look', { rooms: f.cameras.roomsWithout.join('、') })
      : item('cameras', 'done', { planned: String(f.cameras.planned) }),
    f.panelShort[0]
      ? item('panel', 'stop', {
          room: f.panelShort[0].room,
          has: String(f.panelShort[0].has),
          needs: String(f.panelShort[0].needs),
        })
      : item('panel', 'done'),
    assignmentItem(f.assignment, item),
    item('supervisor', f.supervisors > 0 ? 'done' : 'look', { present: String(f.supervisors) }),
    item('disk', f.freeBytes < GIB ? 'stop' : f.freeBytes < f.neededBytes ? 'look' : 'done', {
      free: gib(f.freeBytes),
      needed: gib(f.neededBytes),
    }),
    item('clock', f.clockJumps > 0 ? 'look' : 'done', { jumps: String(f.clockJumps) }),
  ];
}

/** A panel that may not mark keeps the door shut; what is only open or not handed in is looked at. */
function assignmentItem(
  { unlawful: [first], undecided, submitted }: ReadinessFacts['assignment'],
  item: (code: 'assignment', result: ReadinessItem['result'], facts?: Record<string, string>) => ReadinessItem,
): ReadinessItem {
  if (first) return item('assignment', 'stop', { room: first.room, rule: first.rule });
  if (submitted && undecided === 0) return item('assignment', 'done');
  return item('assignment', 'look', { undecided: String(undecided), submitted: String(submitted) });
}

/** Every reader of the site counts; a site without one is asked about it too. */
function readerItem(readers: ReadinessFacts['readers']): ReadinessItem {
  const lost = readers.filter((r) => r.kind === 'lost').map((r) => r.label);
  const result = readers.length === 0 || lost.length > 0 ? 'look' : 'done';
  return { code: 'reader', result, facts: { readers: String(readers.length), lost: lost.join('、') } };
}
