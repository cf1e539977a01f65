import { describe, expect, test } from 'vitest';
import { admit, closedSession, OTHER_ROOM, openDoor, ROOM, S1, STROKES } from '../../../test/harness/exam-day.ts';
import { codeOf, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { StaffId } from '../../lib/ids.ts';
import { AssignmentFacts } from '../examiners/assignment-facts.ts';
import { evaluatePanel, examinerLimits } from '../examiners/evaluate.ts';
import { loadRulePack } from '../rules/load-rule-pack.ts';
import { ruleValues } from '../rules/rule-values.ts';
import { id, keepDossier, openWithDossiers } from './assignment-fixture.ts';
import { packHash, sha256Hex } from './evaluate-room.ts';
import { evaluationsOf } from './evaluation-store.ts';
import { changesIn } from './store.ts';

const lead = (st: TestStation) => st.as('site-lead').assignment;
const at = (version: number) => ({ sessionId: S1, roomId: ROOM, version });
const board = (st: TestStation) => lead(st).board({ sessionId: S1 });
const room = async (st: TestStation, roomId: string = ROOM) =>
  (await board(st)).rooms.find((r) => r.roomId === roomId)!;
const panel = async (st: TestStation) => (await room(st)).seats.map((s) => s.examiner?.examinerId ?? `open ${s.duty}`);
const kinOf = (st: TestStation, candidateId: string) => ({
  ties: [
    { kind: 'kin' as const, to: { who: 'person' as const, documentNumber: st.candidate(candidateId).documentNumber } },
  ],
});
/** A supervisor, since without one every panel has a warning. */
const supervised = (st: TestStation) => st.member('supervisor');

test('the board shows the plan’s panels until they are changed; nothing is open where everything is on file', async () => {
  const st = await openWithDossiers();
  const { rooms, submitted, session } = await board(st);
  expect(session.hasPanels).toBe(true);
  expect(submitted).toBeNull();
  expect(rooms.map((r) => [r.roomId, r.version, r.seats.map((s) => s.examiner?.examinerId)])).toEqual([
    ['201', 0, ['E01', 'E02', 'E03']],
    ['202', 0, ['E04', 'E05', 'E06']],
  ]);
  expect(rooms[0]!.findings.map((f) => f.ruleId)).toEqual(['supervision.present']);
  expect(rooms[0]!.seats.flatMap((s) => s.examiner!.findings)).toEqual([]);
});

describe('a seat', () => {
  test('goes to the reserve; the change, its evaluation and the panel in force are on record', async () => {
    const st = await openWithDossiers();
    st.journalEvents();
    const done = await lead(st).seat({ ...at(0), duty: 'member', examinerId: id('E07'), replacing: id('E02') });
    expect(done.rooms[0]!.seats.map((s) => s.examiner!.examinerId)).toEqual(['E01', 'E07', 'E03']);
    expect(done.rooms[0]).toMatchObject({ version: 1, lastChange: { act: 'replaced' } });
    expect(st.journalEvents()).toEqual(['assignment.changed']);
    const [change] = changesIn(st.station.db, S1);
    const [evaluation] = evaluationsOf(st.station.db, S1);
    expect(change).toMatchObject({ version: 1, act: 'replaced', seq: evaluation!.seq });
    expect(evaluation).toMatchObject({ stage: 'assignment', version: 1, roomId: ROOM });
    // Marking follows the panel in force.
    expect(await codeOf(st.examiner('E02').scoring.sheet({ sessionId: S1, roomId: ROOM }))).toBe('NOT_ON_PANEL');
    expect(await codeOf(st.examiner('E07').scoring.sheet({ sessionId: S1, roomId: ROOM }))).toBe('ok');
    expect((await st.examiner('E07').scoring.mine()).map((m) => m.roomId)).toEqual([ROOM]);
  });

  test('is refused to a relative of a candidate of that room, with clause and source, on record; in the other room it is not', async () => {
    const st = await openWithDossiers();
    keepDossier(st, 'E07', kinOf(st, 'C03'));
    const wish = { ...at(0), duty: 'member' as const, examinerId: id('E07'), replacing: id('E02') };
    expect(await refusalOf(lead(st).seat({ ...wish, reason: '没有别人' }))).toMatchObject({
      code: 'UNLAWFUL',
      data: {
        findings: [
          {
            ruleId: 'recusal.kin',
            severity: 'block',
            examinerId: 'E07',
            facts: { with: 'C03' },
            source: '云人社通〔2022〕50号 第16条',
          },
        ],
      },
    });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'assignment.refused',
      data: { step: 'seat', code: 'UNLAWFUL', examinerId: 'E07', findings: [{ ruleId: 'recusal.kin' }] },
    });
    expect(await panel(st)).toEqual(['E01', 'E02', 'E03']);
    const other = { ...wish, roomId: OTHER_ROOM, replacing: id('E05') };
    expect(await codeOf(lead(st).seat({ ...other, roomId: OTHER_ROOM }))).toBe('ok');
  });

  test('with a warning needs a reason, which is kept with who gave it', async () => {
    const st = await openWithDossiers();
    keepDossier(st, 'E07', { pool: null });
    const wish = { ...at(0), duty: 'member' as const, examinerId: id('E07'), replacing: id('E02') };
    expect(await refusalOf(lead(st).seat(wish))).toMatchObject({
      code: 'REASON_NEEDED',
      data: { findings: [{ ruleId: 'examiners.pool', outcome: 'not-known' }], passedOver: null },
    });
    await lead(st).seat({ ...wish, reason: '已电话核实' });
    const seat = (await room(st)).seats.find((s) => s.examiner?.examinerId === 'E07')!;
    expect(seat.examiner!.findings).toMatchObject([
      { ruleId: 'examiners.pool', accepted: { reason: '已电话核实', byName: st.member('site-lead').name } },
    ]);
    expect(st.journal().slice(-2)).toMatchObject([
      { event: 'assignment.changed', data: { reason: '已电话核实' } },
      { event: 'assignment.decided', data: { finding: { ruleId: 'examiners.pool' }, decision: 'accepted' } },
    ]);
  });

  test('two desks never overwrite each other: the slower one is told who sits there now', async () => {
    const st = await openWithDossiers();
    const wish = { ...at(0), duty: 'member' as const, replacing: id('E02') };
    await lead(st).seat({ ...wish, examinerId: id('E07') });
    expect(
      await refusalOf(lead(st).remove({ ...at(0), examinerId: id('E03'), ground: 'other', reason: '样本' })),
    ).toMatchObject({
      code: 'PANEL_CHANGED',
      data: {
        version: 1,
        byName: st.member('site-lead').name,
        examiners: ['甲考评（样本）', '庚考评（样本）', '丙考评（样本）'],
      },
    });
    expect(await panel(st)).toEqual(['E01', 'E07', 'E03']);
  });

  test('is not taken by who sits in another room at the same time, nor twice, nor where none is open', async () => {
    const st = await openWithDossiers();
    const wish = { ...at(0), duty: 'member' as const };
    const refused = refusalOf(lead(st).seat({ ...wish, examinerId: id('E05'), replacing: id('E02') }));
    expect(await refused).toMatchObject({ code: 'UNLAWFUL', data: { findings: [{ ruleId: 'panel.double-booking' }] } });
    expect(await codeOf(lead(st).seat({ ...wish, examinerId: id('E03'), replacing: id('E02') }))).toBe('NO_SUCH_PLACE');
    expect(await codeOf(lead(st).seat({ ...wish, examinerId: id('E07') }))).toBe('NO_SUCH_PLACE');
    expect(await codeOf(lead(st).seat({ ...wish, duty: 'lead', examinerId: id('E07') }))).toBe('NO_SUCH_PLACE');
  });

  test('candidates are all listed, reserves first, who may not come with the reasons', async () => {
    const st = await openWithDossiers();
    keepDossier(st, 'E07', { pool: 'suspended' });
    const where = { sessionId: S1, roomId: ROOM, duty: 'member' as const, replacing: id('E02') };
    const rows = await lead(st).candidates(where);
    expect(rows.map((c) => [c.examinerId, c.place.kind, c.verdict, c.findings.map((f) => f.ruleId)])).toEqual([
      ['E07', 'reserve', 'cannot', ['examiners.pool']],
      ['E04', 'elsewhere', 'cannot', ['panel.double-booking']],
      ['E05', 'elsewhere', 'cannot', ['panel.double-booking']],
      ['E06', 'elsewhere', 'cannot', ['panel.double-booking']],
    ]);
  });
});

