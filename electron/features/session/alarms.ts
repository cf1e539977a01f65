import type { RoomId } from '../../lib/ids.ts';
import type { CameraView } from '../recording/contract.ts';
import type { Alarm, SessionState } from './contract.ts';

export interface AlarmFacts {
  nowMs: number;
  state: SessionState;
  startsAtMs: number;
  rooms: { roomId: RoomId; name: string; cameras: readonly CameraView[]; panel: { present: number; needed: number } }[];
  readers: readonly { readerId: string; label: string; kind: string; sinceMs: number }[];
  /** Lanes of doors at which somebody waits for a person: over a doubt, or because the lead was called to a possible impersonation. */
  calls: { kind: 'doubt' | 'impersonation'; roomId: RoomId; lane: number; sinceMs: number; name: string }[];
  /** Faces taken for somebody else's after their attempt was closed; the lead decides. */
  lateLikenesses: { suspicionId: number; roomId: RoomId; lane: number; atMs: number; name: string }[];
  /** By room, the gravest thing that the rules find about a panel by now, were not told at its assignment, and nobody decided. */
  panelFacts: {
    roomId: RoomId;
    atMs: number | null;
    finding: { ruleId: string; severity: 'block' | 'warn'; source: string };
  }[];
  /** Re-checks in the room that two persons doubted. */
  doubts: { recheckId: string; roomId: RoomId; atMs: number; name: string; seat: string }[];
  freeBytes: number;
  lastJump: { atMs: number; jumpMs: number } | null;
}

const LOW_DISK_BYTES = 5 * 1024 ** 3;
const JUMP_SHOWN_MS = 10 * 60_000;

/** What somebody has to do something about now, worst first. Nothing is alarming before the door opens or after the end. */
export function alarmsOf(f: AlarmFacts): Alarm[] {
  if (f.state !== 'open' && f.state !== 'running') return [];
  const alarms: Alarm[] = [];
  const add = (
    level: Alarm['level'],
    code: Alarm['code'],
    roomId: RoomId | null,
    sinceMs: number,
    facts: Record<string, string>,
  ) =>
    alarms.push({
      alarmId: `${code}:${roomId ?? ''}:${facts.camera ?? facts.recheckId ?? facts.suspicionId ?? facts.readerId ?? facts.lane ?? ''}`,
      level,
      code,
      roomId,
      sinceMs,
      facts,
    });

  for (const room of f.rooms) {
    for (const camera of room.cameras) {
      const at = { room: room.name, camera: camera.label };
      if (camera.state.kind === 'silent') {
        add('stop', 'camera-silent', room.roomId, camera.state.sinceMs, { ...at, reason: camera.state.reason ?? '' });
      } else if (camera.weak !== null) {
        add('look', 'camera-weak', room.roomId, camera.weak.sinceMs, { ...at, reason: camera.weak.reason });
      } else if (camera.state.kind === 'not-started' && f.state === 'running') {
        add('stop', 'camera-not-started', room.roomId, f.startsAtMs, at);
      }
    }
    if (f.state === 'running' && room.panel.present < room.panel.needed) {
      const { present, needed } = room.panel;
      add('look', 'panel-short', room.roomId, f.startsAtMs, {
        room: room.name,
        present: String(present),
        needed: String(needed),
      });
    }
  }
  for (const { roomId, atMs, finding } of f.panelFacts) {
    const facts = { rule: finding.ruleId, source: finding.source };
    add(finding.severity === 'block' ? 'stop' : 'look', 'panel-facts', roomId, atMs ?? f.nowMs, facts);
  }
  for (const { kind, roomId, lane, sinceMs, name } of f.calls) {
    const facts = { name, lane: String(lane) };
    if (kind === 'impersonation') add('stop', 'impersonation', roomId, sinceMs, facts);
    else add('look', 'person-called', roomId, sinceMs, facts);
  }
  for (const { suspicionId, roomId, lane, atMs, name } of f.lateLikenesses) {
    const facts = { name, lane: String(lane), suspicionId: String(suspicionId) };
    add('stop', 'impersonation-late', roomId, atMs, facts);
  }
  for (const { recheckId, roomId, atMs, name, seat } of f.doubts) {
    add('stop', 'recheck-doubt', roomId, atMs, { recheckId, name, seat });
  }
  for (const { readerId, label, kind, sinceMs } of f.readers) {
    if (kind === 'lost') add('look', 'reader-lost', null, sinceMs, { reader: label, readerId });
  }
  if (f.freeBytes < LOW_DISK_BYTES)
    add('stop', 'disk-low', null, f.nowMs, { freeGiB: (f.freeBytes / 1024 ** 3).toFixed(1) });
  if (f.lastJump && f.nowMs - f.lastJump.atMs < JUMP_SHOWN_MS) {
    add('look', 'clock-jump', null, f.lastJump.atMs, { seconds: String(Math.round(f.lastJump.jumpMs / 1000)) });
  }
  return alarms.sort((a, b) => Number(b.level === 'stop') - Number(a.level === 'stop') || a.sinceMs - b.sinceMs);
}
