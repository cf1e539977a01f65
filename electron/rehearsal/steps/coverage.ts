import type { CandidateCoverage } from '../../features/coverage/contract.ts';
import { RoomId } from '../../lib/ids.ts';
import { LEAD } from '../cast.ts';
import { type Day, deskOf, playerOf, SESSION, withRightPin } from '../day.ts';
import { codeOf, expectRefusal, expectSame } from '../expectation.ts';
import type { Step } from '../step.ts';

const REASON = '演练：时钟拨快，其间没有录像（样本说明）';

/** Everybody whose video is short and not accepted yet: their scores are not confirmed, and say why. */
async function shortOnes(day: Day): Promise<CandidateCoverage[]> {
  const { station } = await deskOf(day, LEAD);
  const { candidates } = await station.coverage.session({ sessionId: SESSION });
  return candidates.filter((c) => c.verdict === 'short' && c.acceptance === null);
}

/** Nobody films the hours that the clock skips: nothing is confirmed until lead and supervisor have accepted that. */
export const acceptShortVideo: Step = {
  id: 'coverage',
  title: {
    zh: '录像不足的不予确认；两人写明理由后接受',
    en: 'Short video confirms nothing until two persons accept it',
  },
  async play(day) {
    const { station } = await deskOf(day, LEAD);
    const keeper = (await deskOf(day, 'keeper')).station;
    const short = await shortOnes(day);
    const told: string[] = [];
    for (const { roomId } of day.plan.rooms) {
      const { results } = await keeper.scoring.revealed({ sessionId: SESSION, roomId: RoomId.parse(roomId) });
      told.push(
        ...results.flatMap((r) => r.obstacles.filter((o) => o.code === 'not-covered').map(() => r.anonymousNumber)),
      );
    }
    expectSame(told.length, short.length, 'scores that video does not cover');
    const [lead, supervisor] = [playerOf(day, LEAD), playerOf(day, 'supervisor')];
    const second = { staffId: day.staffIds.get('supervisor')!, pin: supervisor.pin };
    for (const [i, { candidateId }] of short.entries()) {
      const wish = { candidateId, reason: REASON, pin: lead.pin, second };
      if (i === 0) {
        const alone = { ...wish, second: { staffId: day.staffIds.get(LEAD)!, pin: lead.pin } };
        await expectRefusal(station.coverage.accept(alone), 'SAME_PERSON');
      }
      try {
        await withRightPin(day, () => station.coverage.accept(wish));
      } catch (error) {
        if (codeOf(error) !== 'NOT_SHORT') throw error;
      }
      day.ledger.note('coverage.accepted', { candidateId, reason: REASON });
    }
    expectSame((await shortOnes(day)).length, 0, 'short and not accepted');
    return {
      zh: `${short.length} 人没有录像覆盖，成绩不予确认；一人不能自己接受，两人接受后才确认`,
      en: `${short.length} not covered, not confirmed; one person alone is refused, two accepted`,
    };
  },
};