describe('off a panel', () => {
  test('before the opening the seat is open again and the person free', async () => {
    const st = await openWithDossiers();
    await lead(st).remove({ ...at(0), examinerId: id('E02'), ground: 'other', reason: '改派' });
    expect(await panel(st)).toEqual(['E01', 'E03', 'open member']);
    expect((await room(st)).state).toBe('short');
    await lead(st).seat({ ...at(1), duty: 'member', examinerId: id('E02') });
    expect(await panel(st)).toEqual(['E01', 'E03', 'E02']);
  });

  test('from the opening on it is a demand to recuse: it binds for the session', async () => {
    const st = await openWithDossiers();
    await openDoor(st);
    await lead(st).remove({ ...at(0), examinerId: id('E02'), ground: 'employer', reason: '考生举报同单位' });
    expect((await board(st)).recusals).toMatchObject([{ examinerId: 'E02', by: 'demand', ground: 'employer' }]);
    const again = lead(st).seat({ ...at(1), duty: 'member', examinerId: id('E02'), reason: '还是他' });
    expect(await refusalOf(again)).toMatchObject({
      code: 'UNLAWFUL',
      data: { findings: [{ ruleId: 'recusal.self' }] },
    });
    await lead(st).seat({ ...at(1), duty: 'member', examinerId: id('E07') });
    expect(await panel(st)).toEqual(['E01', 'E03', 'E07']);
  });

  test('an examiner takes themselves off by their own PIN; what they marked stays and counts for nothing', async () => {
    const st = await openWithDossiers();
    await openDoor(st);
    await admit(st, 'C01');
    const wish = { sessionId: S1, roomId: ROOM, ground: 'kin' as const, note: '是我外甥' };
    const own = st.examiner('E02').assignment;
    expect(await codeOf(own.recuse({ ...wish, pin: '000000' }))).toBe('WRONG_PIN');
    st.clock.advance(60_000);
    st.journalEvents();
    await own.recuse({ ...wish, pin: PIN });
    expect(st.journalEvents()).toEqual(['assignment.recused', 'assignment.changed']);
    expect(await panel(st)).toEqual(['E01', 'E03', 'open member']);
    expect((await board(st)).recusals).toMatchObject([
      { name: '乙考评（样本）', by: 'self', ground: 'kin', note: '是我外甥' },
    ]);
    expect(await codeOf(own.recuse({ ...wish, pin: PIN }))).toBe('NOT_ON_PANEL');
    expect(await codeOf(st.examiner('E02').scoring.sheet({ sessionId: S1, roomId: ROOM }))).toBe('NOT_ON_PANEL');
  });
});

