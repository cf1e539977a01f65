import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
import type { StationClient } from '../../contract/index.ts';
import { inTransaction } from '../../db/database.ts';
import { insertAdmission } from '../checkin/store.ts';
import type { StaffMember } from '../staff/contract.ts';
import { openBundle } from './open-bundle.ts';
import { insertBundle } from './store.ts';
import { verifyBundle } from './verify-bundle.ts';

const archive = (st: TestStation) => st.as('site-lead').archive;
const closing = (st: TestStation) => archive(st).closing({ sessionId: S1 });
const seal = (st: TestStation) => archive(st).seal({ sessionId: S1 });
const signOff = (st: TestStation, pin = PIN) => archive(st).signOff({ sessionId: S1, pin, strokes: STROKES });
const liveFaceOf = (st: TestStation): string => {
  const admitted = st.journal().find((e) => e.event === 'checkin.admitted')!;
  const { evidence } = admitted.data as { evidence: { kind: string; evidenceId: string }[] };
  return evidence.find((e) => e.kind === 'live-face')!.evidenceId;
};
const folderIn = (st: TestStation, name: string) => {
  const folder = join(st.dataDir, name);
  mkdirSync(folder);
  return folder;
};
const HOUR = 3600_000;
const signInAt = (window: StationClient, { staffId }: Pick<StaffMember, 'staffId'>) =>
  window.staff.signIn({ staffId, pin: PIN, desk: 'supervisor' });
const signOffs = (st: TestStation) =>
  (st.station.db.prepare('SELECT count(*) AS n FROM sign_offs').get() as { n: number }).n;
const failing = (claims: readonly { id: string; result: string }[]) =>
  claims.filter((c) => c.result === 'fail').map((c) => c.id);

describe('what is missing', () => {
  test('is listed, declared with a reason by the lead, and the last reason counts', async () => {
    const st = await openTestStation();
    await closedSession(st);
    const before = await closing(st);
    expect(before.people).toEqual({ expected: 12, admitted: 1, absent: 11, setAside: 0 });
    expect(before.missing.map((m) => m.itemId)).toEqual([
      'no-recording:201-A',
      'marks-not-locked:201',
      'no-recording:202-A',
      'marks-not-locked:202',
      'no-supervisor:session',
    ]);
    const declare = (itemId: string, reason: string) => archive(st).declare({ sessionId: S1, itemId, reason });
    await declare('no-recording:201-A', '摄像机没有到货');
    const after = await declare('no-recording:201-A', '摄像机损坏');
    expect(after.missing[0]?.declared).toMatchObject({ reason: '摄像机损坏', byName: '负责人（样本）' });
    expect(await codeOf(declare('gap:none', '没有这一项'))).toBe('NO_SUCH_ITEM');
    expect(await codeOf(declare('no-recording:202-A', ' '))).toBe('BAD_REQUEST');
    expect(st.journalEvents().slice(-3)).toEqual(['archive.declared', 'archive.declared', 'archive.declare-refused']);
  });

  test('a supervisor who was there during the session and has gone home is not missing', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const supervisor = st.member('supervisor');
    const window = st.stranger();
    await window.staff.signIn({ staffId: supervisor.staffId, pin: PIN, desk: 'supervisor' });
    await admit(st, 'C01');
    await st.as('supervisor').staff.signOut();
    await window.staff.signOut();
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    const missing = async () => (await closing(st)).missing.map((m) => m.code);
    expect(await missing()).not.toContain('no-supervisor');
    await window.staff.signIn({ staffId: supervisor.staffId, pin: PIN, desk: 'supervisor' });
    expect(await missing()).not.toContain('no-supervisor');
  });

  test('who was set aside and never settled is no plain absence', async () => {
    const st = await openTestStation();
    await openDoor(st);
    const { attemptId } = await identify(st, 'C02');
    await st.as('door').checkin.setAside({ attemptId, note: '等候' });
    await admit(st, 'C01');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    const { people, missing } = await closing(st);
    expect(people).toEqual({ expected: 12, admitted: 1, absent: 10, setAside: 1 });
    expect(missing.at(-1)).toMatchObject({ itemId: 'set-aside:session', facts: { count: '1' }, declared: null });
  });

  test('an admitted candidate without a result is named, whatever the reason', async () => {
    const st = await openTestStation();
    await openDoor(st);
    await admit(st, 'C01');
    st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
    await st.as('site-lead').session.close({ sessionId: S1 });
    await markAndSign(st);
    // As a station of an earlier version left them, that let people in after the sheets were locked.
    inTransaction(st.station.db, (w) => {
      const { attempt_id: attemptId } = w.prepare('SELECT attempt_id FROM admissions').get() as { attempt_id: string };
      insertAdmission(w, S1, { candidateId: 'C02', roomId: ROOM, attemptId, atMs: 0, byName: '样本' });
    });
    const codes = (await closing(st)).missing.filter((m) => m.facts.room === '201 考场');
    expect(codes.map((m) => [m.itemId, m.facts.count])).toEqual([
      ['no-recording:201-A', undefined],
      ['not-confirmed:201', '1'],
    ]);
  });

  test.each<[string, boolean, (st: TestStation, window: StationClient) => Promise<unknown>]>([
    ['still signed in from the evening before was there', true, async () => undefined],
    ['out again before the start was not', false, (_st, window) => window.staff.signOut()],
    ['whose window another has taken over was not', false, (st, window) => signInAt(window, st.member('door'))],
  ])('a supervisor %s', async (_what, there, before) => {
    const st = await openTestStation();
    const { staffId } = await st.as('site-lead').staff.add({ name: '督导（样本）', roles: ['supervisor'], pin: PIN });
    st.clock.setWall(st.clock.wallMs() - 12 * HOUR);
    const window = st.stranger();
    await signInAt(window, { staffId });
    await before(st, window);
    st.clock.setWall(st.clock.wallMs() + 12 * HOUR);
    await closedSession(st);
    expect((await closing(st)).missing.every((m) => m.code !== 'no-supervisor')).toBe(there);
  });

  test('nothing can be closed up before the session has ended', async () => {
    const st = await openTestStation();
    await openDoor(st);
    expect(await refusalOf(seal(st))).toEqual({ code: 'WRONG_STATE', data: { state: 'open' } });
    expect(await codeOf(signOff(st))).toBe('WRONG_STATE');
    expect(await codeOf(archive(st).declare({ sessionId: S1, itemId: 'x', reason: '样本' }))).toBe('WRONG_STATE');
    const refused = ['archive.seal-refused', 'archive.sign-off-refused', 'archive.declare-refused'];
    expect(st.journalEvents().slice(-3)).toEqual(refused);
    expect(await codeOf(archive(st).seal({ sessionId: 'S9' as never }))).toBe('NO_SUCH_SESSION');
    expect(await codeOf(archive(st).closing({ sessionId: 'S9' as never }))).toBe('NO_SUCH_SESSION');
  });
});

