import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../lib/clock.ts';
import { residentCardText, specimenWltPhoto } from './cards.ts';
import type { CardRead, IdReader, ReaderState, ReaderTrouble } from './port.ts';
import { openSamReader, type SamReaderOptions } from './sam-session.ts';
import { type SimulatedReader, startSimulatedReader } from './simulated.ts';
import type { ModuleTraits, SimulatedCard } from './simulated-sam.ts';
import type { Transport } from './transport.ts';

/** A way to reach a simulated reader. */
export interface Bench {
  transportTo(reader: SimulatedReader): Promise<Transport>;
  close(): Promise<void>;
}

export const WALL_MS = Date.UTC(2026, 5, 20, 0, 30);
const SAM_ID = '05.01-20200101-0000000001-1';
const QUICK = { pollMs: 2, settleMs: 5, reopenFirstMs: 5, reopenLastMs: 20 };

export const specimenCard = (seed: number): SimulatedCard => ({
  text: residentCardText({
    name: `样本${seed}`,
    sex: '1',
    nation: '01',
    birth: '19900101',
    address: '样本市样本路1号',
    number: '110101199001011237',
    issuer: '样本市公安局',
    validFrom: '20200101',
    validUntil: '长期',
  }),
  photo: specimenWltPhoto(seed),
});

const delivered = (card: SimulatedCard): CardRead => ({
  text: card.text,
  photo: card.photo && { kind: 'wlt', bytes: card.photo },
  samId: SAM_ID,
  readAtMs: WALL_MS,
});