describe('handing in', () => {
  const versions = async (st: TestStation) =>
    Object.fromEntries((await board(st)).rooms.map((r) => [r.roomId, r.version]));

  test('waits for every seat, names the open one, and wants a reason for what is not decided', async () => {
    const st = await openWithDossiers();
    await lead(st).remove({ ...at(0), examinerId: id('E01'), ground: 'other', reason: '改派' });
    const early = lead(st).submit({ sessionId: S1, versions: await versions(st) });
    expect(await refusalOf(early)).toEqual({ code: 'SEATS_OPEN', data: { roomName: '201 考场', seat: 1 } });
    await lead(st).seat({ ...at(1), duty: 'lead', examinerId: id('E01') });
    const silent = lead(st).submit({ sessionId: S1, versions: await versions(st) });
    expect(await refusalOf(silent)).toMatchObject({
      code: 'REASON_NEEDED',
      data: { findings: [{ ruleId: 'supervision.present' }, { ruleId: 'supervision.present' }] },
    });
    const done = await lead(st).submit({ sessionId: S1, versions: await versions(st), reason: '督导员九点到' });
    expect(done.submitted).toMatchObject({ changedSince: false });
    expect(done.rooms.map((r) => r.state)).toEqual(['full', 'full']);
    await lead(st).seat({ ...at(2), duty: 'member', examinerId: id('E07'), replacing: id('E02') });
    expect((await board(st)).submitted!.changedSince).toBe(true);
  });

  test('is refused while a rule forbids a panel, and by a desk that has not seen the last change', async () => {
    const st = await openWithDossiers();
    supervised(st);
    keepDossier(st, 'E05', { pool: 'excluded' });
    expect(
      await refusalOf(lead(st).submit({ sessionId: S1, versions: await versions(st), reason: '赶时间' })),
    ).toMatchObject({
      code: 'UNLAWFUL',
      data: { findings: [{ ruleId: 'examiners.pool', examinerId: 'E05' }] },
    });
    const old = { ...(await versions(st)), [ROOM]: 7 };
    expect(await codeOf(lead(st).submit({ sessionId: S1, versions: old, reason: '样本' }))).toBe('PANEL_CHANGED');
  });
});

