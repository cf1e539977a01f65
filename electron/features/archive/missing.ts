import type { MissingItem } from './contract.ts';

/** What the volumes are measured against. */
export interface VolumeFacts {
  rooms: {
    roomId: string;
    name: string;
    panel: number;
    locked: number;
    signed: number;
    spreadOpen: string[];
    needsMarks: boolean;
    /** Admitted candidates who have neither passed nor failed. */
    unconfirmed: number;
    /** Seats of those drawn for a re-check in the room that nobody has done. */
    rechecksOpen: string[];
    /** Inspections drawn for this room that are not on record, and those not signed. */
    inspectionsOpen: { undone: number; unsigned: number };
    /** Clauses that forbid the panel in force. */
    panelAgainst: string[];
    cameras: { cameraId: string; label: string; segments: number; gaps: { beginMs: number; endMs: number | null }[] }[];
  }[];
  setAside: number;
  supervisors: number;
  /** Whether the centre's card has a key for it, and how many records were sealed apart. */
  supervisorRecords: { key: boolean; written: number };
  paper: { settled: boolean; rooms: { roomId: string; name: string; expected: number; pieces: number | null }[] };
  /** Gaps shorter than this are listed in the record but need no declaration. Rule pack: recording.gap-limit-seconds. */
  gapLimitMs: number;
}

type Undeclared = Omit<MissingItem, 'declared'>;

/** Everything the five volumes should hold and do not. Missing things are declared with a reason, never made up. */
export function missingItems(f: VolumeFacts): Undeclared[] {
  const missing: Undeclared[] = [];
  const add = (code: MissingItem['code'], key: string, facts: Record<string, string>) =>
    missing.push({ itemId: `${code}:${key}`, code, facts });
  for (const room of f.rooms) {
    for (const camera of room.cameras) {
      const at = { room: room.name, camera: camera.label };
      if (camera.segments === 0) add('no-recording', camera.cameraId, at);
      for (const gap of camera.gaps) {
        const lengthMs = gap.endMs === null ? Number.POSITIVE_INFINITY : gap.endMs - gap.beginMs;
        if (lengthMs <= f.gapLimitMs) continue;
        const endMs = gap.endMs === null ? '' : String(gap.endMs);
        add('gap', `${camera.cameraId}:${gap.beginMs}`, { ...at, beginMs: String(gap.beginMs), endMs });
      }
    }
    if (room.rechecksOpen.length > 0) {
      const facts = { room: room.name, count: String(room.rechecksOpen.length), seats: room.rechecksOpen.join('、') };
      add('rechecks-not-done', room.roomId, facts);
    }
    const { undone, unsigned } = room.inspectionsOpen;
    if (undone + unsigned > 0) {
      const facts = { room: room.name, undone: String(undone), unsigned: String(unsigned) };
      add('inspection-open', room.roomId, facts);
    }
    if (room.panelAgainst.length > 0) {
      add('panel-unlawful', room.roomId, { room: room.name, rules: room.panelAgainst.join('、') });
    }
    if (!room.needsMarks) continue;
    if (room.locked < room.panel) {
      add('marks-not-locked', room.roomId, { room: room.name, missing: String(room.panel - room.locked) });
    } else if (room.signed < room.panel) {
      add('marks-not-signed', room.roomId, { room: room.name, missing: String(room.panel - room.signed) });
    }
    if (room.spreadOpen.length > 0) {
      add('spread-open', room.roomId, { room: room.name, numbers: room.spreadOpen.join('、') });
    }
    // Sheets that are not locked or signed leave everybody of the room without a result: that is one thing to declare.
    const unexplained = room.signed < room.panel ? 0 : room.unconfirmed - room.spreadOpen.length;
    if (unexplained > 0) add('not-confirmed', room.roomId, { room: room.name, count: String(unexplained) });
  }
  if (f.supervisors === 0) add('no-supervisor', 'session', {});
  else if (f.supervisorRecords.key && f.supervisorRecords.written === 0) add('no-supervisor-record', 'session', {});
  if (!f.paper.settled) add('paper-not-counted', 'session', {});
  for (const { roomId, name, expected, pieces } of f.paper.settled ? f.paper.rooms : []) {
    if (pieces === expected) continue;
    add('paper-differs', roomId, { room: name, expected: String(expected), pieces: String(pieces) });
  }
  if (f.setAside > 0) add('set-aside', 'session', { count: String(f.setAside) });
  return missing;
}

const DAY_MS = 24 * 3600_000;

/** End of the n-th working day after `fromMs`, Saturdays and Sundays not counted, in the site's time zone. */
export function deliverBy(fromMs: number, workingDays: number): number {
  const day = new Date(fromMs);
  day.setHours(0, 0, 0, 0);
  for (let left = workingDays; left > 0; ) {
    day.setDate(day.getDate() + 1);
    if (day.getDay() !== 0 && day.getDay() !== 6) left -= 1;
  }
  return day.getTime() + DAY_MS - 1;
}
