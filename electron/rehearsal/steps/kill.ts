import { comeIn, doorOf, layCard, readerReady, showTicket, stand } from '../arrival.ts';
import { candidateOf, type Day, deskOf } from '../day.ts';
import { expectSame, StationGone } from '../expectation.ts';
import { standUpAgain } from '../stand-up-again.ts';
import type { Step } from '../step.ts';

/** So long after the admission was asked for, the station is killed: about in the middle of it. */
const KILL_AFTER_MS = 4;

/**
 * `kill -9` while C02 is being admitted. Started again on the same data, the station has everything it acknowledged,
 * nobody has to sign in again, and the day goes on.
 */
export const killInMidCall: Step = {
  id: 'kill',
  title: { zh: 'C02 入场途中 kill -9，重新启动，继续', en: 'kill -9 while C02 is admitted; restart; go on' },
  async play(day) {
    const c = candidateOf(day, 'C02');
    let answered = false;
    if ((await day.pictures.turning('C02')).length > 0 && !day.outcomes.has('C02')) {
      await readerReady(day, c.roomId);
      await layCard(day, c.roomId, c);
      const attempt = await showTicket(day, c.roomId, c);
      const seen = await stand(day, attempt, 'C02');
      const asked = (await doorOf(day)).admit({ attemptId: seen.attemptId });
      const settled = asked.then(
        () => {
          answered = true;
          day.ledger.note('checkin.admitted', { attemptId: seen.attemptId, candidateId: 'C02' });
        },
        (error) => {
          if (!(error instanceof StationGone)) throw error;
        },
      );
      await new Promise((resolve) => setTimeout(resolve, KILL_AFTER_MS));
      await day.station.kill();
      await settled;
    } else await day.station.kill();
    const { startMs, entries } = await standUpAgain(day);
    await everybodyStillSignedIn(day);
    await comeIn(day, c);
    const was = answered ? { zh: '已应答', en: 'answered' } : { zh: '未应答', en: 'unanswered' };
    return {
      zh: `${Math.round(startMs)} 毫秒后恢复；${entries} 条日志、${day.ledger.size} 项回执齐全；${day.desks.size} 个台仍在登录；入场请求${was.zh}`,
      en: `back after ${Math.round(startMs)} ms; ${entries} journal entries and ${day.ledger.size} acknowledgements are all there; ${day.desks.size} desks still signed in; the admission was ${was.en}`,
    };
  },
};

async function everybodyStillSignedIn(day: Day): Promise<void> {
  for (const key of day.desks.keys()) {
    const me = await (await deskOf(day, key)).station.staff.me();
    expectSame(me?.staffId, day.staffIds.get(key), `who is signed in at the desk of ${key}`);
  }
}
