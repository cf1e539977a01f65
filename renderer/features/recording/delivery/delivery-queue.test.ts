import { beforeEach, describe, expect, test } from 'vitest';
import { type DeliveryNews, type DeliveryPort, DeliveryQueue } from './delivery-queue.ts';

/** A station that keeps what it gets, and can be away, forgetful of answers, or full. */
class TestStation implements DeliveryPort {
  calls: string[] = [];
  held = new Map<string, Set<number>>();
  mood: 'well' | 'away' | 'answer-lost' | 'full' | 'signed-out' = 'well';
  /** While set, an answer to `put` waits for it. */
  slowly: Promise<void> | null = null;
  refuse: 'BAD_INTERVAL' | 'TAKEN_OVER' | null = null;

  async start(deskRun: string) {
    this.calls.push(`start ${deskRun}`);
    if (this.mood === 'away') return { kind: 'later', why: 'unreachable' } as const;
    const held = this.held.get(deskRun) ?? new Set();
    this.held.set(deskRun, held);
    return { kind: 'started', recordingId: deskRun, nextSequence: Math.max(-1, ...held) + 1 } as const;
  }
  async put(recordingId: string, { sequence }: { sequence: number }) {
    this.calls.push(`put ${recordingId} ${sequence}`);
    await this.slowly;
    if (this.mood === 'away') return { kind: 'later', why: 'unreachable' } as const;
    if (this.mood === 'full') return { kind: 'later', why: 'disk-full' } as const;
    if (this.mood === 'signed-out') return { kind: 'later', why: 'signed-out' } as const;
    if (this.refuse !== null) return { kind: 'never', code: this.refuse } as const;
    this.held.get(recordingId)?.add(sequence);
    if (this.mood === 'answer-lost') return { kind: 'later', why: 'unreachable' } as const;
    return { kind: 'stored', atMs: 1 } as const;
  }
  async report(fault: string | null) {
    this.calls.push(`report ${fault}`);
    return this.mood === 'away' ? ({ kind: 'later', why: 'unreachable' } as const) : ({ kind: 'done' } as const);
  }
  async stop(recordingId: string, reason: string) {
    this.calls.push(`stop ${recordingId} ${reason}`);
    return { kind: 'done' } as const;
  }
}

const settle = async () => {
  for (let i = 0; i < 60; i += 1) await Promise.resolve();
};
const size = 1_000;

let station: TestStation;
let queue: DeliveryQueue;
let news: DeliveryNews[];
let nowMs: number;
beforeEach(() => {
  station = new TestStation();
  news = [];
  queue = new DeliveryQueue(station, (n) => news.push(n), 5 * size);
  nowMs = 0;
});

const segment = (sequence: number, deskRun = 'A') =>
  queue.push({
    kind: 'segment',
    deskRun,
    sequence,
    beginMs: sequence * 2_000,
    endMs: sequence * 2_000 + 2_000,
    frames: 30,
    bytes: new Blob([new Uint8Array(size)]),
  });
const wait = async (ms: number) => {
  nowMs += ms;
  queue.pump(nowMs);
  await settle();
};
const stored = () => news.flatMap((n) => (n.kind === 'stored' ? n.beginMs / 2_000 : []));

test('one after another, in order, started once', async () => {
  for (const n of [0, 1, 2]) segment(n);
  await wait(0);
  expect(station.calls).toEqual(['start A', 'put A 0', 'put A 1', 'put A 2']);
  expect([stored(), queue.state.segments]).toEqual([[0, 1, 2], 0]);
});

describe('while the station is away', () => {
  test('it is asked ever more rarely, and gets everything once it is back, asked first what it has', async () => {
    segment(0);
    await wait(0);
    station.mood = 'away';
    segment(1);
    segment(2);
    for (let i = 0; i < 200; i += 1) await wait(100);
    expect(station.calls.length).toBeLessThan(14);
    expect(queue.state).toEqual({ segments: 2, bytes: 2 * size, hindrance: 'unreachable' });
    station.mood = 'well';
    station.calls = [];
    await wait(5_000);
    expect(station.calls).toEqual(['start A', 'put A 1', 'put A 2']);
    expect([stored(), queue.state.hindrance]).toEqual([[0, 1, 2], null]);
  });

  test('a segment whose answer was lost is not sent twice', async () => {
    station.mood = 'answer-lost';
    segment(0);
    await wait(0);
    station.mood = 'well';
    await wait(5_000);
    expect(station.calls).toEqual(['start A', 'put A 0', 'start A']);
    expect(news).toEqual([{ kind: 'stored', beginMs: 0, endMs: 2_000, atMs: null }]);
  });

  test('when the queue is full the oldest are given up, and a gap is reported in their place', async () => {
    station.mood = 'away';
    for (let n = 0; n < 8; n += 1) segment(n);
    expect(news.filter((n) => n.kind === 'given-up').map((n) => n.beginMs / 2_000)).toEqual([0, 1, 2]);
    station.mood = 'well';
    await wait(0);
    expect(station.calls).toEqual(['report queue-full', 'start A', ...[3, 4, 5, 6, 7].map((n) => `put A ${n}`)]);
  });
});

test('the segment under way is never the one given up', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  station.slowly = promise;
  segment(0);
  await wait(0);
  for (let n = 1; n < 8; n += 1) segment(n);
  resolve();
  await wait(0);
  expect(stored()).toEqual([0, 4, 5, 6, 7]);
  expect(queue.state).toEqual({ segments: 0, bytes: 0, hindrance: null });
});

test.each(['full', 'signed-out'] as const)('a station that is %s gets the same segment again later', async (mood) => {
  station.mood = mood;
  segment(0);
  await wait(0);
  expect(queue.state.hindrance).toBe(mood === 'full' ? 'disk-full' : 'signed-out');
  station.mood = 'well';
  await wait(5_000);
  expect(stored()).toEqual([0]);
});

test('a segment refused for what it is leaves the queue and is told; the rest goes on', async () => {
  station.refuse = 'BAD_INTERVAL';
  segment(0);
  await wait(0);
  station.refuse = null;
  segment(0, 'B');
  await wait(0);
  expect(news).toEqual([
    { kind: 'refused', code: 'BAD_INTERVAL' },
    { kind: 'stored', beginMs: 0, endMs: 2_000, atMs: 1 },
  ]);
  expect(station.calls).toEqual(['start A', 'put A 0', 'start B', 'put B 0']);
});

test('a camera that was taken over sends nothing more', async () => {
  station.refuse = 'TAKEN_OVER';
  segment(0);
  segment(1);
  await wait(0);
  segment(2);
  await wait(5_000);
  expect(news).toEqual([{ kind: 'ended', code: 'TAKEN_OVER' }]);
  expect(station.calls).toEqual(['start A', 'put A 0']);
});

test('a fault is reported behind what was filmed before it, and the stop behind both', async () => {
  segment(0);
  queue.push({ kind: 'fault', fault: 'unplugged', sinceMs: 2_000 });
  queue.push({ kind: 'stop', reason: 'operator' });
  await wait(0);
  expect(station.calls).toEqual(['start A', 'put A 0', 'report unplugged', 'stop A operator']);
  expect(news.at(-1)).toEqual({ kind: 'stopped' });
});
