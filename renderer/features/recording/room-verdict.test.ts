import { expect, test } from 'vitest';
import type { SessionState } from '../../../electron/features/session/contract.ts';
import { type RoomVerdict, roomVerdict, type TileState, tileState } from './room-verdict.ts';

const recording: TileState = { kind: 'recording' };
const fault = (sinceMs: number, storing = false, weak = false): TileState => ({
  kind: 'fault',
  fault: weak ? 'slow-encoder' : storing ? 'black' : 'stalled',
  sinceMs,
  attempts: 0,
  storing,
  weak,
});

test.each<[string, TileState[], SessionState, RoomVerdict]>([
  ['no camera in the plan', [], 'running', { kind: 'no-cameras' }],
  ['before the door opens', [{ kind: 'not-started' }], 'preparing', { kind: 'not-open' }],
  ['open, nothing on', [{ kind: 'not-started' }, { kind: 'not-started' }], 'open', { kind: 'ready' }],
  ['one still opening', [recording, { kind: 'opening' }], 'running', { kind: 'opening' }],
  ['all on', [recording, recording], 'running', { kind: 'recording' }],
  ['one off', [recording, fault(5), recording], 'running', { kind: 'fault', camera: 1, others: 2, faulty: 1 }],
  ['the one off longest first', [fault(9), fault(5)], 'running', { kind: 'fault', camera: 1, others: 0, faulty: 2 }],
  ['off before black', [fault(5, true), fault(9)], 'running', { kind: 'fault', camera: 1, others: 0, faulty: 2 }],
  [
    'black before weak',
    [fault(5, true, true), fault(9, true)],
    'open',
    { kind: 'fault', camera: 1, others: 0, faulty: 2 },
  ],
  [
    'a fault before an opening',
    [{ kind: 'opening' }, fault(9)],
    'open',
    { kind: 'fault', camera: 1, others: 0, faulty: 1 },
  ],
  ['taken over', [{ kind: 'refused', code: 'TAKEN_OVER' }], 'running', { kind: 'refused', code: 'TAKEN_OVER' }],
  ['on at another desk', [{ kind: 'elsewhere' }], 'running', { kind: 'elsewhere' }],
  ['delivering the rest', [{ kind: 'stopping' }, { kind: 'stopped' }], 'closed', { kind: 'stopping' }],
  ['stopped by hand', [{ kind: 'stopped' }], 'running', { kind: 'stopped' }],
  ['over, recorded', [{ kind: 'stopped' }], 'closed', { kind: 'stopped' }],
  ['over, never recorded', [{ kind: 'not-started' }], 'sealed', { kind: 'closed' }],
])('%s', (_name, tiles, session, verdict) => {
  expect(roomVerdict(tiles, session)).toEqual(verdict);
});

test('a planned camera without a device is a fault as soon as the others record, unless another desk has it', () => {
  const elsewhere = { kind: 'recording', recordingId: 'V', sinceMs: 0, storedUntilMs: 0 } as const;
  expect(tileState(null, { kind: 'not-started' }, null)).toEqual({ kind: 'not-started' });
  expect(tileState(null, { kind: 'not-started' }, 7)).toMatchObject({ kind: 'fault', fault: 'absent', sinceMs: 7 });
  expect(tileState(null, elsewhere, 7)).toEqual({ kind: 'elsewhere' });
});

test('a station without room is a fault of the desk too, since when nothing is stored; a fault of the camera comes first', () => {
  const silent = { kind: 'silent', recordingId: 'V', sinceMs: 3, reason: 'disk-full' } as const;
  expect(tileState({ kind: 'recording' }, silent, 0, 7)).toMatchObject({
    kind: 'fault',
    fault: 'disk-full',
    sinceMs: 3,
  });
  const out = { kind: 'fault', fault: 'unplugged', sinceMs: 5, attempts: 0 } as const;
  expect(tileState(out, silent, 0, 7)).toMatchObject({ fault: 'unplugged', sinceMs: 5 });
  expect(tileState({ kind: 'recording' }, silent, 0, null)).toEqual({ kind: 'recording' });
});