describe("the lead's signature", () => {
  test('needs every missing item declared, the PIN, and a stroke of the pen', async () => {
    const st = await openTestStation();
    await closedSession(st);
    expect(await refusalOf(signOff(st))).toMatchObject({ code: 'UNDECLARED' });
    await declareAll(st);
    expect(await codeOf(signOff(st, '000000'))).toBe('WRONG_PIN');
    for (const strokes of [[], [[]]]) {
      expect(await codeOf(archive(st).signOff({ sessionId: S1, pin: PIN, strokes: strokes as never }))).toBe(
        'BAD_REQUEST',
      );
    }
    expect(await codeOf(seal(st))).toBe('NOT_SIGNED_OFF');
    expect((await signOff(st)).signedOffBy).toEqual({ name: '负责人（样本）', atMs: st.clock.wallMs() });
  });

  test('is undone by whatever changes afterwards', async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    await archive(st).declare({ sessionId: S1, itemId: 'no-recording:201-A', reason: '另一个原因' });
    expect((await closing(st)).signedOffBy).toBeNull();
    st.journalEvents();
    expect(await codeOf(seal(st))).toBe('NOT_SIGNED_OFF');
    expect(st.journalEvents()).toEqual(['archive.seal-refused']);
    expect((await closing(st)).state).toBe('closed');
    expect(existsSync(join(st.dataDir, 'bundles/KD-TEST-1-S1-1'))).toBe(false);
    await signOff(st);
    expect(await codeOf(seal(st))).toBe('ok');
  });
});

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
    expect(await Promise.all([codeOf(signOff(st)), codeOf(declare())])).toEqual(['STATE_CHANGED', 'ok']);
    expect(signOffs(st)).toBe(0);
    expect(st.journal().at(-1)).toMatchObject({ event: 'archive.sign-off-refused', data: { code: 'STATE_CHANGED' } });
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
    expect(st.journalEvents()).toEqual(['archive.sealing', 'archive.sealed']);
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

