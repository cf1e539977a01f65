import { RoomId } from '../../lib/ids.ts';
import { LEAD } from '../cast.ts';
import { deskOf, moveClockTo, SESSION, sessionOf } from '../day.ts';
import { eventually, expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import type { Step } from '../step.ts';

/** The station is pointed at the simulated reader, which speaks the real protocol over TCP. */
export const setReader: Step = {
  id: 'reader',
  title: { zh: '接上读卡器（模拟器，真实协议，TCP）', en: 'The reader (simulated, real protocol, TCP)' },
  async play(day) {
    const lead = (await deskOf(day, LEAD)).station;
    const label = '读卡器 1';
    await expectRefusal(lead.site.addReader({ label, address: 'tcp:nowhere' }), 'BAD_ADDRESS');
    const address = `tcp:${day.reader.host}:${day.reader.port}`;
    // The scene may be played again after a kill: then the reader is on the list already.
    const { readers } = await lead.site.readers();
    if (!readers.some((r) => r.address === address)) await lead.site.addReader({ label, address });
    day.ledger.note('site.reader-set', { address });
    const door = (await deskOf(day, 'door')).station;
    await eventually('the reader waits for a card', async () => {
      const lane = await door.checkin.lane({ roomId: RoomId.parse('201') });
      return lane.reader.kind === 'waiting' ? lane : null;
    });
    return { zh: `${address} 等候放卡`, en: `${address} waits for a card` };
  },
};

/** The gate, then the door opens. A door desk may not open it. */
export const openSession: Step = {
  id: 'open',
  title: { zh: '就绪检查，开放入场', en: 'The readiness gate, then the door opens' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, LEAD)).station;
    const door = (await deskOf(day, 'door')).station;
    await expectRefusal(door.session.open({ sessionId: SESSION }), 'FORBIDDEN');
    const before = await lead.session.overview({ sessionId: SESSION });
    const stops = before.readiness.filter((item) => item.result === 'stop');
    expectSame(stops, [], 'items of the gate that say stop');
    if (before.session.state === 'preparing') await lead.session.open({ sessionId: SESSION });
    day.ledger.note('session.opened', {});
    const looks = before.readiness.filter((item) => item.result === 'look').map((item) => item.code);
    const { state } = (await lead.session.list())[0]!;
    expectTrue(state === 'open' || state === 'running', `the session is ${state}`);
    return {
      zh: `${before.readiness.length} 项都可以开始${looks.length ? `，请留意 ${looks.join('、')}` : ''}`,
      en: `${before.readiness.length} items allow the start${looks.length ? `, look at ${looks.join(', ')}` : ''}`,
    };
  },
};

/** After the end time: who has not come is absent. */
export const closeSession: Step = {
  id: 'close',
  title: { zh: '考试结束，缺考定案', en: 'The session ends, absences are settled' },
  vital: true,
  async play(day) {
    const lead = (await deskOf(day, LEAD)).station;
    const state = (await lead.session.list())[0]!.state;
    if (state !== 'closed') {
      const { wallMs } = await lead.site.state();
      const close = () => lead.session.close({ sessionId: SESSION });
      if (wallMs < sessionOf(day).endsAtMs) await expectRefusal(close(), 'TOO_EARLY');
      await moveClockTo(day, sessionOf(day).endsAtMs + 1_000);
      await close();
    }
    const rows = await lead.checkin.list({ sessionId: SESSION });
    const admitted = [...day.outcomes.keys()];
    const absent = rows.filter((r) => !admitted.includes(r.candidateId)).map((r) => r.candidateId);
    day.ledger.note('session.closed', { absent, earlyReason: '' });
    for (const row of rows) {
      const expected = day.outcomes.get(row.candidateId) ?? 'absent';
      expectSame(row.status, expected, `${row.candidateId} at the end`);
    }
    return {
      zh: `入场 ${admitted.length} 人，缺考 ${absent.length} 人`,
      en: `${admitted.length} came, ${absent.length} absent`,
    };
  },
};

/** The clock of the rehearsal is moved into the fifteen minutes before the start. */
export const moveToEntry: Step = {
  id: 'entry-window',
  title: { zh: '拨钟到入场时间', en: 'The clock is moved into the entry window' },
  vital: true,
  async play(day) {
    await moveClockTo(day, sessionOf(day).startsAtMs - 12 * 60_000);
    return { zh: '开考前 12 分钟', en: '12 minutes before the start' };
  },
};
