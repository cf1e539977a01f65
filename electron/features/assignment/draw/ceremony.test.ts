import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openDoor, ROOM, S1 } from '../../../../test/harness/exam-day.ts';
import { codeOf, PASSPHRASE, PIN, refusalOf, type TestStation } from '../../../../test/harness/open-station.ts';
import { shareHash } from '../../draw/panels/commitment.ts';
import { PublishedDraw, verifyDraw } from '../../draw/panels/verify-draw.ts';
import type { Plan } from '../../plan/plan-schema.ts';
import { id, keepDossier, openWithDossiers } from '../assignment-fixture.ts';
import type { DrawView } from './contract.ts';

const draws = (st: TestStation) => st.as('site-lead').assignment.draw;
const board = (st: TestStation) => st.as('site-lead').assignment.board({ sessionId: S1 });

/** Four more examiners, so that there is something to draw from. */
const withMore = (plan: Plan): Plan => ({
  ...plan,
  examiners: [
    ...plan.examiners,
    ...[8, 9, 10, 11].map((n) => ({
      ...plan.examiners[0]!,
      examinerId: id(`E${String(n).padStart(2, '0')}`),
      name: `${'辛壬癸子'[n - 8]}考评（样本）`,
      cardNumber: `YB-KP-${n}`,
      employer: `样本单位${n}`,
    })),
  ],
});
async function station(): Promise<TestStation> {
  const st = await openWithDossiers({ plan: withMore });
  st.member('supervisor');
  return st;
}
async function prepared(st: TestStation): Promise<DrawView> {
  const reply = await draws(st).prepare({ sessionIds: [S1] });
  if (reply.kind !== 'ready') throw new Error(JSON.stringify(reply.shortage));
  return reply.draw;
}
const supervisor = (st: TestStation) => ({ staffId: st.member('supervisor').staffId, pin: PIN });
const seal = {
  supervisor: (st: TestStation, drawId: string) =>
    draws(st).sealShare({
      drawId,
      party: 'supervisor',
      share: { by: 'typed', text: '408217' },
      supervisor: supervisor(st),
    }),
  centre: (st: TestStation, drawId: string) =>
    draws(st).sealShare({ drawId, party: 'centre', share: { by: 'file', file: new File(['specimen'], '中心.bin') } }),
};
async function drawn(st: TestStation): Promise<DrawView> {
  const { drawId } = await prepared(st);
  await seal.supervisor(st, drawId);
  await seal.centre(st, drawId);
  for (const party of ['site', 'supervisor', 'centre'] as const) await draws(st).openShare({ drawId, party });
  return draws(st).run({ drawId });
}
const published = async (st: TestStation, drawId: string) =>
  PublishedDraw.parse(JSON.parse(await (await draws(st).published({ drawId })).text()));

