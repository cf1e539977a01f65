import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { type CardFields, cardText } from './cards.ts';
import type { CardRead, IdReader, LostReason, ReaderState, ReaderTrouble } from './port.ts';

/** A card as a test lays it down, whatever the reader. */
export interface SpecimenCard {
  readonly fields: CardFields;
  readonly hasPhoto: boolean;
}

/** A simulated reader and the driver that is held against it: one way to read cards. */
export interface Bench {
  readonly peer: {
    place(card: SpecimenCard): void;
    lift(): void;
    unplug(): Promise<void>;
    replug(): Promise<void>;
    fallSilent(): void;
    /** The module answers the next reads with this status. */
    failReads(status: number, times?: number): void;
    heal(): void;
    /** How often a card was looked for. */
    looks(): number;
  };
  /** What the driver calls a peer that was never there, and one that was pulled. */
  readonly lostWhen: { readonly absent: LostReason; readonly pulled: LostReason };
  open(timings?: { replyTimeoutMs: number }): Promise<IdReader>;
  /** What the driver makes of the card. */
  delivered(card: SpecimenCard): CardRead;
  close(): Promise<void>;
}

export const WALL_MS = Date.UTC(2026, 5, 20, 0, 30);
export const SAM_ID = '05.01-20200101-0000000001-1';
export const QUICK = { pollMs: 2, settleMs: 5, reopenFirstMs: 5, reopenLastMs: 20 };

export const specimenCard = (seed: number): SpecimenCard => ({
  fields: {
    kind: 'resident',
    name: `样本${seed}`,
    sex: '1',
    nation: '01',
    birth: '19900101',
    address: '样本市样本路1号',
    number: '110101199001011237',
    issuer: '样本市公安局',
    validFrom: '20200101',
    validUntil: '长期',
  },
  hasPhoto: true,
});

const resident = specimenCard(1).fields;
const person = { sex: '2', birth: '19900101', validFrom: '20200101', validUntil: '20300101' } as const;
/** Every layout of card, and what is rare on them. */
const EVERY_KIND: [what: string, fields: CardFields][] = [
  ['a resident card that ran out', { ...specimenCard(1).fields, validFrom: '20000101', validUntil: '20100101' }],
  ['a name with a middle dot', { ...resident, name: '样本·阿卜杜', nation: '05' } as CardFields],
  ['a name beyond the basic plane', { ...resident, name: '样本𠮷', nation: '02' } as CardFields],
  [
    'a residence permit of Hong Kong, Macao and Taiwan residents',
    {
      kind: 'hmt',
      ...person,
      name: '样本二',
      address: '样本市样本路2号',
      number: '810000199001010029',
      issuer: '样本市公安局',
      passNumber: '',
      issueCount: '',
    },
  ],
  [
    "a foreigner's card of 2017",
    {
      kind: 'foreigner-2017',
      ...person,
      englishName: 'SPECIMEN, ANNA MARIA',
      chineseName: '',
      nationality: 'DEU',
      number: 'DEU440190010101',
      cardVersion: '',
      authorityCode: '',
    },
  ],
  [
    "a foreigner's card of 2023",
    {
      kind: 'foreigner-2023',
      ...person,
      englishName: 'SPECIMEN, ANNA MARIA',
      chineseName: '',
      nationality: 'DEU',
      number: '931586199001010021',
      renewalCount: '',
      earlierNumberLink: '',
    },
  ],
];

