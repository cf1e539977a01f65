import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  admit,
  closedSession,
  declareAll,
  examinersOf,
  identify,
  markAndSign,
  OTHER_ROOM,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
  signedOffSession,
} from '../../../test/harness/exam-day.ts';
import {
  CENTRE,
  codeOf,
  openTestStation,
  PASSPHRASE,
  PIN,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import { archive, closing, seal, signOff } from './closing-calls.ts';
import { openBundle } from './open-bundle.ts';
import { verifyBundle } from './verify-bundle.ts';

const liveFaceOf = (st: TestStation): string => {
  const admitted = st.journal().find((e) => e.event === 'checkin.admitted')!;
  const { evidence } = admitted.data as { evidence: { kind: string; evidenceId: string }[] };
  return evidence.find((e) => e.kind === 'live-face')!.evidenceId;
};
const signOffs = (st: TestStation) =>
  (st.station.db.prepare('SELECT count(*) AS n FROM sign_offs').get() as { n: number }).n;
const failing = (claims: readonly { id: string; result: string }[]) =>
  claims.filter((c) => c.result === 'fail').map((c) => c.id);

describe('at the same time', () => {
  test('a signature that would come after what is being sealed is refused, and the bundle keeps the one it holds', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    const by = (await closing(st)).signedOffBy;
    const [sealed, late] = await Promise.all([codeOf(seal(st)), codeOf(signOff(st))]);
    expect([sealed, late]).toEqual(['ok', 'SEALING_UNDERWAY']);
    expect((await closing(st)).signedOffBy).toEqual(by);
    expect(signOffs(st)).toBe(1);
  });

  test('a session sealed while the lead’s PIN is checked is not signed for afterwards', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    const [late, sealed] = await Promise.all([codeOf(signOff(st)), codeOf(seal(st))]);
    expect(sealed).toBe('ok');
    expect(['WRONG_STATE', 'SEALING_UNDERWAY']).toContain(late);
    expect(signOffs(st)).toBe(1);
  });

  test('a declaration made while the lead signs leaves the new state unsigned, and says so', async () => {
    const st = await openTestStation();
    await closedSession(st);
    await declareAll(st);
    const declare = () => archive(st).declare({ sessionId: S1, itemId: 'no-recording:201-A', reason: '另一个原因' });
    expect(await Promise.all([codeOf(signOff(st)), codeOf(declare())])).toEqual(['DECLARATIONS_NOT_SIGNED', 'ok']);
    expect(signOffs(st)).toBe(0);
    expect(st.journal().at(-1)).toMatchObject({
      event: 'archive.sign-off-refused',
      data: { code: 'DECLARATIONS_NOT_SIGNED' },
    });
  });

  test('one session is sealed after the other, and each bundle names the one before', async () => {
    const S2 = 'S2' as typeof S1;
    const ofRoom = <T extends { roomId: string }>(x: T) => (x.roomId === OTHER_ROOM ? { ...x, sessionId: S2 } : x);
    const st = await openTestStation({
      plan: (p) => ({
        ...p,
        sessions: [p.sessions[0]!, { ...p.sessions[0]!, sessionId: S2, label: '第二场' }],
        candidates: p.candidates.map(ofRoom),
        panels: p.panels.map(ofRoom),
      }),
    });
    const lead = st.as('site-lead');
    await openDoor(st);
    await lead.session.open({ sessionId: S2 });
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    for (const sessionId of [S1, S2]) {
      await lead.session.close({ sessionId });
      for (const { itemId } of (await lead.archive.closing({ sessionId })).missing) {
        await lead.archive.declare({ sessionId, itemId, reason: '样本' });
      }
      await lead.archive.signDeclarations({ sessionId, pin: PIN, strokes: STROKES });
      await lead.archive.signOff({ sessionId, pin: PIN, strokes: STROKES });
    }
    const sealing = (sessionId: typeof S1) => codeOf(lead.archive.seal({ sessionId }));
    expect(await Promise.all([sealing(S1), sealing(S2)])).toEqual(['ok', 'SEALING_UNDERWAY']);
    expect(await sealing(S2)).toBe('ok');
    const [first, second] = await lead.archive.bundles();
    const info = readFileSync(join(second!.folder, 'bag-info.txt'), 'utf8');
    expect(info).toContain(first!.tagManifestSha256);
  });
});