test('from the sealed names to the assignment: each step on record, and anybody repeats it', async () => {
  const st = await station();
  keepDossier(st, 'E09', { pool: 'suspended' });
  st.journalEvents();
  const first = await prepared(st);
  expect(first).toMatchObject({ stage: 'prepared', input: { examiners: 10, rooms: 2, seats: 6, seniorLead: true } });
  expect(first.excluded).toMatchObject([
    {
      examinerId: 'E09',
      name: '壬考评（样本）',
      rules: [{ ruleId: 'examiners.pool', text: { zh: '暂停或终身不得再任的人员不得委派' } }],
    },
  ]);
  expect(first.shares.map((s) => [s.party, s.sealed !== null])).toEqual([
    ['site', true],
    ['supervisor', false],
    ['centre', false],
  ]);
  const { drawId } = first;
  await seal.supervisor(st, drawId);
  const committed = await seal.centre(st, drawId);
  expect(committed).toMatchObject({ stage: 'committed', seed: null, result: null });
  expect(committed.committed!.sha256).toMatch(/^[0-9a-f]{64}$/);
  // Nothing of a share is seen before it is opened.
  expect(JSON.stringify(committed)).not.toContain('408217');
  for (const party of ['site', 'supervisor'] as const) await draws(st).openShare({ drawId, party });
  const opened = await draws(st).openShare({ drawId, party: 'centre' });
  expect(opened.stage).toBe('opened');
  expect(opened.shares.map((s) => s.opened!.said)).toEqual(['', '408217', '中心.bin']);
  const result = await draws(st).run({ drawId });
  expect(result.result!.rooms.map((r) => r.seats.map((s) => s.role))).toEqual([
    ['lead', 'member', 'member'],
    ['lead', 'member', 'member'],
  ]);
  expect(result.result!.reserves).toHaveLength(4);
  const applied = await draws(st).apply({ drawId });
  expect(applied.stage).toBe('applied');

  const findings = verifyDraw(await published(st, drawId));
  expect(findings.map((f) => [f.question, f.passed])).toEqual([
    ['input-sound', true],
    ['commitment-fits-input', true],
    ['witness-fits', true],
    ['shares-fit', true],
    ['drawn-again', true],
    ['reserves-drawn-again', true],
    ['every-rule-kept', true],
  ]);
  const { rooms, drawn: by } = await board(st);
  expect(rooms.map((r) => r.seats.map((s) => s.examiner!.examinerId))).toEqual(
    result.result!.rooms.map((r) => r.seats.map((s) => s.examinerId)),
  );
  expect(rooms.map((r) => r.lastChange!.act)).toEqual(['drawn', 'drawn']);
  expect(by).toMatchObject({ drawId, examiners: 10, excluded: 1 });
  expect(st.journalEvents()).toEqual([
    'assignment.draw-prepared',
    ...Array.from({ length: 3 }, () => 'assignment.draw-share-sealed'),
    'assignment.draw-committed',
    ...Array.from({ length: 3 }, () => 'assignment.draw-share-opened'),
    'assignment.draw-opened',
    'assignment.drawn',
    'assignment.changed',
    'assignment.changed',
    'assignment.draw-applied',
  ]);
});

test('killed after any step, it goes on where it was, and the seed decides the same', async () => {
  const st = await station();
  const { drawId } = await prepared(st);
  await st.restart(PASSPHRASE);
  await seal.supervisor(st, drawId);
  await st.restart(PASSPHRASE);
  await seal.centre(st, drawId);
  await draws(st).openShare({ drawId, party: 'site' });
  await st.restart(PASSPHRASE);
  await draws(st).openShare({ drawId, party: 'supervisor' });
  const { seed } = await draws(st).openShare({ drawId, party: 'centre' });
  await st.restart(PASSPHRASE);
  const [one, two] = await Promise.all([draws(st).run({ drawId }), draws(st).run({ drawId })]);
  expect(one).toEqual(two);
  expect(one.seed).toBe(seed);
  expect(st.journal().filter((e) => e.event === 'assignment.drawn')).toHaveLength(1);
  await st.restart(PASSPHRASE);
  await draws(st).apply({ drawId });
  expect(verifyDraw(await published(st, drawId)).every((f) => f.passed)).toBe(true);
  // What was kept until the opening is kept no longer.
  expect(st.station.db.prepare('SELECT count(*) AS n FROM draw_secrets').get()).toEqual({ n: 0 });
});

test('a party that trusts nobody gives its hash first and its share at the opening; another share is refused', async () => {
  const st = await station();
  const { drawId } = await prepared(st);
  const share = createHash('sha256').update('specimen centre').digest('hex');
  await seal.supervisor(st, drawId);
  const sha256 = shareHash({ party: 'centre', share });
  const sealed = await draws(st).sealShare({ drawId, party: 'centre', share: { by: 'hash', sha256 } });
  expect(sealed.shares.find((s) => s.party === 'centre')).toMatchObject({ keptHere: false });
  expect(await codeOf(draws(st).openShare({ drawId, party: 'centre' }))).toBe('SHARE_DIFFERS');
  expect(await codeOf(draws(st).openShare({ drawId, party: 'centre', share: '00'.repeat(32) }))).toBe('SHARE_DIFFERS');
  for (const party of ['site', 'supervisor'] as const) await draws(st).openShare({ drawId, party });
  expect((await draws(st).openShare({ drawId, party: 'centre', share })).stage).toBe('opened');
});

