import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  admit,
  atTheDoor,
  attemptAt,
  FOUR_LOOKS,
  identify,
  openDoor,
  pinOf,
  ROOM,
  S1,
  showFace,
} from '../../../test/harness/exam-day.ts';
import { pictureOf, pictureWithout } from '../../../test/harness/fake-face-engine.ts';
import {
  CENTRE,
  codeOf,
  openTestStation,
  PASSPHRASE,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import { decrypt } from '../../vault/age/age.ts';
import type { Attempt } from './contract.ts';

const door = (st: TestStation) => st.as('door').checkin;
const edges = (a: Attempt) => a.edges.map((e) => e.result);
const byHand = {
  reason: 'no-card' as const,
  note: '',
  checks: FOUR_LOOKS,
};
const invigilator = (st: TestStation) => pinOf(st, 'invigilator');

describe('card, ticket and face', () => {
  test('all three edges, and the person is in; the record names what it rests on', async () => {
    const st = await atTheDoor();
    await st.placeCard('C01', {}, pictureOf('C01'));
    expect((await attemptAt(st)).decision).toEqual({ kind: 'pending', needs: ['ticket', 'face', 'turn'] });
    const ticketed = await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C01').ticketNumber });
    expect(ticketed.decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
    const seen = await showFace(st, ticketed, 'C01');
    expect(edges(seen)).toEqual(['pass', 'pass', 'pass']);
    expect(seen.decision).toEqual({ kind: 'admit', again: false });
    const closed = await door(st).admit({ attemptId: seen.attemptId });
    expect(closed).toMatchObject({ outcome: 'admitted', closedAtMs: st.clock.wallMs() });
    expect((await attemptAt(st)).outcome).toBe('admitted');
    expect((await door(st).lane({ roomId: ROOM })).counts).toMatchObject({ admitted: 1, notYet: 5 });
    expect(st.journalEvents()).toEqual(['checkin.card-read', 'checkin.ticket-presented', 'checkin.admitted']);
    expect(st.journal().at(-1)).toMatchObject({
      sessionId: 'S1',
      actor: { kind: 'staff', role: 'door' },
      data: { candidateId: 'C01', engine: 'fake-engine 1', decision: 'admit', ticketPresented: true },
    });
  });

  test('the ticket may come before the card', async () => {
    const st = await atTheDoor();
    const { ticketNumber } = st.candidate('C01');
    const first = await door(st).presentTicket({ roomId: ROOM, text: ticketNumber });
    expect(first.decision).toEqual({ kind: 'pending', needs: ['card', 'face', 'turn'] });
    await st.placeCard('C01');
    const both = await attemptAt(st);
    expect(both.attemptId).toBe(first.attemptId);
    expect((await showFace(st, both, 'C01')).decision).toEqual({ kind: 'admit', again: false });
  });

  test('frames that cannot decide answer with what to do and leave no trace', async () => {
    const st = await atTheDoor();
    const { attemptId } = await identify(st, 'C01');
    for (const what of ['no-face', 'several-faces', 'closer', 'hold-still'] as const) {
      const { guidance, attempt } = await door(st).presentFace({ attemptId, frame: pictureWithout(what) });
      expect([guidance, attempt.frames.good]).toEqual([what, 0]);
    }
    expect(await codeOf(door(st).presentFace({ attemptId, frame: pictureWithout('unreadable') }))).toBe(
      'FRAME_UNREADABLE',
    );
    const same = pictureOf('C01');
    for (let i = 0; i < 3; i += 1) {
      expect((await door(st).presentFace({ attemptId, frame: same })).attempt.frames.good).toBe(1);
    }
  });

  test('an engine that stops calls a person; it may be tried again', async () => {
    const st = await atTheDoor();
    const a = await identify(st, 'C01');
    const { attemptId } = a;
    const stopped = door(st).presentFace({ attemptId, frame: pictureWithout('engine-stopped') });
    expect(await refusalOf(stopped)).toEqual({ code: 'ENGINE_UNAVAILABLE', data: { code: 'engine-stopped' } });
    expect((await attemptAt(st)).decision).toEqual({
      kind: 'call-person',
      reasons: ['face-engine-unavailable'],
      again: false,
    });
    expect((await showFace(st, a, 'C01')).decision).toEqual({ kind: 'admit', again: false });
  });

  test('without any engine everyone goes to two persons, and by them in', async () => {
    const st = await openTestStation({ withoutFaces: true });
    await openDoor(st);
    const { attemptId, decision } = await identify(st, 'C01');
    expect(decision).toEqual({ kind: 'call-person', reasons: ['face-engine-unavailable'], again: false });
    expect(await codeOf(door(st).admit({ attemptId }))).toBe('NOT_ALLOWED');
    const admitted = await door(st).admitByHand({ attemptId, ...byHand, second: invigilator(st) });
    expect(admitted.outcome).toBe('admitted-by-hand');
  });
});

describe('doubts call a person and never turn anyone away', () => {
  test.each([
    ['a stranger’s face', 'C05', 0.9, ['live-plan-fail']],
    ['a face nearly like', 'C01', 0.45, ['live-plan-near']],
  ])('%s', async (_what, face, likeness, reasons) => {
    const st = await atTheDoor();
    const a = await showFace(st, await identify(st, 'C01'), face, likeness);
    expect(a.decision).toEqual({ kind: 'call-person', reasons, again: false });
    expect(await refusalOf(door(st).admit({ attemptId: a.attemptId }))).toEqual({
      code: 'NOT_ALLOWED',
      data: { decision: a.decision },
    });
    expect(st.journalEvents().slice(-2)).toEqual(['checkin.person-called', 'checkin.admit-refused']);
    const admitted = await door(st).admitByHand({ attemptId: a.attemptId, ...byHand, second: invigilator(st) });
    expect(admitted.outcome).toBe('admitted-by-hand');
    const checks = ['sameAsDocumentPhoto', 'sameAsPlanPhoto', 'numberAgrees', 'documentValid'];
    const saw = { checks, pictures: [{ which: 'live' }, { which: 'plan' }] };
    expect(st.journal().at(-1)).toMatchObject({
      data: {
        secondStaffId: 'S-invigilator',
        reason: 'no-card',
        saw: [
          { ...saw, staffId: 'S-door' },
          { ...saw, staffId: 'S-invigilator' },
        ],
      },
    });
  });

  test.each([
    ['a name that differs', { name: '王某（样本）' }, ['name-differs']],
    ['a card that has expired', { validUntil: '20210101' }, ['expired']],
  ])('%s', async (_what, changed, reasons) => {
    const st = await atTheDoor();
    await st.placeCard('C01', changed);
    const a = await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C01').ticketNumber });
    expect(a.decision).toEqual({ kind: 'call-person', reasons, again: false });
  });

  test('the ticket of another person', async () => {
    const st = await atTheDoor();
    await st.placeCard('C01');
    const a = await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C02').ticketNumber });
    expect(a.decision).toEqual({ kind: 'call-person', reasons: ['ticket-of-another'], again: false });
    expect(a.edges[0]).toMatchObject({ result: 'fail', reason: 'ticket-of-another' });
  });

  test("whoever shows their own ticket and face first and then another's card and ticket is compared with the other's photo", async () => {
    const st = await atTheDoor();
    const own = await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C02').ticketNumber });
    await showFace(st, own, 'C02');
    await st.placeCard('C01');
    const a = await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C01').ticketNumber });
    expect(a).toMatchObject({ candidateId: 'C01', frames: { good: 0 } });
    const attempt = await showFace(st, a, 'C02');
    expect(attempt.edges[2]).toMatchObject({ edge: 'live-plan', result: 'fail' });
    expect(await codeOf(door(st).admit({ attemptId: a.attemptId }))).toBe('NOT_ALLOWED');
  });

  test("a number typed over another's attempt takes none of its face comparison along", async () => {
    const st = await atTheDoor();
    await showFace(st, await identify(st, 'C02'), 'C02');
    const typed = await door(st).typeDocument({ roomId: ROOM, documentNumber: st.candidate('C01').documentNumber });
    expect(typed.candidateId).toBe('C01');
    expect(typed.edges[2]!.result).not.toBe('pass');
  });

  test('a typed number always ends at two persons', async () => {
    const st = await atTheDoor();
    const typed = await door(st).typeDocument({ roomId: ROOM, documentNumber: st.candidate('C01').documentNumber });
    await door(st).presentTicket({ roomId: ROOM, text: st.candidate('C01').ticketNumber });
    const a = await showFace(st, typed, 'C01');
    expect(a.decision).toEqual({ kind: 'call-person', reasons: ['no-card'], again: false });
    expect(a.documentBy).toBe('typed');
  });
});

describe('evidence and privacy', () => {
  test('the live face, the card’s text and its photo are kept, and open with the centre’s key', async () => {
    const st = await atTheDoor();
    await admit(st, 'C01');
    const { evidence } = st.journal().at(-1)!.data as { evidence: { kind: string; evidenceId: string }[] };
    expect(evidence.map((e) => e.kind).sort()).toEqual(['card-photo', 'card-text', 'live-face']);
    for (const { kind, evidenceId } of evidence) {
      const stored = readFileSync(join(st.dataDir, 'vault/S1', `${evidenceId}.age`));
      expect(stored.toString('latin1')).not.toContain('face C01');
      const opened = decrypt(stored, [CENTRE.identity]);
      if (!opened.ok) throw new Error(opened.error.code);
      if (kind === 'live-face') expect(Buffer.from(opened.value).toString()).toMatch(/^face C01/);
      if (kind === 'card-text') expect(Buffer.from(opened.value).toString('utf16le')).toContain('赵一（样本）');
    }
  });

  test('pictures of an open attempt can be seen at the door; of a closed one not', async () => {
    const st = await atTheDoor();
    const a = await showFace(st, await identify(st, 'C01'), 'C01');
    const image = (which: 'live' | 'card' | 'plan') => door(st).image({ attemptId: a.attemptId, which });
    expect(await (await image('live')).text()).toMatch(/^face C01/);
    expect((await image('plan')).type).toBe('image/png');
    expect(await codeOf(image('card'))).toBe('NO_SUCH_IMAGE');
    await door(st).admit({ attemptId: a.attemptId });
    expect(await codeOf(image('live'))).toBe('NO_SUCH_IMAGE');
  });

  test('no document number is readable in any view of the door or entry of the journal', async () => {
    const st = await atTheDoor();
    const views: unknown[] = [await admit(st, 'C01')];
    views.push(await showFace(st, await identify(st, 'C02'), 'C05'));
    await st.placeCard('C07');
    views.push(await attemptAt(st));
    views.push(await door(st).typeDocument({ roomId: ROOM, documentNumber: st.candidate('C03').documentNumber }));
    await codeOf(door(st).typeDocument({ roomId: ROOM, documentNumber: '31019919000101999X' }));
    views.push(await door(st).lane({ roomId: ROOM }), await door(st).list({ sessionId: S1 }));
    views.push(await st.as('site-lead').session.overview({ sessionId: S1 }), await st.as('door').plan.current());
    const said = JSON.stringify([views, st.journal()]);
    const numbers = [...st.plan.candidates.map((c) => c.documentNumber), '31019919000101999X'];
    expect(numbers.filter((n) => said.includes(n))).toEqual([]);
    // Nor the birth date in the middle of any.
    expect(said).not.toMatch(/\d{6}19000101\d{3}/);
    expect(said).toContain('310199********');
  });
});

test('an attempt that was open when the station ended begins anew; what was closed is there', async () => {
  const st = await atTheDoor();
  await admit(st, 'C01');
  await identify(st, 'C02');
  await st.restart(PASSPHRASE);
  const lane = await door(st).lane({ roomId: ROOM });
  expect(lane.attempt).toBeNull();
  expect(lane.counts).toMatchObject({ admitted: 1, notYet: 5 });
  expect((await admit(st, 'C03')).outcome).toBe('admitted');
  await st.restart();
  const wrapped = await showFace(st, await identify(st, 'C04'), 'C04');
  expect(wrapped.decision).toEqual({ kind: 'call-person', reasons: ['plan-photo-keys-locked'], again: false });
});