describe('export', () => {
  const sealed = async () => {
    const st = await openTestStation();
    await signedOffSession(st);
    return { st, bundle: await seal(st) };
  };

  test('copies, reads back, and never writes over what is there', async () => {
    const { st, bundle } = await sealed();
    const folder = folderIn(st, 'stick');
    const row = await archive(st).exportTo({ bundleId: bundle.bundleId, folder });
    expect(row.exports).toEqual([{ folder: join(folder, 'KD-TEST-1-S1-1'), atMs: st.clock.wallMs(), verified: true }]);
    expect(failing((await verifyBundle(row.exports[0]!.folder)).claims)).toEqual([]);
    expect(await codeOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }))).toBe('ALREADY_THERE');
    expect(readdirSync(folder)).toEqual(['KD-TEST-1-S1-1']);
    expect(st.journalEvents().slice(-2)).toEqual(['archive.exported', 'archive.export-failed']);
  });

  test('two exports to one folder at once write one whole copy', async () => {
    const { st, bundle } = await sealed();
    const folder = folderIn(st, 'stick');
    const wish = { bundleId: bundle.bundleId, folder };
    const codes = await Promise.all([codeOf(archive(st).exportTo(wish)), codeOf(archive(st).exportTo(wish))]);
    expect(codes.sort()).toEqual(['ALREADY_THERE', 'ok']);
    expect(readdirSync(folder)).toEqual(['KD-TEST-1-S1-1']);
  });

  test('a data folder that was restored elsewhere verifies and exports its bundles, also those of the first version', async () => {
    const { st, bundle } = await sealed();
    const older = { ...bundle, bundleId: 'B-OLDER', number: 2, folder: `C:\\old place\\bundles\\KD-TEST-1-S1-1` };
    inTransaction(st.station.db, (w) => insertBundle(w, older));
    await st.move();
    const rows = await archive(st).bundles();
    expect(rows.map((r) => r.folder)).toEqual(Array(2).fill(join(st.dataDir, 'bundles/KD-TEST-1-S1-1')));
    for (const { bundleId } of rows) {
      expect(failing((await archive(st).verify({ bundleId })).claims)).toEqual([]);
      expect(await codeOf(archive(st).exportTo({ bundleId, folder: folderIn(st, bundleId) }))).toBe('ok');
    }
  });

  test('a folder that cannot be used says why', async () => {
    const { st, bundle } = await sealed();
    const file = join(st.dataDir, 'a-file');
    writeFileSync(file, '');
    const to = (folder: string) => refusalOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }));
    const unusable = (reason: string) => ({ code: 'FOLDER_UNUSABLE', data: { reason } });
    expect(await to('relative/folder')).toEqual(unusable('not-absolute'));
    expect(await to('/no/such/folder')).toEqual(unusable('not-a-folder'));
    expect(await to(file)).toEqual(unusable('not-a-folder'));
    expect(await to(bundle.folder)).toEqual(unusable('inside-the-bundle'));
    expect(await to(join(bundle.folder, 'data'))).toEqual(unusable('inside-the-bundle'));
    expect(failing((await verifyBundle(bundle.folder)).claims)).toEqual([]);
    expect(await codeOf(archive(st).exportTo({ bundleId: 'B-NONE', folder: st.dataDir }))).toBe('NO_SUCH_BUNDLE');
    expect(await codeOf(archive(st).verify({ bundleId: 'B-NONE' }))).toBe('NO_SUCH_BUNDLE');
  });

  test('a bundle whose copy here is damaged is not handed on', async () => {
    const { st, bundle } = await sealed();
    const folder = folderIn(st, 'stick');
    const data = join(bundle.folder, 'data');
    const copy = join(st.dataDir, 'index-before');
    cpSync(join(data, 'index.json.age'), copy);
    appendFileSync(join(data, 'index.json.age'), 'x');
    expect(await refusalOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }))).toEqual({
      code: 'READ_BACK_DIFFERS',
      data: { files: ['data/index.json.age'] },
    });
    expect(readdirSync(folder)).toEqual([]);
    cpSync(copy, join(data, 'index.json.age'));
    expect(await codeOf(archive(st).exportTo({ bundleId: bundle.bundleId, folder }))).toBe('ok');
  });
});

test('a rehearsal’s bundle says so', async () => {
  const st = await openTestStation({ rehearsal: true });
  await signedOffSession(st);
  const report = await verifyBundle((await seal(st)).folder);
  expect(report.bundle.rehearsal).toBe(true);
});