test('no step comes before its time, nor twice; the supervisor seals by their own PIN', async () => {
  const st = await station();
  const { drawId } = await prepared(st);
  expect(await refusalOf(draws(st).run({ drawId }))).toEqual({ code: 'DRAW_ELSEWHERE', data: { stage: 'prepared' } });
  expect(await codeOf(draws(st).openShare({ drawId, party: 'site' }))).toBe('DRAW_ELSEWHERE');
  const typed = { drawId, party: 'supervisor' as const, share: { by: 'typed' as const, text: '408217' } };
  expect(await codeOf(draws(st).sealShare(typed))).toBe('SUPERVISOR_NEEDED');
  const lead = { staffId: st.member('site-lead').staffId, pin: PIN };
  expect(await codeOf(draws(st).sealShare({ ...typed, supervisor: lead }))).toBe('SUPERVISOR_NEEDED');
  await seal.supervisor(st, drawId);
  expect(await codeOf(seal.supervisor(st, drawId))).toBe('ALREADY_SEALED');
  expect(await refusalOf(draws(st).prepare({ sessionIds: [S1] }))).toEqual({ code: 'DRAW_UNDERWAY', data: { drawId } });
  await draws(st).cancel({ drawId, reason: '名单有误' });
  expect((await draws(st).list({ sessionId: S1 })).map((d) => [d.stage, d.cancelled!.reason])).toEqual([
    ['cancelled', '名单有误'],
  ]);
  expect(await codeOf(draws(st).published({ drawId }))).toBe('DRAW_ELSEWHERE');
  await openDoor(st);
  expect(await codeOf(draws(st).prepare({ sessionIds: [S1] }))).toBe('WRONG_STATE');
});

describe('after the draw', () => {
  test('reserves come in its order; passing one over needs a reason, which is on record with the name', async () => {
    const st = await station();
    const { drawId, result } = await drawn(st);
    await draws(st).apply({ drawId });
    const member = result!.rooms.find((r) => r.roomId === ROOM)!.seats.find((s) => s.role === 'member')!;
    const where = { sessionId: S1, roomId: ROOM, duty: 'member' as const, replacing: id(member.examinerId) };
    const candidates = await st.as('site-lead').assignment.candidates(where);
    const reserves = candidates.filter((c) => c.place.kind === 'reserve').map((c) => c.examinerId as string);
    expect(reserves).toEqual(result!.reserves.map((r) => r.examinerId));
    const wish = { ...where, version: 1, examinerId: id(reserves[1]!) };
    expect(await refusalOf(st.as('site-lead').assignment.seat(wish))).toMatchObject({
      code: 'REASON_NEEDED',
      data: { findings: [], passedOver: result!.reserves[0]!.name },
    });
    await st.as('site-lead').assignment.seat({ ...wish, reason: '第一候补不接电话' });
    expect(st.journal().at(-1)).toMatchObject({
      event: 'assignment.changed',
      data: { reason: '第一候补不接电话', passedOver: reserves[0] },
    });
  });

  test('what has changed on file in between shows on the board', async () => {
    const st = await station();
    const { drawId, result } = await drawn(st);
    const chosen = result!.rooms[0]!.seats[1]!.examinerId;
    keepDossier(st, chosen, { pool: 'suspended' });
    await draws(st).apply({ drawId });
    const { rooms } = await board(st);
    expect(rooms.map((r) => r.state)).toContain('unlawful');
    expect(rooms[0]!.seats[1]!.examiner!.findings).toMatchObject([{ ruleId: 'examiners.pool', severity: 'block' }]);
  });
});

test('where too few may lead, the needs that cannot be met together are named, and it is on record', async () => {
  const st = await station();
  for (const { examinerId } of st.plan.examiners) {
    if (examinerId !== 'E01') keepDossier(st, examinerId, { grade: 'examiner' });
  }
  const reply = await draws(st).prepare({ sessionIds: [S1] });
  expect(reply).toEqual({
    kind: 'impossible',
    shortage: {
      kind: 'too-few',
      needs: [
        { sessionLabel: '电工四级操作技能（样本）', roomName: '201 考场', role: 'lead' },
        { sessionLabel: '电工四级操作技能（样本）', roomName: '202 考场', role: 'lead' },
      ],
      examiners: [{ examinerId: 'E01', name: '甲考评（样本）' }],
      duties: 1,
    },
  });
  expect(st.journal().at(-1)!.event).toBe('assignment.draw-impossible');
  // Any examiner may lead where no senior is asked for.
  expect((await draws(st).prepare({ sessionIds: [S1], seniorLead: false })).kind).toBe('ready');
});
