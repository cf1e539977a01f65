import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../lib/clock.ts';
import {
  type Bench,
  describeIdReader,
  describeStatuses,
  QUICK,
  reached,
  record,
  SAM_ID,
  type SpecimenCard,
  specimenCard,
  WALL_MS,
} from './behaviour.ts';
import { cardText, specimenWltPhoto } from './cards.ts';
import type { CardRead } from './port.ts';
import { openSamReader, type SamReaderOptions } from './sam-session.ts';
import { type SimulatedReader, startSimulatedReader } from './simulated.ts';
import type { ModuleTraits, SimulatedCard } from './simulated-sam.ts';
import type { Transport } from './transport.ts';

/** A line to a simulated reader. */
export interface LineBench {
  transportTo(reader: SimulatedReader): Promise<Transport>;
  close(): Promise<void>;
}

type DoorOptions = Pick<SamReaderOptions, 'withFingerprint' | 'timings'> & { traits?: Partial<ModuleTraits> };

const seedOf = ({ fields }: SpecimenCard): number => ('name' in fields ? Number(/\d+/.exec(fields.name)?.[0] ?? 0) : 0);
export const onReader = (card: SpecimenCard): SimulatedCard => ({
  text: cardText(card.fields),
  photo: card.hasPhoto ? specimenWltPhoto(seedOf(card)) : null,
});
const delivered = (card: SpecimenCard | SimulatedCard): CardRead => {
  const { text, photo } = 'text' in card ? card : onReader(card);
  return { text, photo: photo && { kind: 'wlt', bytes: photo }, samId: SAM_ID, readAtMs: WALL_MS };
};