describe('evaluations', () => {
  const stages = (st: TestStation) =>
    evaluationsOf(st.station.db, S1).map((e) => [e.stage, e.roomId, e.examinerId, e.version]);

  test('who takes the plan’s panels as they are has them evaluated at the opening', async () => {
    const st = await openWithDossiers();
    await openDoor(st);
    expect(stages(st)).toEqual([
      ['assignment', '201', null, 0],
      ['assignment', '202', null, 0],
    ]);
  });

  test('an examiner who signs on has the panel evaluated anew, once; a change of facts in between shows', async () => {
    const st = await openWithDossiers();
    await openDoor(st);
    const desk = st.examiner('E02');
    const signIn = () => desk.staff.signIn({ staffId: 'S-E02' as StaffId, pin: PIN, desk: 'examiner' });
    await signIn();
    await signIn();
    expect(stages(st).slice(2)).toEqual([['sign-on', '201', 'E02', 0]]);
    expect((await room(st)).seats[1]!.examiner!.signedOnMs).toBe(st.clock.wallMs());
    keepDossier(st, 'E03', kinOf(st, 'C01'));
    await signIn();
    expect(stages(st)).toHaveLength(4);
    expect(evaluationsOf(st.station.db, S1).at(-1)!.findings).toContainEqual(
      expect.objectContaining({ ruleId: 'recusal.kin', examinerId: 'E03', severity: 'block' }),
    );
    expect((await room(st)).state).toBe('unlawful');
  });

  test('who signed on before being assigned is evaluated as at sign-on, by the change and again at the opening', async () => {
    const st = await openWithDossiers();
    st.examiner('E07');
    st.examiner('E01');
    await lead(st).seat({ ...at(0), duty: 'member', examinerId: id('E07'), replacing: id('E02') });
    expect(stages(st)).toEqual([
      ['assignment', '201', null, 1],
      ['sign-on', '201', 'E07', 1],
    ]);
    expect((await room(st)).seats[1]!.examiner).toMatchObject({ examinerId: 'E07', signedOnMs: st.clock.wallMs() });
    const [change, signOn] = evaluationsOf(st.station.db, S1);
    expect(signOn!.factsSha256).toBe(change!.factsSha256);
    expect(st.journal().at(-1)).toMatchObject({ seq: signOn!.seq, data: { stage: 'sign-on', examinerId: 'E07' } });
    await openDoor(st);
    expect(stages(st).slice(2)).toEqual([
      ['assignment', '202', null, 0],
      ['sign-on', '201', 'E01', 1],
    ]);
  });

  test('what changes on file after the assignment is an alarm, is told apart on the board, and is decided there', async () => {
    const st = await openWithDossiers();
    supervised(st);
    await openDoor(st);
    const alarms = async () =>
      (await st.as('site-lead').session.overview({ sessionId: S1 })).alarms.filter((a) => a.code === 'panel-facts');
    const versionsNow = async () => Object.fromEntries((await board(st)).rooms.map((r) => [r.roomId, r.version]));
    await lead(st).submit({ sessionId: S1, versions: await versionsNow(), reason: '督导员档案后补' });
    expect(await alarms()).toEqual([]);
    keepDossier(st, 'E03', { appraisals: [{ year: 2025, result: 'unfit' }] });
    const found = (await room(st)).seats.flatMap((s) => s.examiner?.findings ?? []).filter((f) => f.cameUpLater);
    expect(found).toMatchObject([{ ruleId: 'examiners.appraisal', examinerId: 'E03', accepted: null }]);
    expect(await alarms()).toMatchObject([{ roomId: ROOM, facts: { rule: 'examiners.appraisal' } }]);
    expect((await board(st)).submitted).toMatchObject({ changedSince: false, factsSince: true });
  });

  test('a panel that is no longer lawful at the end is an item to declare, and evaluated once more when the lead signs', async () => {
    const st = await openWithDossiers();
    await closedSession(st);
    keepDossier(st, 'E03', kinOf(st, 'C01'));
    const { archive } = st.as('site-lead');
    const { missing } = await archive.closing({ sessionId: S1 });
    expect(missing.find((m) => m.code === 'panel-unlawful')).toMatchObject({
      itemId: 'panel-unlawful:201',
      facts: { room: '201 考场', rules: 'recusal.kin' },
    });
    for (const { itemId } of missing) await archive.declare({ sessionId: S1, itemId, reason: '样本：已报中心' });
    await archive.signDeclarations({ sessionId: S1, pin: PIN, strokes: STROKES });
    await archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
    expect(
      stages(st)
        .slice(-2)
        .map(([stage, roomId]) => [stage, roomId]),
    ).toEqual([
      ['sealing', '201'],
      ['sealing', '202'],
    ]);
  });

  test('anybody repeats one from the facts kept: same hash, same findings, by the same pack', async () => {
    const st = await openWithDossiers();
    keepDossier(st, 'E02', { pool: null });
    await openDoor(st);
    const pack = await loadRulePack(`${import.meta.dirname}/../../../resources/rule-packs`, 'national');
    if (!pack.ok) throw new Error(JSON.stringify(pack.error));
    const all = evaluationsOf(st.station.db, S1);
    expect(all[0]!.findings.map((f) => f.ruleId)).toContain('examiners.pool');
    for (const e of all) {
      expect(sha256Hex(e.facts)).toBe(e.factsSha256);
      expect(e.packSha256).toBe(packHash(pack.value));
      const facts = AssignmentFacts.parse(JSON.parse(e.facts));
      expect(canonicalJson(facts)).toBe(e.facts);
      expect(evaluatePanel(facts, examinerLimits(ruleValues(pack.value)), pack.value)).toEqual(e.findings);
    }
  });

  test('a panel that a rule forbids keeps the door shut', async () => {
    const st = await openWithDossiers();
    keepDossier(st, 'E02', { cardUntil: '2026-02-28' });
    expect(await refusalOf(openDoor(st))).toMatchObject({ code: 'NOT_READY' });
    expect(st.journal().at(-1)).toMatchObject({ data: { stops: ['assignment'] } });
    await lead(st).seat({ ...at(0), duty: 'member', examinerId: id('E07'), replacing: id('E02') });
    await openDoor(st);
  });

  test('records are never edited', async () => {
    const st = await openWithDossiers();
    await openDoor(st);
    const { db } = st.station;
    expect(() => db.prepare("UPDATE panel_evaluations SET findings = '[]'").run()).toThrow('never edited');
    expect(() => db.prepare('DELETE FROM assignment_changes').run()).not.toThrow('no such table');
  });
});

