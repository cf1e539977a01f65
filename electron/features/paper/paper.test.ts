import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { closedSession, openDoor, pinOf, S1 } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation, PIN, refusalOf, type TestStation } from '../../../test/harness/open-station.ts';
import { aPdf, aPng } from './scan-fixture.ts';

const keeper = (st: TestStation) => st.as('score-keeper').paper;
const lead = (st: TestStation) => st.as('site-lead').paper;
const RIGHT = {
  'papers:201': 1,
  'papers:202': 0,
  'volume:1': 2,
  'volume:2': 1,
  'volume:3': 5,
  'volume:4': 4,
  'volume:5': 0,
};
const count = (desk: ReturnType<typeof lead>, counts: Record<string, number>, round = 1) =>
  desk.count({ sessionId: S1, round, counts });

async function over(): Promise<TestStation> {
  const st = await openTestStation();
  await closedSession(st);
  st.journalEvents();
  return st;
}

describe('pieces of paper', () => {
  test('are typed twice, the first entry unseen; what differs is counted again', async () => {
    const st = await over();
    const before = await lead(st).view({ sessionId: S1 });
    expect(before.lines.map((l) => [l.lineId, l.expected])).toEqual([
      ['papers:201', 1],
      ['papers:202', 0],
      ...[1, 2, 3, 4, 5].map((n) => [`volume:${n}`, null]),
    ]);
    const once = await count(lead(st), RIGHT);
    expect(once.first).toMatchObject({ byName: '负责人（样本）', isMe: true });
    expect(JSON.stringify(await keeper(st).view({ sessionId: S1 }))).not.toContain('"pieces":5');

    const twice = await count(keeper(st), { ...RIGHT, 'volume:4': 3 });
    expect(twice).toMatchObject({ round: 2, settled: false, first: null });
    expect(twice.lines.filter((l) => l.pieces === null)).toMatchObject([{ lineId: 'volume:4', differs: [4, 3] }]);
    await count(lead(st), { 'volume:4': 3 }, 2);
    const settled = await count(keeper(st), { 'volume:4': 3 }, 2);
    expect(settled).toMatchObject({ settled: true, countedBy: ['负责人（样本）', 'score-keeper（样本）'] });
    expect(settled.lines.map((l) => l.pieces)).toEqual([1, 0, 2, 1, 5, 3, 0]);
    expect(st.journalEvents()).toEqual([
      ...['paper.counted', 'paper.counted', 'paper.compared'],
      ...['paper.counted', 'paper.counted', 'paper.compared'],
    ]);
    expect(await codeOf(count(lead(st), { 'volume:4': 2 }, 3))).toBe('COUNT_CHANGED');
  });

  test('another person types the second entry where the rules say so, at this desk by PIN', async () => {
    const st = await over();
    await count(lead(st), RIGHT);
    expect(await refusalOf(count(lead(st), RIGHT))).toEqual({
      code: 'OTHER_PERSON_NEEDED',
      data: { byName: '负责人（样本）' },
    });
    const { staffId } = st.member('invigilator');
    const second = (pin: string) => lead(st).count({ sessionId: S1, round: 1, counts: RIGHT, by: { staffId, pin } });
    expect(await codeOf(second('000000'))).toBe('WRONG_PIN');
    expect((await second(PIN)).settled).toBe(true);
    const watcher = pinOf(st, 'supervisor');
    await lead(st).countAgain({ sessionId: S1, reason: '数错了' });
    expect(await codeOf(lead(st).count({ sessionId: S1, round: 1, counts: RIGHT, by: watcher }))).toBe('MAY_NOT_COUNT');
    expect((await lead(st).view({ sessionId: S1 })).settled).toBe(false);
    expect(st.journalEvents().slice(-2)).toEqual(['paper.count-again', 'paper.count-refused']);
  });

  test.each([
    ['a line is left out', { 'papers:201': 1 }, 1, 'COUNT_INCOMPLETE'],
    ['a room is not of this session', { ...RIGHT, 'papers:999': 1 }, 1, 'COUNT_CHANGED'],
    ['the round is another', RIGHT, 2, 'COUNT_CHANGED'],
    ['a count is below nought', { ...RIGHT, 'volume:1': -1 }, 1, 'BAD_REQUEST'],
  ] as const)('are not taken where %s', async (_what, counts, round, code) => {
    const st = await over();
    expect(await codeOf(count(lead(st), counts, round))).toBe(code);
    expect((await lead(st).view({ sessionId: S1 })).first).toBeNull();
  });

  test('are counted once the session is over, and outlast the end of the station', async () => {
    const st = await openTestStation();
    await openDoor(st);
    expect(await codeOf(count(lead(st), RIGHT))).toBe('WRONG_STATE');
    const ended = await over();
    await count(lead(ended), RIGHT);
    await ended.restart();
    expect((await count(keeper(ended), RIGHT)).settled).toBe(true);
  });
});

describe('a scan', () => {
  const add = (st: TestStation, bytes: Uint8Array, title = '考场记录') =>
    lead(st).addScan({
      sessionId: S1,
      volume: 3,
      title,
      source: 'file',
      file: new File([new Uint8Array(bytes)], 'scan.pdf'),
    });

  test('is encrypted as it is written, shown again, and taken out for a reason that stays on record', async () => {
    const st = await over();
    const { scans } = await add(st, aPdf(2));
    expect(scans).toMatchObject([{ volume: 3, title: '考场记录', mediaType: 'application/pdf', pages: 2 }]);
    const folder = join(st.dataDir, 'vault/S1');
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'latin1')).not.toContain('%PDF');
    const { scanId } = scans[0]!;
    const shown = await lead(st).scan({ sessionId: S1, scanId });
    expect([shown.type, Buffer.from(await shown.arrayBuffer())]).toEqual(['application/pdf', aPdf(2)]);

    expect(await refusalOf(add(st, aPdf(2)))).toEqual({ code: 'SCAN_THERE_ALREADY', data: { title: '考场记录' } });
    expect((await lead(st).removeScan({ sessionId: S1, scanId, reason: '扫歪了' })).scans).toEqual([]);
    expect(await codeOf(lead(st).scan({ sessionId: S1, scanId }))).toBe('NO_SUCH_SCAN');
    expect((await add(st, aPng(900, 1300))).scans).toHaveLength(1);
    expect(st.journalEvents()).toEqual([
      'paper.scan-added',
      'paper.scan-refused',
      'paper.scan-removed',
      'paper.scan-added',
    ]);
  });

  test('that is none, or does something when opened, is refused by name', async () => {
    const st = await over();
    expect(await refusalOf(add(st, Buffer.from('MZ')))).toEqual({
      code: 'SCAN_REFUSED',
      data: { fault: 'not-a-scan' },
    });
    expect(await refusalOf(add(st, aPdf(1, '/OpenAction 5 0 R')))).toMatchObject({ data: { fault: 'active-content' } });
    expect((await lead(st).view({ sessionId: S1 })).scans).toEqual([]);
  });
});
