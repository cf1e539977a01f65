import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import {
  admit,
  attemptAt,
  FOUR_LOOKS,
  identify,
  openUnsigned,
  pinOf,
  ROOM,
  S1,
  STROKES,
  sessionOf,
  showFace,
  signConsent,
} from '../../../test/harness/exam-day.ts';
import { fakeFaceEngine, pictureOf } from '../../../test/harness/fake-face-engine.ts';
import { CENTRE, codeOf, openTestStation, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import type { CandidateId } from '../../lib/ids.ts';
import { decrypt } from '../../vault/age/age.ts';
import { textHash } from './consent-text.ts';

const C01 = 'C01' as CandidateId;
const door = (st: TestStation) => st.as('door');
const byHand = (st: TestStation) => ({
  reason: 'declines-face' as const,
  checks: FOUR_LOOKS,
  second: pinOf(st, 'invigilator'),
});
async function openStation(): Promise<TestStation> {
  const st = await openTestStation();
  await openUnsigned(st);
  st.journalEvents();
  return st;
}
const wish = async (st: TestStation, changed: object = {}) => ({
  candidateId: C01,
  face: 'agreed' as const,
  textSha256: (await door(st).consent.text()).sha256,
  strokes: STROKES,
  ...changed,
});

describe('the text', () => {
  test('names site and centre, says in both languages what the law asks for, and is what its hash says', async () => {
    const st = await openStation();
    const { sha256, ...shown } = await door(st).consent.text();
    expect(sha256).toBe(textHash(shown));
    const [zh, en] = (['zh', 'en'] as const).map((tongue) =>
      [...shown.pledge.paragraphs, ...shown.face.paragraphs].map((p) => p[tongue]).join('\n'),
    );
    expect(zh).toContain(st.plan.site.name);
    expect(zh).toContain(st.plan.centre.name);
    expect(zh).not.toMatch(/[{}]/);
    expect(en).not.toMatch(/[{}]/);
    for (const word of ['敏感个人信息', '不同意', '封存包', '删除', '当面核对', '独立完成']) expect(zh).toContain(word);
  });
});

describe('signing', () => {
  test('is asked for before anything is compared; then the door goes on', async () => {
    const st = await openStation();
    const asked = await identify(st, 'C01');
    expect(asked.decision).toEqual({ kind: 'pending', needs: ['consent', 'face', 'turn'] });
    expect(asked.consent).toBeNull();
    await signConsent(st, 'C01');
    const signed = await attemptAt(st);
    expect(signed.consent).toEqual({ face: 'agreed', atMs: st.clock.wallMs() });
    expect(signed.decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
    const { attemptId } = await showFace(st, signed, 'C01');
    expect((await door(st).checkin.admit({ attemptId })).outcome).toBe('admitted');
    expect(st.journal().at(-1)).toMatchObject({ event: 'checkin.admitted', data: { consent: 'agreed' } });
  });

  test('puts strokes in the vault, and record and journal entry in one commit', async () => {
    const st = await openStation();
    const signed = await signConsent(st, 'C01');
    const { data } = st.journal().at(-1)!;
    const { evidenceId, sha256, ...rest } = data as { evidenceId: string; sha256: string };
    expect(rest).toEqual({
      consentId: signed.consentId,
      candidateId: 'C01',
      face: 'agreed',
      textSha256: signed.textSha256,
      lane: 1,
    });
    const row = st.station.db.prepare('SELECT file, sha256 FROM evidence WHERE evidence_id = ?').get(evidenceId) as {
      file: string;
      sha256: string;
    };
    expect(row.sha256).toBe(sha256);
    const plain = decrypt(readFileSync(join(st.dataDir, 'vault', row.file)), [CENTRE.identity]);
    const { text, ...evidence } = JSON.parse(Buffer.from(plain.ok ? plain.value : []).toString('utf8'));
    expect(evidence).toMatchObject({ candidateId: 'C01', face: 'agreed', strokes: STROKES, atMs: signed.atMs });
    expect(text.sha256).toBe(signed.textSha256);
  });

  test('again is a new record, the newest counts, and after admission it is closed', async () => {
    const st = await openStation();
    for (const face of ['agreed', 'declined', 'agreed'] as const) await signConsent(st, 'C01', face);
    expect(await door(st).consent.of({ candidateId: C01 })).toMatchObject({ consent: { face: 'agreed' }, signings: 3 });
    await admit(st, 'C01');
    expect(await codeOf(signConsent(st, 'C01', 'declined'))).toBe('ALREADY_ADMITTED');
    expect((await door(st).consent.of({ candidateId: C01 })).signings).toBe(3);
    expect(st.journal().at(-1)).toMatchObject({ event: 'consent.refused', data: { code: 'ALREADY_ADMITTED' } });
  });

  test.each<[string, object, string]>([
    ['a dot', { strokes: [[[500, 500, 0]]] }, 'NO_SIGNATURE'],
    [
      'a slip of the pen',
      {
        strokes: [
          [
            [500, 500, 0],
            [540, 540, 30],
          ],
        ],
      },
      'NO_SIGNATURE',
    ],
    ['another text', { textSha256: '0'.repeat(64) }, 'TEXT_CHANGED'],
    ['nobody of the plan', { candidateId: 'C99' }, 'PERSON_UNKNOWN'],
  ])('of %s is refused, and on record', async (_what, changed, code) => {
    const st = await openStation();
    expect(await codeOf(door(st).consent.sign(await wish(st, changed)))).toBe(code);
    expect(st.journalEvents()).toEqual(['consent.refused']);
    expect(await door(st).consent.of({ candidateId: C01 })).toEqual({ consent: null, signings: 0 });
  });

  test('only while the session is open or running', async () => {
    const st = await openTestStation();
    expect(await refusalOf(signConsent(st, 'C01'))).toEqual({ code: 'WRONG_STATE', data: { state: 'preparing' } });
    await openUnsigned(st);
    await signConsent(st, 'C01');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    expect(await refusalOf(signConsent(st, 'C02'))).toEqual({ code: 'WRONG_STATE', data: { state: 'closed' } });
  });
});

describe('who declines', () => {
  test('goes to two persons; no picture of the face is kept, also none taken before', async () => {
    const st = await openStation();
    await signConsent(st, 'C01');
    const seen = await showFace(st, await identify(st, 'C01'), 'C01');
    expect(seen.frames.good).toBe(3);
    await signConsent(st, 'C01', 'declined');
    const declined = await attemptAt(st);
    expect(declined.decision).toEqual({ kind: 'call-person', reasons: ['declines-face'], again: false });
    expect(declined.frames.good).toBe(0);
    expect(declined.images.live).toBe(false);
    expect(await codeOf(door(st).checkin.admit({ attemptId: seen.attemptId }))).toBe('NOT_ALLOWED');
    const closed = await door(st).checkin.admitByHand({ attemptId: seen.attemptId, ...byHand(st) });
    expect(closed.outcome).toBe('admitted-by-hand');
    const kinds = st.station.db.prepare("SELECT kind FROM evidence WHERE subject = 'C01' ORDER BY kind").all();
    expect(kinds).toEqual([
      { kind: 'card-photo' },
      { kind: 'card-text' },
      ...Array(2).fill({ kind: 'consent-signature' }),
    ]);
    expect(st.journal().at(-1)).toMatchObject({ data: { consent: 'declined', frameSha256: [] } });
  });

  test('is not admitted by hand before anything was signed: the pledge binds everyone', async () => {
    const st = await openStation();
    const { attemptId } = await identify(st, 'C01');
    expect(await codeOf(door(st).checkin.admitByHand({ attemptId, ...byHand(st) }))).toBe('NOT_ALLOWED');
    await signConsent(st, 'C01', 'declined');
    expect((await door(st).checkin.admitByHand({ attemptId, ...byHand(st) })).outcome).toBe('admitted-by-hand');
  });
});

test('a signing for one session is read after a restart', async () => {
  const st = await openStation();
  await signConsent(st, 'C01', 'declined');
  await st.restart();
  expect((await identify(st, 'C01')).consent?.face).toBe('declined');
  expect((await st.as('door').checkin.lane({ roomId: ROOM })).attempt?.candidateId).toBe('C01');
});

describe('declining in the middle of it', () => {
  test('while a frame is looked at: nothing of the face is kept or said to have been seen', async () => {
    const gate = Promise.withResolvers<void>();
    let looks = 0;
    const engine = fakeFaceEngine();
    const slow: FaceEngine = {
      ...engine,
      async analyse(image, how) {
        looks += 1;
        if (looks > 2) await gate.promise;
        return engine.analyse(image, how);
      },
    };
    const st = await openTestStation({ faceEngine: slow });
    await openUnsigned(st);
    await signConsent(st, 'C01');
    const { attemptId } = await identify(st, 'C01');
    await door(st).checkin.presentFace({ attemptId, frame: pictureOf('C01') });
    const looking = door(st).checkin.presentFace({ attemptId, frame: pictureOf('C01') });
    await vi.waitFor(() => expect(looks).toBe(3));
    await signConsent(st, 'C01', 'declined');
    gate.resolve();
    expect((await looking).attempt).toMatchObject({ images: { live: false }, frames: { good: 0 } });
    await door(st).checkin.admitByHand({ attemptId, ...byHand(st), reason: 'other' });
    const saw = (st.journal().at(-1)!.data as { saw: { pictures: { which: string }[] }[] }).saw;
    expect(saw.flatMap((s) => s.pictures.map((p) => p.which))).toEqual(['plan', 'plan']);
  });

  test('and agreeing after all: the head turn that was done speaks for no later face', async () => {
    const st = await openStation();
    await signConsent(st, 'C01');
    const { attemptId } = await showFace(st, await identify(st, 'C01'), 'C01');
    await signConsent(st, 'C01', 'declined');
    await signConsent(st, 'C01', 'agreed');
    for (let i = 0; i < 3; i += 1) await door(st).checkin.presentFace({ attemptId, frame: pictureOf('C01') });
    expect((await attemptAt(st)).decision).toEqual({ kind: 'pending', needs: ['turn'] });
  });
});