describe('the only institution far and wide', () => {
  /** E02 has a post where the candidates were trained. */
  const posts = { trainingPosts: [{ institution: '某培训中心（样本）', from: '2020-01-01', until: null }] };
  const approve = (st: TestStation, pin = PIN) =>
    lead(st).approveSoleProvider({
      sessionId: S1,
      number: '样本批〔2026〕1号',
      file: new File(['%PDF-1.4 sample'], '批文.pdf', { type: 'application/pdf' }),
      official: { staffId: st.member('door', 'official').staffId, pin },
    });

  test('may train and assess with its approval on file and the named official signed on that day', async () => {
    const st = await openWithDossiers();
    keepDossier(st, 'E07', posts);
    const wish = { ...at(0), duty: 'member' as const, examinerId: id('E07'), replacing: id('E02'), reason: '唯一机构' };
    expect(await refusalOf(lead(st).seat(wish))).toMatchObject({
      code: 'UNLAWFUL',
      data: { findings: [{ ruleId: 'examiners.separation' }] },
    });
    expect(await codeOf(approve(st, '000000'))).toBe('WRONG_PIN');
    st.clock.advance(60_000);
    const { soleProvider } = await approve(st);
    expect(soleProvider).toMatchObject({
      number: '样本批〔2026〕1号',
      fileName: '批文.pdf',
      signedOnMs: st.clock.wallMs(),
    });
    expect(soleProvider!.fileSha256).toMatch(/^[0-9a-f]{64}$/);
    await lead(st).seat(wish);
    const seat = (await room(st)).seats.find((s) => s.examiner?.examinerId === 'E07')!;
    expect(seat.examiner!.findings).toMatchObject([
      { ruleId: 'separation.sole-provider', severity: 'warn', accepted: { reason: '唯一机构' } },
    ]);
  });

  test('not on the word of the lead alone', async () => {
    const st = await openWithDossiers();
    const official = { staffId: st.member('site-lead').staffId, pin: PIN };
    const wish = { sessionId: S1, number: '样本批 1', file: new File(['x'], 'x.pdf'), official };
    expect(await codeOf(lead(st).approveSoleProvider(wish))).toBe('SAME_PERSON');
  });
});