describe('sealing', () => {
  test('a whole day: the bundle verifies inside and out with the centre’s key, and opens', async () => {
    const st = await openTestStation();
    await openDoor(st);
    for (const id of ['C01', 'C02', 'C07']) await admit(st, id);
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    await markAndSign(st);
    await declareAll(st);
    await signOff(st);
    st.journalEvents();
    const bundle = await seal(st);
    expect(st.journalEvents().filter((e) => e !== 'forms.kept')).toEqual(['archive.sealing', 'archive.sealed']);
    expect(bundle).toMatchObject({ number: 1, sealCode: expect.stringMatching(/^(?:[0-9A-F]{4} ){2}[0-9A-F]{4}$/) });
    expect((await closing(st)).state).toBe('sealed');

    const report = await verifyBundle(bundle.folder, { nowMs: st.clock.wallMs(), identity: CENTRE.identity });
    expect(failing(report.claims)).toEqual([]);
    const out = join(st.dataDir, 'opened');
    const opened = await openBundle(bundle.folder, [CENTRE.identity], out);
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const kinds = Map.groupBy(opened.value.index.items, (i) => i.kind);
    const counts = Object.fromEntries([...kinds].map(([kind, items]) => [kind, items.length]));
    expect(counts).toMatchObject({
      'plan-photo': 12,
      'live-face': 3,
      'card-text': 3,
      signature: examinersOf(st).length,
      'lead-signature': 1,
      attempts: 1,
      'journal-entries': 1,
    });

    const verified = await archive(st).verify({ bundleId: bundle.bundleId });
    expect(failing(verified.claims)).toEqual([]);
    expect(await codeOf(seal(st))).toBe('WRONG_STATE');
    expect(await archive(st).bundles()).toEqual([bundle]);
  });

  test('two leads sealing at once seal once', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    const codes = await Promise.all([codeOf(seal(st)), codeOf(seal(st))]);
    expect(codes.sort()).toEqual(['SEALING_UNDERWAY', 'ok']);
    expect(await archive(st).bundles()).toHaveLength(1);
  });

  test('keys still wrapped seal nothing', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    await st.restart();
    expect(await codeOf(seal(st))).toBe('KEYS_LOCKED');
    await st.as('site-lead').site.unlock({ passphrase: PASSPHRASE });
    expect(await codeOf(seal(st))).toBe('ok');
  });

  test('evidence that is gone is named, nothing is sealed, and the session stays closed', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    const face = liveFaceOf(st);
    rmSync(join(st.dataDir, 'vault/S1', `${face}.age`));
    expect(await refusalOf(seal(st))).toEqual({
      code: 'EVIDENCE_DAMAGED',
      data: { files: [`data/3-process/evidence/${face}.age`] },
    });
    expect((await closing(st)).state).toBe('closed');
    expect(readdirSync(join(st.dataDir, 'bundles'))).toEqual([]);
    expect(st.journal().at(-1)).toMatchObject({ event: 'archive.seal-refused', data: { code: 'EVIDENCE_DAMAGED' } });
  });

  test('evidence that was changed on the disk is sealed unread, and named by the check', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    const face = liveFaceOf(st);
    appendFileSync(join(st.dataDir, 'vault/S1', `${face}.age`), 'x');
    const { bundleId } = await seal(st);
    const { claims } = await archive(st).verify({ bundleId });
    expect(JSON.stringify(claims.filter((c) => c.result === 'fail'))).toContain(face);
  });

  test('a station that ended between the folder and its record seals again over what it left', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    const left = join(st.dataDir, 'bundles/KD-TEST-1-S1-1');
    for (const folder of [left, `${left}.partial`]) {
      mkdirSync(join(folder, 'data'), { recursive: true });
      writeFileSync(join(folder, 'data/half.age'), 'half');
    }
    await st.restart(PASSPHRASE);
    const bundle = await seal(st);
    expect(bundle.folder).toBe(left);
    expect(failing((await verifyBundle(left, { identity: CENTRE.identity })).claims)).toEqual([]);
    expect(readdirSync(join(st.dataDir, 'bundles'))).toEqual(['KD-TEST-1-S1-1']);
  });

  test('after sealing nothing more comes in', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    await seal(st);
    const lead = st.as('site-lead');
    expect(await codeOf(lead.session.open({ sessionId: S1 }))).toBe('WRONG_STATE');
    expect(await codeOf(lead.session.close({ sessionId: S1 }))).toBe('WRONG_STATE');
    expect(await codeOf(lead.session.mark({ sessionId: S1, roomId: ROOM, note: '' }))).toBe('WRONG_STATE');
    expect(await codeOf(signOff(st))).toBe('WRONG_STATE');
    expect(await codeOf(identify(st, 'C02'))).toBe('WRONG_STATE');
  });
});

test('a rehearsal’s bundle says so', async () => {
  const st = await openTestStation({ rehearsal: true });
  await signedOffSession(st);
  const report = await verifyBundle((await seal(st)).folder);
  expect(report.bundle.rehearsal).toBe(true);
});