/** What every way of reaching a reader must do, on good days and bad ones. */
export function describeIdReader(name: string, openBench: () => Bench): void {
  describe(name, () => {
    let closers: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closers.reverse()) await close();
      closers = [];
    });

    /** A simulated reader and the driver at the other end of the line. */
    async function door(
      options: Pick<SamReaderOptions, 'withFingerprint' | 'timings'> & { traits?: Partial<ModuleTraits> } = {},
    ) {
      const bench = openBench();
      const peer = await startSimulatedReader({ port: 0, ...(options.traits && { traits: options.traits }) });
      const start = async () => {
        const reader = openSamReader('door-1', await bench.transportTo(peer), {
          clock: new ManualClock(WALL_MS),
          withFingerprint: options.withFingerprint ?? false,
          timings: { ...QUICK, ...options.timings },
        });
        closers.push(() => reader.close());
        return { reader, ...record(reader) };
      };
      closers.push(
        () => bench.close(),
        () => peer.close(),
      );
      return { peer, start };
    }

    test('reads a card once, asks to take it away, and waits again when it is lifted', async () => {
      const { peer, start } = await door();
      const { reader, cards, states } = await start();
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
      expect(states.map((s) => s.kind)).toEqual(['waiting', 'reading', 'take-away', 'waiting']);
      expect(reader.samId()).toBe(SAM_ID);
    });

    test('a card that stays is delivered once, and again only when it is placed again', async () => {
      const { peer, start } = await door();
      const { reader, cards } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      const looks = peer.received('find-card');
      await heard(peer, 'find-card', looks + 3);
      expect(cards).toHaveLength(1);
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1)), delivered(specimenCard(1))]);
    });

    test('the next card may come without a pause between', async () => {
      const { peer, start } = await door();
      const { reader, cards } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      const second = nextCard(reader);
      peer.place(specimenCard(2));
      await second;
      expect(cards).toEqual([delivered(specimenCard(1)), delivered(specimenCard(2))]);
    });

    test('a card read before the station started is asked away, not read', async () => {
      const { peer, start } = await door();
      const first = await start();
      peer.place(specimenCard(1));
      await reached(first.reader, { kind: 'take-away' });
      await first.reader.close();
      const { reader, cards } = await start();
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([]);
    });

    test.each([
      {
        what: 'garbage and lone AA before the frame',
        fault: { kind: 'garbage-before', bytes: Uint8Array.of(0, 0xaa, 0x96, 0xaa) },
      },
      { what: 'a lost first AA', fault: { kind: 'lost-first-byte' } },
      { what: 'pieces of 64 bytes', fault: { kind: 'pieces', sizeBytes: 64 } },
      { what: 'single bytes', fault: { kind: 'pieces', sizeBytes: 1 } },
    ] as const)('reads through $what', async ({ fault }) => {
      const { peer, start } = await door();
      peer.fault(fault);
      const { reader, cards } = await start();
      peer.place(specimenCard(3));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(3))]);
    });

    test('a photo that contains the preamble is not taken for a new frame', async () => {
      const { peer, start } = await door();
      const photo = specimenWltPhoto(4);
      photo.set([0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x00, 0x04, 0x00, 0x00, 0x80, 0x84], 500);
      const card = { ...specimenCard(4), photo };
      const { reader, cards } = await start();
      peer.place(card);
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(card)]);
    });

    test('a card without a photo is read', async () => {
      const { peer, start } = await door();
      const card = { ...specimenCard(5), photo: null };
      const { reader, cards } = await start();
      peer.place(card);
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(card)]);
    });

    test('one wrong checksum is healed by asking again, and noted', async () => {
      const { peer, start } = await door({ traits: { readsTwice: true } });
      peer.fault({ kind: 'wrong-checksum', command: 'read-text-photo', times: 1 });
      const { reader, cards, troubles } = await start();
      peer.place(specimenCard(6));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(6))]);
      expect(troubles).toEqual([{ command: 'read-text-photo', code: 'checksum', status: null }]);
    });

    test.each([
      { kind: 'wrong-checksum', readsTwice: false },
      { kind: 'length-too-big', readsTwice: false },
      { kind: 'wrong-checksum', readsTwice: true },
    ] as const)(
      'a read lost to $kind asks for the card again (second read: $readsTwice)',
      async ({ kind, readsTwice }) => {
        const { peer, start } = await door({ traits: { readsTwice } });
        peer.fault({ kind, command: 'read-text-photo', times: readsTwice ? 2 : 1 });
        const { reader, cards } = await start();
        peer.place(specimenCard(7));
        await reached(reader, { kind: 'replace', reason: 'checksum' });
        await heard(peer, 'find-card', peer.received('find-card') + 3);
        expect(reader.state()).toEqual({ kind: 'replace', reason: 'checksum' });
        peer.lift();
        await reached(reader, { kind: 'waiting' });
        peer.place(specimenCard(7));
        await reached(reader, { kind: 'take-away' });
        expect(cards).toEqual([delivered(specimenCard(7))]);
      },
    );

    test('a module that calls our frame garbled is asked once more', async () => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status: 0x10, command: 'select-card', times: 1 });
      const { reader, cards, troubles } = await start();
      peer.place(specimenCard(8));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toHaveLength(1);
      expect(troubles).toEqual([{ command: 'select-card', code: 'status', status: 0x10 }]);
    });

    test('a failed read asks for the card again once, however often it fails, and then reads it', async () => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status: 0x41, command: 'read-text-photo', times: 4 });
      const { reader, cards, states, troubles } = await start();
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(9));
      await reached(reader, { kind: 'take-away' });
      expect(states.slice(1)).toEqual([
        { kind: 'reading' },
        { kind: 'replace', reason: 'read-failed' },
        { kind: 'take-away' },
      ]);
      expect(cards).toEqual([delivered(specimenCard(9))]);
      expect(troubles).toEqual([{ command: 'read-text-photo', code: 'status', status: 0x41 }]);
    });

    test('two failed selections are nobody’s business', async () => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status: 0x81, command: 'select-card', times: 2 });
      const { reader, states } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(states.map((s) => s.kind).filter((k) => k !== 'waiting')).toEqual(['reading', 'take-away']);
    });

    test('a card that cannot be selected is asked for again, until it is lifted', async () => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status: 0x81, command: 'select-card' });
      const { reader, cards } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'replace', reason: 'select-failed' });
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      expect(cards).toEqual([]);
    });

    test.each([0x31, 0x32, 0x33, 0x40])('status %i leaves the card to an operator', async (status) => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status, command: 'read-text-photo' });
      const { reader, cards } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'rejected', status });
      peer.heal();
      peer.place(specimenCard(2));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(2))]);
    });

    test.each([0x60, 0x66])('status %i takes the reader out of service until the module recovers', async (status) => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status, command: 'sam-status' });
      const { reader } = await start();
      await reached(reader, { kind: 'lost', reason: 'out-of-service', sinceMs: WALL_MS });
      peer.heal();
      await reached(reader, { kind: 'waiting' });
    });

    test('a silent reader is said to be silent, and is found again when it speaks', async () => {
      const { peer, start } = await door({ timings: { replyTimeoutMs: 400 } });
      const { reader, troubles } = await start();
      await reached(reader, { kind: 'waiting' });
      peer.fault({ kind: 'silence' });
      await reached(reader, { kind: 'lost', reason: 'silent', sinceMs: WALL_MS });
      peer.heal();
      await reached(reader, { kind: 'waiting' });
      expect(troubles.map((t) => t.code)).toEqual(['silent']);
    });

    test('unplugged and plugged in again', async () => {
      const { peer, start } = await door();
      const { reader, cards } = await start();
      await reached(reader, { kind: 'waiting' });
      await peer.unplug();
      await reached(reader, { kind: 'lost', reason: 'unplugged', sinceMs: WALL_MS });
      peer.place(specimenCard(1));
      await peer.replug();
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
    });

    test('unplugged in the middle of a read: the card is asked for again, because it was never delivered', async () => {
      const { peer, start } = await door();
      peer.fault({ kind: 'cut', command: 'read-text-photo', afterBytes: 700, times: 1 });
      const { reader, cards } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'lost', reason: 'unplugged', sinceMs: WALL_MS });
      await peer.replug();
      await reached(reader, { kind: 'replace', reason: 'read-failed' });
      expect(cards).toEqual([]);
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
    });

    test('a reader that is not there yet is found when it comes', async () => {
      const { peer, start } = await door();
      await peer.unplug();
      const { reader } = await start();
      await reached(reader, { kind: 'lost', reason: 'not-found', sinceMs: WALL_MS });
      await peer.replug();
      await reached(reader, { kind: 'waiting' });
    });

    test.each([true, false])('asks for the fingerprint and drops it; module knows it: %s', async (knowsFingerprint) => {
      const { peer, start } = await door({ withFingerprint: true, traits: { knowsFingerprint } });
      const { reader, cards } = await start();
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
    });

    test('two readers keep their cards apart', async () => {
      const [left, right] = [await door(), await door()];
      const [a, b] = [await left.start(), await right.start()];
      left.peer.place(specimenCard(1));
      right.peer.place(specimenCard(2));
      await Promise.all([reached(a.reader, { kind: 'take-away' }), reached(b.reader, { kind: 'take-away' })]);
      expect([a.cards, b.cards]).toEqual([[delivered(specimenCard(1))], [delivered(specimenCard(2))]]);
    });

    test('nothing is told after closing', async () => {
      const { peer, start } = await door();
      const { reader, states } = await start();
      await reached(reader, { kind: 'waiting' });
      await reader.close();
      peer.place(specimenCard(1));
      await peer.unplug();
      expect(states).toEqual([{ kind: 'waiting' }]);
    });
  });
}

function record(reader: IdReader) {
  const states: ReaderState[] = [];
  const cards: CardRead[] = [];
  const troubles: ReaderTrouble[] = [];
  reader.onState((s) => {
    // The pseudo terminal may come up a moment after the driver.
    if (states.length > 0 || s.kind !== 'lost') states.push(s);
  });
  reader.onCard((c) => cards.push(c));
  reader.onTrouble((t) => troubles.push(t));
  return { states, cards, troubles };
}

/** Resolves when the reader is in that state, now or later. */
export function reached(reader: IdReader, wanted: ReaderState): Promise<void> {
  const same = (state: ReaderState) => JSON.stringify(state) === JSON.stringify(wanted);
  if (same(reader.state())) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = reader.onState((state) => {
      if (!same(state)) return;
      stop();
      resolve();
    });
  });
}

const nextCard = (reader: IdReader): Promise<CardRead> =>
  new Promise((resolve) => {
    const stop = reader.onCard((card) => {
      stop();
      resolve(card);
    });
  });

/** Resolves when the peer has received a command so often. */
async function heard(peer: SimulatedReader, command: string, times: number): Promise<void> {
  const { setImmediate } = await import('node:timers/promises');
  while (peer.received(command) < times) await setImmediate();
}
