import { expect, test } from 'vitest';
import type { Alarm, RoomRow, SessionRow, SessionState } from '../../../electron/features/session/contract.ts';
import { RoomId, SessionId } from '../../../electron/lib/ids.ts';
import { currentSession } from './current-session.ts';
import { examSteps } from './exam-steps.ts';
import { roomStatus } from './room-status.ts';

const room = (marking: RoomRow['marking']): RoomRow => ({
  roomId: RoomId.parse('R1'),
  name: 'R1',
  location: '',
  counts: { expected: 0, admitted: 0, byHand: 0, away: 0, setAside: 0, notYet: 0, absent: 0 },
  cameras: { recording: 0, total: 0 },
  staff: { present: 0, needed: 0 },
  marking,
});

const session = (state: SessionState, id = 'S1', startsAtMs = 0): SessionRow => ({
  sessionId: SessionId.parse(id),
  label: id,
  part: 'skills',
  occupation: '',
  level: '4',
  startsAtMs,
  endsAtMs: 1,
  state,
});

const stepsAt = (state: SessionState, signed: number) =>
  examSteps({ session: session(state), rooms: [room({ locked: 0, signed, panel: 3 })], steps: [] })
    .map((s) => (s.state === 'done' ? 'x' : s.state === 'now' ? '>' : '.'))
    .join('');

test.each([
  ['preparing', 0, '>.....'],
  ['open', 0, 'x>....'],
  ['running', 0, 'xx>...'],
  ['closed', 2, 'xxxx>.'],
  ['closed', 3, 'xxxxx>'],
  ['sealed', 3, 'xxxxxx'],
] as const)('%s with %i of 3 signed stands at %s', (state, signed, bar) => {
  expect(stepsAt(state, signed)).toBe(bar);
});

test('a room shows its worst alarm, a stop before an older warning', () => {
  const alarm = (level: Alarm['level'], sinceMs: number, roomId = 'R1'): Alarm => ({
    alarmId: `${level}${sinceMs}`,
    level,
    code: 'disk-low',
    roomId: RoomId.parse(roomId),
    sinceMs,
    facts: {},
  });
  const here = room({ locked: 0, signed: 0, panel: 0 });
  const alarms = [alarm('look', 1), alarm('stop', 9), alarm('stop', 0, 'R2')];
  expect(roomStatus(here, 'running', alarms)).toEqual({ kind: 'alarm', alarm: alarms[1] });
  expect(roomStatus(here, 'running', [])).toEqual({ kind: 'fine' });
});

test('the office opens at what is going on, then at what is left to close, then at what comes next', () => {
  const id = (...rows: SessionRow[]) => currentSession(rows)?.sessionId ?? null;
  const [sealed, closed] = [session('sealed', 'A', 1), session('closed', 'B', 2)];
  const [running, next] = [session('running', 'C', 3), session('preparing', 'D', 4)];
  expect(id(next, running, closed, sealed)).toBe('C');
  expect(id(next, closed, sealed)).toBe('B');
  expect(id(next, sealed)).toBe('D');
  expect(id(sealed)).toBe('A');
  expect(id()).toBeNull();
});
