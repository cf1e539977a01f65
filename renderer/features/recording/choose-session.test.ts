import { expect, test } from 'vitest';
import type { PlanOverview } from '../../../electron/features/plan/contract.ts';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import { RoomId, SessionId } from '../../../electron/lib/ids.ts';
import { sessionOfRoom } from './choose-session.ts';

const roomId = RoomId.parse('R1');
const row = (id: string, startsAtMs: number, state: SessionRow['state']): SessionRow => ({
  sessionId: SessionId.parse(id),
  label: id,
  part: 'theory',
  occupation: '保育师',
  level: '4',
  startsAtMs,
  endsAtMs: startsAtMs + 1,
  state,
});
const room = { roomId, name: '第 1 考场', location: '201', candidates: 1, cameras: [] };
const chosen = (rows: SessionRow[]) => {
  const sessions = rows.map((r) => ({ ...r, part: 'theory' as const, rooms: [room] }));
  return sessionOfRoom({ sessions } as unknown as PlanOverview, rows, roomId)?.session.sessionId ?? null;
};

test.each<[string, SessionRow[], string | null]>([
  ['the running one', [row('A', 1, 'closed'), row('B', 2, 'running'), row('C', 3, 'preparing')], 'B'],
  ['an open one before the next', [row('A', 1, 'preparing'), row('B', 2, 'open')], 'B'],
  ['the next to come', [row('C', 3, 'preparing'), row('B', 2, 'preparing'), row('A', 1, 'closed')], 'B'],
  ['the last that ended', [row('A', 1, 'closed'), row('B', 2, 'closed')], 'B'],
  ['none', [], null],
])('%s', (_name, rows, sessionId) => {
  expect(chosen(rows)).toBe(sessionId);
});

test('a room the plan never uses has no session', () => {
  const plan = { sessions: [{ ...row('A', 1, 'running'), rooms: [room] }] } as unknown as PlanOverview;
  expect(sessionOfRoom(plan, [row('A', 1, 'running')], RoomId.parse('R9'))).toBeNull();
});