/** Everything that is asked of a way to a security module: the common suite, and what only frames and modules can do. */
export function describeSamReader(name: string, openLine: () => LineBench): void {
  const openBench = async (): Promise<Bench> => {
    const line = openLine();
    const peer = await startSimulatedReader({ port: 0 });
    return {
      peer: {
        place: (card) => peer.place(onReader(card)),
        lift: () => peer.lift(),
        unplug: () => peer.unplug(),
        replug: () => peer.replug(),
        fallSilent: () => peer.fault({ kind: 'silence' }),
        failReads: (status, times) =>
          peer.fault({ kind: 'status', status, command: 'read-text-photo', ...(times && { times }) }),
        heal: () => peer.heal(),
        looks: () => peer.received('find-card'),
      },
      lostWhen: { absent: 'not-found', pulled: 'unplugged' },
      open: async (timings) =>
        openSamReader('door-1', await line.transportTo(peer), {
          clock: new ManualClock(WALL_MS),
          timings: { ...QUICK, ...timings },
        }),
      delivered,
      async close() {
        await line.close();
        await peer.close();
      },
    };
  };
  describeIdReader(name, openBench);
  describeStatuses(name, openBench);

  describe(name, () => {
    let closers: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const close of closers.reverse()) await close();
      closers = [];
    });

    /** A simulated reader and the driver at the other end of the line. */
    async function door(options: DoorOptions = {}) {
      const line = openLine();
      const peer = await startSimulatedReader({ port: 0, ...(options.traits && { traits: options.traits }) });
      const start = async () => {
        const reader = openSamReader('door-1', await line.transportTo(peer), {
          clock: new ManualClock(WALL_MS),
          withFingerprint: options.withFingerprint ?? false,
          timings: { ...QUICK, ...options.timings },
        });
        closers.push(() => reader.close());
        return { reader, ...record(reader) };
      };
      closers.push(
        () => line.close(),
        () => peer.close(),
      );
      return { peer, place: (card: SpecimenCard) => peer.place(onReader(card)), start };
    }

    test('the module tells its number before the first card', async () => {
      const { start } = await door();
      const { reader } = await start();
      await reached(reader, { kind: 'waiting' });
      expect(reader.samId()).toBe(SAM_ID);
    });

    test('a module that fails its self test is reset once, and serves', async () => {
      const { peer, start } = await door({ traits: { needsReset: true } });
      const { reader } = await start();
      await reached(reader, { kind: 'waiting' });
      expect([peer.received('reset-sam'), peer.received('set-max-rf-frame')]).toEqual([1, 1]);
    });

    test('a module that goes on reporting the card that lies there: it is delivered once, and nobody hears of the rest', async () => {
      const { peer, place, start } = await door({ traits: { silentAfterRead: false } });
      const { reader, cards, states } = await start();
      await reached(reader, { kind: 'waiting' });
      place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      await heard(peer, 'read-text-photo', 4);
      place(specimenCard(2));
      while (cards.length < 2) await setImmediate();
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      expect(cards).toEqual([delivered(specimenCard(1)), delivered(specimenCard(2))]);
      expect(states.map((s) => s.kind)).toEqual(['waiting', 'reading', 'take-away', 'waiting']);
    });

    test('looks that end in no answer of the table: said once, then out of order until it answers again', async () => {
      const { peer, start } = await door();
      const { reader, troubles } = await start();
      await reached(reader, { kind: 'waiting' });
      peer.fault({ kind: 'status', status: 0x24, command: 'find-card' });
      await reached(reader, { kind: 'lost', reason: 'out-of-service', sinceMs: WALL_MS });
      await heard(peer, 'find-card', peer.received('find-card') + 4);
      expect(troubles).toEqual([{ command: 'find-card', code: 'status', status: 0x24 }]);
      peer.heal();
      await reached(reader, { kind: 'waiting' });
    });

    test('a card read before the station started is asked away, not read', async () => {
      const { place, start } = await door();
      const first = await start();
      place(specimenCard(1));
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
      const { peer, place, start } = await door();
      peer.fault(fault);
      const { reader, cards } = await start();
      place(specimenCard(3));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(3))]);
    });

    test('a photo that contains the preamble is not taken for a new frame', async () => {
      const { peer, start } = await door();
      const photo = specimenWltPhoto(4);
      photo.set([0xaa, 0xaa, 0xaa, 0x96, 0x69, 0x00, 0x04, 0x00, 0x00, 0x80, 0x84], 500);
      const card = { ...onReader(specimenCard(4)), photo };
      const { reader, cards } = await start();
      peer.place(card);
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(card)]);
    });

    test('one wrong checksum is healed by asking again, and noted', async () => {
      const { peer, place, start } = await door({ traits: { readsTwice: true } });
      peer.fault({ kind: 'wrong-checksum', command: 'read-text-photo', times: 1 });
      const { reader, cards, troubles } = await start();
      place(specimenCard(6));
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
        const { peer, place, start } = await door({ traits: { readsTwice } });
        peer.fault({ kind, command: 'read-text-photo', times: readsTwice ? 2 : 1 });
        const { reader, cards } = await start();
        place(specimenCard(7));
        await reached(reader, { kind: 'replace', reason: 'checksum' });
        await heard(peer, 'find-card', peer.received('find-card') + 3);
        expect(reader.state()).toEqual({ kind: 'replace', reason: 'checksum' });
        peer.lift();
        await reached(reader, { kind: 'waiting' });
        place(specimenCard(7));
        await reached(reader, { kind: 'take-away' });
        expect(cards).toEqual([delivered(specimenCard(7))]);
      },
    );

    test('a module that calls our frame garbled is asked once more', async () => {
      const { peer, place, start } = await door();
      peer.fault({ kind: 'status', status: 0x10, command: 'select-card', times: 1 });
      const { reader, cards, troubles } = await start();
      place(specimenCard(8));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toHaveLength(1);
      expect(troubles).toEqual([{ command: 'select-card', code: 'status', status: 0x10 }]);
    });

    test('two failed selections are nobody’s business', async () => {
      const { peer, place, start } = await door();
      peer.fault({ kind: 'status', status: 0x81, command: 'select-card', times: 2 });
      const { reader, states } = await start();
      place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(states.map((s) => s.kind).filter((k) => k !== 'waiting')).toEqual(['reading', 'take-away']);
    });

    test('a card that cannot be selected is asked for again, until it is lifted', async () => {
      const { peer, place, start } = await door();
      peer.fault({ kind: 'status', status: 0x81, command: 'select-card' });
      const { reader, cards } = await start();
      place(specimenCard(1));
      await reached(reader, { kind: 'replace', reason: 'select-failed' });
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      expect(cards).toEqual([]);
    });

    test.each([0x60, 0x66])('status %i takes the reader out of service until the module recovers', async (status) => {
      const { peer, start } = await door();
      peer.fault({ kind: 'status', status, command: 'sam-status' });
      const { reader } = await start();
      await reached(reader, { kind: 'lost', reason: 'out-of-service', sinceMs: WALL_MS });
      peer.heal();
      await reached(reader, { kind: 'waiting' });
    });

    test('unplugged in the middle of a read: the card is asked for again, because it was never delivered', async () => {
      const { peer, place, start } = await door();
      peer.fault({ kind: 'cut', command: 'read-text-photo', afterBytes: 700, times: 1 });
      const { reader, cards } = await start();
      place(specimenCard(1));
      await reached(reader, { kind: 'lost', reason: 'unplugged', sinceMs: WALL_MS });
      await peer.replug();
      await reached(reader, { kind: 'replace', reason: 'read-failed' });
      expect(cards).toEqual([]);
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
    });

    test.each([true, false])('asks for the fingerprint and drops it; module knows it: %s', async (knowsFingerprint) => {
      const { place, start } = await door({ withFingerprint: true, traits: { knowsFingerprint } });
      const { reader, cards } = await start();
      place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
    });
  });
}

/** Resolves when the peer has received a command so often. */
async function heard(peer: SimulatedReader, command: string, times: number): Promise<void> {
  while (peer.received(command) < times) await setImmediate();
}
