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
  /** Nothing is open: the next fragment must open a segment. */
  closed = false;

  async start(deskRun: string) {
    this.calls.push(`start ${deskRun}`);
    if (this.mood === 'away') return { kind: 'later', why: 'unreachable' } as const;
    const held = this.held.get(deskRun) ?? new Set();
    this.held.set(deskRun, held);
    return { kind: 'started', recordingId: deskRun, nextSequence: Math.max(-1, ...held) + 1 } as const;
  }
  async put(recordingId: string, { sequence }: { sequence: number }, opens: boolean) {
    this.calls.push(`put ${recordingId} ${sequence}${opens ? ' opening' : ''}`);
    await this.slowly;
    if (this.closed && !opens) return { kind: 'must-open' } as const;
    this.closed = false;
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

const fragment = (sequence: number, deskRun = 'A') =>
  queue.push({
    kind: 'fragment',
    deskRun,
    sequence,
    opens: false,
    closes: false,
    beginMs: sequence * 1_000,
    endMs: sequence * 1_000 + 1_000,
    firstMonoMs: sequence * 1_000,
    lastMonoMs: sequence * 1_000 + 934,
    frames: 15,
    init: new Blob([new Uint8Array(7)]),
    media: new Blob([new Uint8Array(size)]),
  });
const wait = async (ms: number) => {
  nowMs += ms;
  queue.pump(nowMs);
  await settle();
};
const stored = () => news.flatMap((n) => (n.kind === 'stored' ? n.beginMs / 1_000 : []));

test('one after another, in order, started once', async () => {
  for (const n of [0, 1, 2]) fragment(n);
  await wait(0);
  expect(station.calls).toEqual(['start A', 'put A 0', 'put A 1', 'put A 2']);
  expect([stored(), queue.state.fragments]).toEqual([[0, 1, 2], 0]);
});

describe('while the station is away', () => {
  test('it is asked ever more rarely, and gets everything once it is back, asked first what it has', async () => {
    fragment(0);
    await wait(0);
    station.mood = 'away';
    fragment(1);
    fragment(2);
    for (let i = 0; i < 200; i += 1) await wait(100);
    expect(station.calls.length).toBeLessThan(14);
    expect(queue.state).toEqual({ fragments: 2, bytes: 2 * size, hindrance: 'unreachable' });
    station.mood = 'well';
    station.calls = [];
    await wait(5_000);
    expect(station.calls).toEqual(['start A', 'put A 1', 'put A 2']);
    expect([stored(), queue.state.hindrance]).toEqual([[0, 1, 2], null]);
  });

  test('a fragment whose answer was lost is not sent twice', async () => {
    station.mood = 'answer-lost';
    fragment(0);
    await wait(0);
    station.mood = 'well';
    await wait(5_000);
    expect(station.calls).toEqual(['start A', 'put A 0', 'start A']);
    expect(news).toEqual([{ kind: 'stored', beginMs: 0, endMs: 1_000, atMs: null }]);
  });

  test('when the queue is full the oldest are given up, and a gap is reported in their place', async () => {
    station.mood = 'away';
    for (let n = 0; n < 8; n += 1) fragment(n);
    expect(news.filter((n) => n.kind === 'given-up').map((n) => n.beginMs / 1_000)).toEqual([0, 1, 2]);
    station.mood = 'well';
    await wait(0);
    expect(station.calls).toEqual(['report queue-full', 'start A', ...[3, 4, 5, 6, 7].map((n) => `put A ${n}`)]);
  });
});

test('the fragment under way is never the one given up', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  station.slowly = promise;
  fragment(0);
  await wait(0);
  for (let n = 1; n < 8; n += 1) fragment(n);
  resolve();
  await wait(0);
  expect(stored()).toEqual([0, 4, 5, 6, 7]);
  expect(queue.state).toEqual({ fragments: 0, bytes: 0, hindrance: null });
});

test.each(['full', 'signed-out'] as const)('a station that is %s gets the same fragment again later', async (mood) => {
  station.mood = mood;
  fragment(0);
  await wait(0);
  expect(queue.state.hindrance).toBe(mood === 'full' ? 'disk-full' : 'signed-out');
  station.mood = 'well';
  await wait(5_000);
  expect(stored()).toEqual([0]);
});

test('a fragment refused for what it is leaves the queue and is told; the rest goes on', async () => {
  station.refuse = 'BAD_INTERVAL';
  fragment(0);
  await wait(0);
  station.refuse = null;
  fragment(0, 'B');
  await wait(0);
  expect(news).toEqual([
    { kind: 'refused', code: 'BAD_INTERVAL' },
    { kind: 'stored', beginMs: 0, endMs: 1_000, atMs: 1 },
  ]);
  expect(station.calls).toEqual(['start A', 'put A 0', 'start B', 'put B 0']);
});

test('a camera that was taken over sends nothing more', async () => {
  station.refuse = 'TAKEN_OVER';
  fragment(0);
  fragment(1);
  await wait(0);
  fragment(2);
  await wait(5_000);
  expect(news).toEqual([{ kind: 'ended', code: 'TAKEN_OVER' }]);
  expect(station.calls).toEqual(['start A', 'put A 0']);
});

test('a fault is reported behind what was filmed before it, and the stop behind both', async () => {
  fragment(0);
  queue.push({ kind: 'fault', fault: 'unplugged', sinceMs: 1_000 });
  queue.push({ kind: 'stop', reason: 'operator' });
  await wait(0);
  expect(station.calls).toEqual(['start A', 'put A 0', 'report unplugged', 'stop A operator']);
  expect(news.at(-1)).toEqual({ kind: 'stopped' });
});

test('where the station has nothing open, the same fragment goes again at once as one that opens a segment', async () => {
  station.closed = true;
  fragment(0);
  fragment(1);
  await wait(0);
  expect(station.calls).toEqual(['start A', 'put A 0', 'put A 0 opening', 'put A 1']);
  expect(stored()).toEqual([0, 1]);
});
