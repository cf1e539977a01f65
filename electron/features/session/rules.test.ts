import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CameraId, RoomId } from '../../lib/ids.ts';
import type { CameraView } from '../recording/contract.ts';
import { type AlarmFacts, alarmsOf } from './alarms.ts';
import { SessionState } from './contract.ts';
import { type ReadinessFacts, readinessOf } from './readiness.ts';
import { admissionWindow, type Step, stateOf } from './rules.ts';

describe('the state of a session', () => {
  test.each([
    [[], 99, 'preparing'],
    [[], 100, 'preparing'],
    [['open'], 99, 'open'],
    [['open'], 100, 'running'],
    [['open', 'closed'], 50, 'closed'],
    [['open', 'closed', 'sealed'], 500, 'sealed'],
  ] as const)('after %j at %i: %s', (steps, nowMs, expected) => {
    expect(stateOf(steps, 100, nowMs)).toBe(expected);
  });

  test('never goes backwards while time and steps go on', () => {
    const order = SessionState.options;
    const all: Step[] = ['open', 'closed', 'sealed'];
    fc.assert(
      fc.property(
        fc.nat(3),
        fc.nat(3),
        fc.nat(1000),
        fc.nat(1000),
        fc.nat(1000),
        (n, more, startsAtMs, nowMs, later) => {
          const before = stateOf(all.slice(0, n), startsAtMs, nowMs);
          const after = stateOf(all.slice(0, Math.max(n, more)), startsAtMs, nowMs + later);
          expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
        },
      ),
    );
  });

  test('the door opens so many minutes before the start and closes so many after', () => {
    const rules = { 'admission.enter-before-minutes': 15, 'admission.late-after-minutes': 30 };
    expect(admissionWindow(1e12, rules)).toEqual({ opensAtMs: 1e12 - 900_000, lateAtMs: 1e12 + 1_800_000 });
  });
});

const GIB = 1024 ** 3;
const ready: ReadinessFacts = {
  keysOpen: true,
  faceEngine: { kind: 'ready' },
  readers: [{ label: '读卡器 1', kind: 'waiting' }],
  cameras: { planned: 2, roomsWithout: [], needed: true },
  panelShort: [],
  assignment: { unlawful: [], undecided: 0, submitted: true },
  supervisors: 1,
  freeBytes: 100 * GIB,
  neededBytes: 10 * GIB,
  clockJumps: 0,
};

describe('readiness', () => {
  test('everything done', () => {
    expect(readinessOf(ready).map((i) => i.result)).toEqual(Array(9).fill('done'));
  });

  test.each<[string, Partial<ReadinessFacts>, string]>([
    ['keys', { keysOpen: false }, 'stop'],
    ['faces', { faceEngine: { kind: 'unavailable', code: 'left-out' } }, 'look'],
    ['reader', { readers: [] }, 'look'],
    [
      'reader',
      {
        readers: [
          { label: '一号', kind: 'waiting' },
          { label: '二号', kind: 'lost' },
        ],
      },
      'look',
    ],
    ['cameras', { cameras: { planned: 1, roomsWithout: ['202'], needed: true } }, 'stop'],
    ['cameras', { cameras: { planned: 1, roomsWithout: ['202'], needed: false } }, 'look'],
    ['panel', { panelShort: [{ room: '201', has: 1, needs: 2 }] }, 'stop'],
    [
      'assignment',
      { assignment: { unlawful: [{ room: '201', rule: 'recusal.kin' }], undecided: 0, submitted: true } },
      'stop',
    ],
    ['assignment', { assignment: { unlawful: [], undecided: 2, submitted: true } }, 'look'],
    ['assignment', { assignment: { unlawful: [], undecided: 0, submitted: false } }, 'look'],
    ['supervisor', { supervisors: 0 }, 'look'],
    ['disk', { freeBytes: 9 * GIB }, 'look'],
    ['disk', { freeBytes: GIB - 1 }, 'stop'],
    ['clock', { clockJumps: 1 }, 'look'],
  ])('%s: %j is %s, and it alone', (code, fact, expected) => {
    const notDone = readinessOf({ ...ready, ...fact }).filter((i) => i.result !== 'done');
    expect(notDone.map((i) => [i.code, i.result])).toEqual([[code, expected]]);
  });
});

