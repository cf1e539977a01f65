import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { FOUR_LOOKS, openDoor, pinOf, ROOM, showFace } from '../../../test/harness/exam-day.ts';
import { CENTRE, codeOf, openTestStation, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { decrypt } from '../../vault/age/age.ts';
import type { Plan } from '../plan/plan-schema.ts';
import type { OtherDocument } from './contract.ts';
import { findRecord } from './store.ts';

const checkin = (st: TestStation) => st.as('door').checkin;
/** A picture with something on it, as heavy as a camera's. */
const PICTURE = await sharp({
  create: {
    width: 640,
    height: 480,
    channels: 3,
    background: '#808080',
    noise: { type: 'gaussian', mean: 128, sigma: 40 },
  },
})
  .jpeg()
  .toBuffer();

const PASSPORT = 'E12345678';
/** The sample plan, with a passport for C02. */
const withPassport = (plan: Plan): Plan => ({
  ...plan,
  candidates: plan.candidates.map((c) =>
    c.candidateId === 'C02' ? { ...c, documentType: 'other' as const, documentNumber: PASSPORT } : c,
  ),
});

interface Shown {
  type?: OtherDocument;
  documentNumber?: string;
  name?: string;
  picture?: Uint8Array;
}
async function atTheDoor() {
  const st = await openTestStation({ plan: withPassport });
  await openDoor(st);
  st.journalEvents();
  const show = ({ type = 'passport', documentNumber = PASSPORT, name, picture = PICTURE }: Shown = {}) =>
    checkin(st).presentOtherDocument({
      roomId: ROOM,
      type,
      documentNumber,
      name: name ?? st.candidate('C02').name,
      picture: new Blob([new Uint8Array(picture)]),
    });
  return { st, show };
}

describe('another kind of document', () => {
  test('is typed with its picture, and always ends at two persons; the picture lies with the evidence', async () => {
    const { st, show } = await atTheDoor();
    const a = await show({ documentNumber: ' e-1234 5678 ' });
    expect(a).toMatchObject({
      candidateId: 'C02',
      documentBy: 'other',
      maskedDocumentNumber: 'E12****78',
      images: { document: true, card: false },
      decision: { kind: 'call-person', reasons: ['other-document'] },
    });
    expect(st.journalEvents()).toEqual(['checkin.document-shown', 'checkin.person-called']);
    const said = st.journal().find((e) => e.event === 'checkin.document-shown');
    expect(said?.data).toMatchObject({ type: 'passport', maskedNumber: 'E12****78', violations: [] });
    await checkin(st).presentTicket({ roomId: ROOM, text: st.candidate('C02').ticketNumber });
    const seen = await showFace(st, a, 'C02');
    expect(seen.edges.map((e) => `${e.edge} ${e.result} ${e.reason}`)).toEqual([
      'card-ticket not-done other-document',
      'live-card not-done other-document',
      'live-plan pass faces-agree',
    ]);
    const { attemptId } = seen;
    expect(await codeOf(checkin(st).admit({ attemptId }))).toBe('NOT_ALLOWED');
    expect(await (await checkin(st).image({ attemptId, which: 'document' })).bytes()).toEqual(new Uint8Array(PICTURE));

    await checkin(st).admitByHand({
      attemptId,
      reason: 'other-document',
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    });
    const record = findRecord(st.station.db, attemptId)!;
    expect(record.document).toEqual({ by: 'other', type: 'passport' });
    const kept = record.evidence.find((e) => e.kind === 'document-picture')!;
    const { file } = st.station.db.raw
      .prepare('SELECT file FROM evidence WHERE evidence_id = ?')
      .get(kept.evidenceId) as { file: string };
    const opened = decrypt(readFileSync(join(st.dataDir, 'vault', file)), [CENTRE.identity]);
    expect(opened.ok && Buffer.from(opened.value).equals(PICTURE)).toBe(true);
  });

  test.each<[string, Shown, string[]]>([
    ['another name', { name: '乙（样本）' }, ['name-differs']],
    ["a resident's number on a passport", { documentNumber: '310199190001010030' }, ['number-of-other-document']],
  ])('%s is a doubt', async (_, shown, doubts) => {
    const { st, show } = await atTheDoor();
    const number = shown.documentNumber && st.candidate('C03').documentNumber;
    const a = await show({ ...shown, ...(number && { documentNumber: number, name: st.candidate('C03').name }) });
    expect(a.decision).toMatchObject({ kind: 'call-person', reasons: ['other-document', ...doubts] });
  });

  test('of a kind that the pack does not take is refused by its clause', async () => {
    const { st, show } = await atTheDoor();
    expect(await refusalOf(show({ type: 'electronic' }))).toEqual({
      code: 'DOCUMENT_NOT_ACCEPTED',
      data: {
        rule: expect.objectContaining({ ruleId: 'admission.other-documents', facts: { type: 'electronic' } }),
      },
    });
    expect(st.journalEvents()).toEqual(['checkin.document-not-accepted']);
    expect((await checkin(st).lane({ roomId: ROOM })).otherDocuments).toEqual([
      'hmt-permit',
      'travel-permit',
      'passport',
      'military',
    ]);
  });

  test.each<[string, Shown, string, unknown]>([
    ['a number of nobody here', { documentNumber: 'E87654321' }, 'PERSON_UNKNOWN', undefined],
    ['a number with a stroke', { documentNumber: 'E1234/678' }, 'NUMBER_INVALID', { reason: 'shape' }],
    [
      'a residence permit with a wrong check digit',
      { type: 'hmt-permit', documentNumber: '810000199001010010' },
      'NUMBER_INVALID',
      { reason: 'check-digit' },
    ],
    ['half a picture', { picture: PICTURE.subarray(0, PICTURE.length / 2) }, 'PICTURE_UNREADABLE', undefined],
    ['no picture', { picture: new Uint8Array(0) }, 'PICTURE_UNREADABLE', undefined],
  ])('%s is not taken up', async (_, shown, code, data) => {
    const { st, show } = await atTheDoor();
    expect(await refusalOf(show(shown))).toEqual(data ? { code, data } : { code });
    expect((await checkin(st).lane({ roomId: ROOM })).attempt).toBeNull();
  });
});
