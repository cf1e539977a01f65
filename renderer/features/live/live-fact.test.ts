import { expect, test } from 'vitest';
import type { LiveState } from '../../../electron/features/supervision/contract.ts';
import type { CameraId } from '../../../electron/lib/ids.ts';
import { type LiveFactNow, liveFact } from './live-fact.ts';
import type { RoomLiveView } from './room-live.ts';

type Asked = NonNullable<RoomLiveView['asked']>;
const asked = (wanted: boolean, way: Asked['way'] = 'centre') => ({ way, wanted }) as Asked;
const fact = (states: LiveState[], change: Partial<RoomLiveView> = {}): LiveFactNow | null =>
  liveFact({
    asked: asked(true),
    cameras: new Map(states.map((state, i) => [`CAM-${i}` as CameraId, state])),
    hindrance: null,
    room: 'all',
    ...change,
  });

test.each<[string, LiveFactNow | null, LiveFactNow | null]>([
  ['nothing is set up', fact(['off'], { asked: asked(false, 'none') }), null],
  ['nobody looks', fact(['off'], { asked: asked(false) }), { kind: 'off', tone: 'not-done' }],
  ['both cameras go out', fact(['live', 'live']), { kind: 'sent', cameras: 2, isSmall: false, tone: 'done' }],
  [
    'recording needs room',
    fact(['live'], { room: 'small' }),
    { kind: 'sent', cameras: 1, isSmall: true, tone: 'look' },
  ],
  ['recording needs all', fact(['giving-way']), { kind: 'giving-way', tone: 'look' }],
  [
    'the network is away',
    fact(['waiting'], { hindrance: 'broken' }),
    { kind: 'hindered', reason: 'broken', tone: 'not-done' },
  ],
  ['on the way', fact(['opening']), { kind: 'opening', tone: 'not-done' }],
  ['nothing is recorded here', fact(['no-camera']), { kind: 'no-camera', tone: 'not-done' }],
])('%s', (_, found, expected) => {
  expect(found).toEqual(expected);
});