const camera = (state: CameraView['state']): CameraView => ({
  cameraId: 'K1' as CameraId,
  label: '全景',
  deskRun: null,
  deviceLabel: null,
  state,
  stored: [],
  gaps: [],
  weak: null,
  segments: 0,
  bytes: 0,
});
const recording = camera({ kind: 'recording', recordingId: 'R', sinceMs: 0, storedUntilMs: 1 });
const room = { roomId: '201' as RoomId, name: '201 考场', cameras: [recording], panel: { present: 2, needed: 2 } };
const calm: AlarmFacts = {
  nowMs: 1_000_000,
  state: 'running',
  startsAtMs: 900_000,
  rooms: [room],
  readers: [{ readerId: 'R1', label: '读卡器 1', kind: 'waiting', sinceMs: 0 }],
  calls: [],
  lateLikenesses: [],
  panelFacts: [],
  doubts: [],
  freeBytes: 100 * GIB,
  lastJump: null,
};
const silent = camera({ kind: 'silent', recordingId: 'R', sinceMs: 950_000, reason: 'unplugged' });
const call = { kind: 'doubt' as const, roomId: '201' as RoomId, lane: 1, sinceMs: 1, name: '赵一（样本）' };
const bad: [string, Partial<AlarmFacts>][] = [
  ['camera-silent', { rooms: [{ ...room, cameras: [silent] }] }],
  ['camera-weak', { rooms: [{ ...room, cameras: [{ ...recording, weak: { reason: 'slow-encoder', sinceMs: 1 } }] }] }],
  ['camera-not-started', { rooms: [{ ...room, cameras: [camera({ kind: 'not-started' })] }] }],
  ['panel-short', { rooms: [{ ...room, panel: { present: 1, needed: 2 } }] }],
  [
    'panel-facts',
    {
      panelFacts: [
        { roomId: room.roomId, atMs: 1, finding: { ruleId: 'recusal.kin', severity: 'block', source: '样本' } },
      ],
    },
  ],
  ['person-called', { calls: [call] }],
  [
    'impersonation-late',
    { lateLikenesses: [{ suspicionId: 7, roomId: call.roomId, lane: 1, atMs: 1, name: '考生（样本）' }] },
  ],
  [
    'recheck-doubt',
    { doubts: [{ recheckId: 'K1', roomId: call.roomId, atMs: 1, name: '考生（样本）', seat: '1 号工位' }] },
  ],
  ['impersonation', { calls: [{ ...call, kind: 'impersonation' }] }],
  ['reader-lost', { readers: [{ readerId: 'R2', label: '二号', kind: 'lost', sinceMs: 5 }] }],
  ['disk-low', { freeBytes: 4 * GIB }],
  ['clock-jump', { lastJump: { atMs: 990_000, jumpMs: 60_000 } }],
];

describe('alarms', () => {
  test('none on a calm day', () => expect(alarmsOf(calm)).toEqual([]));
  test.each(bad)('%s', (code, fact) => expect(alarmsOf({ ...calm, ...fact }).map((a) => a.code)).toEqual([code]));

  test('every lost reader is an alarm of its own, and named', () => {
    const lost = (readerId: string) => ({ readerId, label: `${readerId} 号`, kind: 'lost', sinceMs: 5 });
    const alarms = alarmsOf({ ...calm, readers: [lost('R1'), ...calm.readers, lost('R2')] });
    expect(alarms.map((a) => a.facts.reader)).toEqual(['R1 号', 'R2 号']);
    expect(new Set(alarms.map((a) => a.alarmId)).size).toBe(2);
  });

  test('nobody marks and nothing records yet while the door is open before the start', () => {
    const [, notStarted] = bad[2]!;
    const [, short] = bad[3]!;
    expect(alarmsOf({ ...calm, ...notStarted, state: 'open' })).toEqual([]);
    expect(alarmsOf({ ...calm, ...short, state: 'open' })).toEqual([]);
  });
  test('two lanes of one door call each for itself', () => {
    const alarms = alarmsOf({ ...calm, calls: [call, { ...call, lane: 2, sinceMs: 2 }] });
    expect(alarms.map((a) => [a.alarmId, a.facts.lane])).toEqual([
      ['person-called:201:1', '1'],
      ['person-called:201:2', '2'],
    ]);
  });
  test('a jump is shown for ten minutes', () => {
    expect(alarmsOf({ ...calm, lastJump: { atMs: calm.nowMs - 600_000, jumpMs: 1 } })).toEqual([]);
  });

  test('silent before the door opens and after the end; what stops comes before what is to be looked at; ids are unique', () => {
    fc.assert(
      fc.property(fc.subarray(bad), fc.constantFrom(...SessionState.options), (facts, state) => {
        const alarms = alarmsOf({ ...calm, ...Object.assign({}, ...facts.map(([, fact]) => fact)), state });
        if (state !== 'open' && state !== 'running') expect(alarms).toEqual([]);
        expect(alarms.map((a) => a.level)).toEqual(alarms.map((a) => a.level).sort((a, b) => (a < b ? 1 : -1)));
        expect(new Set(alarms.map((a) => a.alarmId)).size).toBe(alarms.length);
      }),
    );
  });
});