/** What every way of reading cards must do, on good days and bad ones. */
export function describeIdReader(name: string, openBench: () => Promise<Bench>): void {
  describe(name, () => {
    const { bench, start } = benches(openBench);

    test('reads a card once, asks to take it away, and waits again when it is lifted', async () => {
      const { peer, delivered, ...b } = await bench();
      const { reader, cards, states } = await start(b);
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
      expect(states.map((s) => s.kind)).toEqual(['waiting', 'reading', 'take-away', 'waiting']);
    });

    test('a card that stays is delivered once, and again only when it is placed again', async () => {
      const { peer, delivered, ...b } = await bench();
      const { reader, cards } = await start(b);
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      await looked(peer, 4);
      expect(cards).toHaveLength(1);
      peer.lift();
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1)), delivered(specimenCard(1))]);
    });

    test('the next card may come without a pause between', async () => {
      const { peer, delivered, ...b } = await bench();
      const { reader, cards } = await start(b);
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'take-away' });
      const second = nextCard(reader);
      peer.place(specimenCard(2));
      await second;
      expect(cards).toEqual([delivered(specimenCard(1)), delivered(specimenCard(2))]);
    });

    test.each(EVERY_KIND)('%s comes through as the card holds it', async (_what, fields) => {
      const { peer, ...b } = await bench();
      const { reader, cards } = await start(b);
      peer.place({ fields, hasPhoto: true });
      await reached(reader, { kind: 'take-away' });
      expect(cards.map((card) => card.text)).toEqual([cardText(fields)]);
    });

    test('a card without a photo is read', async () => {
      const { peer, delivered, ...b } = await bench();
      const card = { ...specimenCard(5), hasPhoto: false };
      const { reader, cards } = await start(b);
      peer.place(card);
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(card)]);
    });

    test('a silent reader is said to be silent, and is found again when it speaks', async () => {
      const { peer, ...b } = await bench();
      const { reader, troubles } = await start(b, { replyTimeoutMs: 400 });
      await reached(reader, { kind: 'waiting' });
      peer.fallSilent();
      await reached(reader, { kind: 'lost', reason: 'silent', sinceMs: WALL_MS });
      peer.heal();
      await reached(reader, { kind: 'waiting' });
      expect(troubles.map((t) => t.code)).toEqual(['silent']);
    });

    test('unplugged and plugged in again', async () => {
      const { peer, delivered, lostWhen, ...b } = await bench();
      const { reader, cards } = await start(b);
      await reached(reader, { kind: 'waiting' });
      await peer.unplug();
      await reached(reader, { kind: 'lost', reason: lostWhen.pulled, sinceMs: WALL_MS });
      peer.place(specimenCard(1));
      await peer.replug();
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(1))]);
    });

    test('a reader that is not there yet is found when it comes', async () => {
      const { peer, lostWhen, ...b } = await bench();
      await peer.unplug();
      const { reader } = await start(b);
      await reached(reader, { kind: 'lost', reason: lostWhen.absent, sinceMs: WALL_MS });
      await peer.replug();
      await reached(reader, { kind: 'waiting' });
    });

    test('two readers keep their cards apart', async () => {
      const [left, right] = [await bench(), await bench()];
      const [a, b] = [await start(left), await start(right)];
      left.peer.place(specimenCard(1));
      right.peer.place(specimenCard(2));
      await Promise.all([reached(a.reader, { kind: 'take-away' }), reached(b.reader, { kind: 'take-away' })]);
      expect([a.cards, b.cards]).toEqual([[left.delivered(specimenCard(1))], [right.delivered(specimenCard(2))]]);
    });

    test('nothing is told after closing', async () => {
      const { peer, ...b } = await bench();
      const { reader, states } = await start(b);
      await reached(reader, { kind: 'waiting' });
      await reader.close();
      peer.place(specimenCard(1));
      await peer.unplug();
      expect(states).toEqual([{ kind: 'waiting' }]);
    });
  });
}

/** For every way that passes the module's own status on. */
export function describeStatuses(name: string, openBench: () => Promise<Bench>): void {
  describe(name, () => {
    const { bench, start } = benches(openBench);

    test('a failed read asks for the card again once, however often it fails, and then reads it', async () => {
      const { peer, delivered, ...b } = await bench();
      peer.failReads(0x41, 4);
      const { reader, cards, states, troubles } = await start(b);
      await reached(reader, { kind: 'waiting' });
      peer.place(specimenCard(9));
      await reached(reader, { kind: 'take-away' });
      expect(states.slice(1).filter((s) => s.kind !== 'reading')).toEqual([
        { kind: 'replace', reason: 'read-failed' },
        { kind: 'take-away' },
      ]);
      expect(cards).toEqual([delivered(specimenCard(9))]);
      expect(troubles.map(({ code, status }) => ({ code, status }))).toEqual([{ code: 'status', status: 0x41 }]);
    });

    test.each([0x31, 0x32, 0x33, 0x40])('status %i leaves the card to an operator', async (status) => {
      const { peer, delivered, ...b } = await bench();
      peer.failReads(status);
      const { reader, cards } = await start(b);
      peer.place(specimenCard(1));
      await reached(reader, { kind: 'rejected', status });
      peer.heal();
      peer.place(specimenCard(2));
      await reached(reader, { kind: 'take-away' });
      expect(cards).toEqual([delivered(specimenCard(2))]);
    });
  });
}

/** Benches and drivers of one group of tests, closed after each. */
export function benches(openBench: () => Promise<Bench>) {
  let closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.reverse()) await close();
    closers = [];
  });
  return {
    async bench(): Promise<Bench> {
      const opened = await openBench();
      closers.push(() => opened.close());
      return opened;
    },
    async start({ open }: Pick<Bench, 'open'>, timings?: { replyTimeoutMs: number }) {
      const reader = await open(timings);
      closers.push(() => reader.close());
      return { reader, ...record(reader) };
    },
  };
}

export function record(reader: IdReader) {
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

export const nextCard = (reader: IdReader): Promise<CardRead> =>
  new Promise((resolve) => {
    const stop = reader.onCard((card) => {
      stop();
      resolve(card);
    });
  });

/** Resolves when a card was looked for so often more. */
export async function looked(peer: Bench['peer'], times: number): Promise<void> {
  const goal = peer.looks() + times;
  while (peer.looks() < goal) await setImmediate();
}
