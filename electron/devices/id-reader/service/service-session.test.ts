import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { ManualClock } from '../../../lib/clock.ts';
import { bmpFile } from '../../photo-decoder/specimen-bmp.ts';
import {
  type Bench,
  benches,
  describeIdReader,
  describeStatuses,
  QUICK,
  reached,
  SAM_ID,
  type SpecimenCard,
  specimenCard,
  WALL_MS,
} from '../behaviour.ts';
import { cardText } from '../cards.ts';
import type { DialectName } from './dialects.ts';
import { parseServiceAddress } from './service-address.ts';
import { openServiceReader } from './service-session.ts';
import { type ServiceTraits, type SimulatedService, startSimulatedService } from './simulated-service.ts';

const grey = { create: { width: 102, height: 126, channels: 3, background: '#909090' } } as const;
const JPEG = new Uint8Array(await sharp(grey).jpeg().toBuffer());
const BITMAP = bmpFile({ width: 102, height: 126, data: new Uint8Array(102 * 126 * 3).fill(0x90) });

interface ServiceBench extends Bench {
  readonly service: SimulatedService;
  place(card: SpecimenCard, photo: Uint8Array): void;
}

async function openBench(dialect: DialectName, traits: Partial<ServiceTraits> = {}): Promise<ServiceBench> {
  const service = await startSimulatedService({ dialect, port: 0, traits });
  const address = parseServiceAddress(service.address, false);
  if (!address.ok) throw new Error(address.error);
  const place = (card: SpecimenCard, photo: Uint8Array) =>
    service.place({ fields: card.fields, photo: card.hasPhoto ? photo : null });
  return {
    service,
    place,
    peer: {
      place: (card) => place(card, JPEG),
      lift: () => service.lift(),
      unplug: () => service.stop(),
      replug: () => service.restart(),
      fallSilent: () => service.fault({ kind: 'hangs' }),
      failReads: (status, times) => service.fault({ kind: 'status', status, ...(times && { times }) }),
      heal: () => service.heal(),
      looks: () => service.looks(),
    },
    lostWhen: { absent: 'service-down', pulled: 'service-down' },
    open: async (timings) =>
      openServiceReader('door-1', address.value, {
        clock: new ManualClock(WALL_MS),
        timings: { ...QUICK, replyTimeoutMs: 6_000, ...timings },
      }),
    delivered: (card) => ({
      text: cardText(card.fields),
      photo: card.hasPhoto ? { kind: 'jpeg', bytes: JPEG } : null,
      samId: dialect === 'synjones' ? SAM_ID : null,
      readAtMs: WALL_MS,
    }),
    close: () => service.close(),
  };
}

describe.each(['synjones', 'huashi', 'donsee'] as const)('%s', (dialect) => {
  describeIdReader('a service that repeats the card that lies there', () => openBench(dialect));
  const { bench, start } = benches(() => openBench(dialect));
  const opened = async () => (await bench()) as ServiceBench;

  test('one that tells of a card once: delivered once, then the next is asked for', async () => {
    const b = await openBench(dialect, { repeats: false });
    const { reader, cards } = await start(b);
    b.peer.place(specimenCard(1));
    await reached(reader, { kind: 'take-away' });
    await reached(reader, { kind: 'waiting' });
    b.peer.place(specimenCard(2));
    await reached(reader, { kind: 'take-away' });
    expect(cards).toEqual([b.delivered(specimenCard(1)), b.delivered(specimenCard(2))]);
    await b.close();
  });

  test('no reader at the computer: unplugged, until there is one', async () => {
    const { service, peer, ...b } = await opened();
    service.fault({ kind: 'device-missing' });
    const { reader } = await start(b);
    await reached(reader, { kind: 'lost', reason: 'unplugged', sinceMs: WALL_MS });
    peer.heal();
    await reached(reader, { kind: 'waiting' });
    service.fault({ kind: 'device-missing' });
    await reached(reader, { kind: 'lost', reason: 'unplugged', sinceMs: WALL_MS });
  });

  test.each(['cut', 'array', 'bytes'] as const)(
    'answers that make no sense (%s): noted once, then nothing intelligible comes',
    async (how) => {
      const { service, peer, ...b } = await opened();
      const { reader, troubles } = await start(b);
      await reached(reader, { kind: 'waiting' });
      service.fault({ kind: 'malformed', how });
      await reached(reader, { kind: 'lost', reason: 'silent', sinceMs: WALL_MS });
      expect(troubles).toEqual([{ command: 'read-card', code: 'malformed', status: null }]);
      peer.heal();
      await reached(reader, { kind: 'waiting' });
    },
  );

  test.each([{ kind: 'http-error' }, { kind: 'malformed', how: 'huge' }] as const)(
    'something else at the address ($kind) is no reader',
    async (fault) => {
      const { service, ...b } = await opened();
      service.fault(fault);
      const { reader } = await start(b);
      await reached(reader, { kind: 'lost', reason: 'not-found', sinceMs: WALL_MS });
    },
  );

  test("the system's old encoding is read as well", async () => {
    const { service, peer, delivered, ...b } = await opened();
    service.fault({ kind: 'old-encoding' });
    const { reader, cards } = await start(b);
    peer.place(specimenCard(1));
    await reached(reader, { kind: 'take-away' });
    expect(cards).toEqual([delivered(specimenCard(1))]);
  });

  test('a bitmap becomes a JPEG; what is no picture is left out and noted, and the card is read all the same', async () => {
    const { service, peer, place, ...b } = await opened();
    const { reader, cards, troubles } = await start(b);
    place(specimenCard(1), BITMAP);
    await reached(reader, { kind: 'take-away' });
    const { photo } = cards[0]!;
    expect(photo?.kind).toBe('jpeg');
    expect(await sharp(photo?.bytes).metadata()).toMatchObject({ width: 102, height: 126, format: 'jpeg' });
    peer.lift();
    await reached(reader, { kind: 'waiting' });
    service.fault({ kind: 'broken-photo' });
    peer.place(specimenCard(2));
    await reached(reader, { kind: 'take-away' });
    expect(cards[1]!.photo).toBe(null);
    expect(troubles).toEqual([{ command: 'read-card', code: 'photo', status: null }]);
  });

  test('a card whose fields cannot stand on a card is asked for again and never delivered', async () => {
    const { peer, ...b } = await opened();
    const { reader, cards } = await start(b);
    const { fields } = specimenCard(1);
    peer.place({ fields: { ...fields, birth: '上个世纪' }, hasPhoto: true });
    await reached(reader, { kind: 'replace', reason: 'read-failed' });
    peer.lift();
    await reached(reader, { kind: 'waiting' });
    expect(cards).toEqual([]);
  });

  test('never two questions at once, and the device is let go at the end', async () => {
    const { service, peer, ...b } = await opened();
    const { reader } = await start(b);
    peer.place(specimenCard(1));
    await reached(reader, { kind: 'take-away' });
    await reader.close();
    expect(service.mostAtOnce()).toBe(1);
  });
});

describeStatuses("a service that passes the module's status on", () => openBench('synjones'));
