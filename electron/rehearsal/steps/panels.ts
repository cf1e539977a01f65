import type { StationClient } from '../../contract/index.ts';
import { PublishedDraw, verifyDraw } from '../../features/draw/panels/verify-draw.ts';
import { ExaminerId, RoomId } from '../../lib/ids.ts';
import { LEAD } from '../cast.ts';
import { type Day, deskOf, playerOf, SESSION, withRightPin } from '../day.ts';
import { expectRefusal, expectSame, expectTrue, NotAsExpected } from '../expectation.ts';
import type { Step } from '../step.ts';

const ROOM = RoomId.parse('201');
const who = (id: string) => ExaminerId.parse(id);

/** Somebody who sits elsewhere is refused; the reserve takes a seat for a reason and gives it back; all is handed in. */
export const assignPanels: Step = {
  id: 'assignment',
  title: { zh: '委派：不能派的拒绝，换人要写理由，提交', en: 'Assignment: refused, replaced for a reason, handed in' },
  async play(day) {
    const { assignment } = (await deskOf(day, LEAD)).station;
    const room = async () => (await assignment.board({ sessionId: SESSION })).rooms.find((r) => r.roomId === ROOM)!;
    const place = async (examinerId: string, replacing: string, version?: number) => ({
      sessionId: SESSION,
      roomId: ROOM,
      version: version ?? (await room()).version,
      duty: 'member' as const,
      examinerId: who(examinerId),
      replacing: who(replacing),
    });
    const sits = async (examinerId: string) => (await room()).seats.some((s) => s.examiner?.examinerId === examinerId);
    await expectRefusal(assignment.seat({ ...(await place('E05', 'E02')), reason: '样本：人手不够' }), 'UNLAWFUL');
    if (!(await sits('E07'))) {
      const { version } = await room();
      await assignment.seat({ ...(await place('E07', 'E02')), reason: '样本：乙考评堵车' });
      await expectRefusal(
        assignment.seat({ ...(await place('E02', 'E07', version)), reason: '样本：另一台电脑' }),
        'PANEL_CHANGED',
      );
    }
    await assignment.seat({ ...(await place('E02', 'E07')), reason: '样本：乙考评到了' });
    const { rooms } = await assignment.board({ sessionId: SESSION });
    const versions = Object.fromEntries(rooms.map((r) => [r.roomId, r.version]));
    const done = await assignment.submit({ sessionId: SESSION, versions, reason: '样本：档案在鉴定中心' });
    day.ledger.note('assignment.submitted', {});
    expectTrue(done.submitted !== null && !done.submitted.changedSince, 'the assignment is handed in');
    expectSame(
      done.rooms.map((r) => r.state),
      rooms.map(() => 'full'),
      'the panels after handing in',
    );
    return {
      zh: '在另一考场的人被拒（panel.double-booking）；候补顶上又换回；旧画面的改动被拒；每条提醒都有理由',
      en: 'Who sits elsewhere is refused (panel.double-booking); the reserve came and went; an old desk is refused; every warning has a reason',
    };
  },
};

/** The whole ceremony to its result, repeated by the verifier; then cancelled, so that the day keeps the panels of its plan. */
export const drawPanels: Step = {
  id: 'panel-draw',
  title: { zh: '随机抽取考评小组，重算相符', en: 'Panels are drawn, and drawn again by the verifier' },
  async play(day) {
    const { station } = await deskOf(day, LEAD);
    const { draw } = station.assignment;
    const drawId = await begun(station);
    const shared = async (party: string) => (await draw.read({ drawId })).shares.find((s) => s.party === party)!;
    if ((await shared('supervisor')).sealed === null) await sealSupervisor(day, station, drawId);
    if ((await shared('centre')).sealed === null) {
      await draw.sealShare({ drawId, party: 'centre', share: { by: 'typed', text: '样本中心的一串字' } });
    }
    for (const party of ['site', 'supervisor', 'centre'] as const) {
      if ((await draw.read({ drawId })).stage === 'committed') await draw.openShare({ drawId, party });
    }
    const { committed, input } = await draw.run({ drawId });
    const file = PublishedDraw.parse(JSON.parse(await (await draw.published({ drawId })).text()));
    const failed = verifyDraw(file).filter((f) => !f.passed);
    expectSame(failed, [], 'what the verifier finds wrong with the draw');
    await draw.cancel({ drawId, reason: '样本：演练不采用' });
    day.ledger.note('assignment.draw-committed', { drawId, sha256: committed!.sha256 });
    return {
      zh: `${input.examiners} 人入签，${input.seats} 席；承诺码 ${committed!.sha256.slice(0, 16)}；重抽每席相同`,
      en: `${input.examiners} in the draw, ${input.seats} seats; commitment ${committed!.sha256.slice(0, 16)}; drawn again the same`,
    };
  },
};

/** The draw under way, or a new one: the scene may be played again after a kill. */
async function begun({ assignment: { draw } }: StationClient): Promise<string> {
  const [last] = await draw.list({ sessionId: SESSION });
  if (last && last.stage !== 'cancelled') return last.drawId;
  const reply = await draw.prepare({ sessionIds: [SESSION] });
  if (reply.kind !== 'ready') throw new NotAsExpected(`nothing can be drawn: ${JSON.stringify(reply.shortage)}`);
  return reply.draw.drawId;
}

async function sealSupervisor(day: Day, { assignment, staff }: StationClient, drawId: string): Promise<void> {
  const { name, pin } = playerOf(day, 'supervisor');
  const member = (await staff.names()).find((m) => m.name === name);
  if (!member) throw new NotAsExpected('the supervisor is not among the staff');
  await withRightPin(day, () =>
    assignment.draw.sealShare({
      drawId,
      party: 'supervisor',
      share: { by: 'typed', text: '408217' },
      supervisor: { staffId: member.staffId, pin },
    }),
  );
}
