import { setTimeout as pause } from 'node:timers/promises';
import type { RoomId } from '../../lib/ids.ts';
import { enterAgain, layCard, readerReady, stand } from '../arrival.ts';
import { candidateOf, type Day, deskOf, moveClockTo, playerOf, sessionOf, withRightPin } from '../day.ts';
import { expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import type { Step } from '../step.ts';
import { specimenStrokes } from '../strokes.ts';

const MINUTE_MS = 60_000;
const roomOf = async (day: Day) => (await deskOf(day, 'door')).station.presence;

/** Out for a break, back only through the door and its check; the earliest leave shows its clause. */
export const breakAndBack: Step = {
  id: 'break',
  title: { zh: 'C01 暂离后返回，在入场口再核验一次', en: 'C01 takes a break and is checked again at the door' },
  async play(day) {
    const c = candidateOf(day, 'C01');
    const presence = await roomOf(day);
    const where = async () =>
      (await presence.room({ roomId: c.roomId })).people.find((p) => p.candidateId === 'C01')?.where.kind;
    if ((await where()) === 'inside') {
      const early = { candidateId: c.candidateId, kind: 'break' as const, note: '' };
      const { wallMs } = await (await deskOf(day, 'lead')).station.site.state();
      const { leave } = await presence.room({ roomId: c.roomId });
      if (leave && wallMs < leave.fromMs) await expectRefusal(presence.signOut(early), 'EARLY_LEAVE');
      await presence.signOut({ ...early, note: '样本：身体不适' });
      day.ledger.note('presence.left', { candidateId: 'C01', kind: 'break' });
    }
    expectSame(await where(), 'break', 'where C01 is');
    await readerReady(day, c.roomId);
    const carded = await layCard(day, c.roomId, c);
    const seen = day.pictures.real ? await stand(day, carded, 'C01') : carded;
    const outcome = await enterAgain(day, c, seen);
    expectSame(await where(), 'inside', 'where C01 is after coming back');
    return { zh: `记为 ${outcome}，准考证不再要`, en: `on record as ${outcome}; no ticket asked for again` };
  },
};

/** Everybody drawn is re-checked: by the face where it may be compared and agrees, else by two persons. */
export const rechecks: Step = {
  id: 'rechecks',
  title: { zh: '场内复核：抽到的逐个核对', en: 'Re-checks in the room: everyone drawn' },
  async play(day) {
    // All that was drawn is due in the first nine tenths of the session.
    await moveClockTo(day, sessionOf(day).endsAtMs - MINUTE_MS);
    await drawnByNow(day);
    const presence = await roomOf(day);
    const done = { face: 0, eye: 0 };
    for (const room of day.plan.rooms) {
      for (const { recheckId, candidateId } of (await presence.room({ roomId: room.roomId as RoomId })).rechecks) {
        const by = await recheck(day, recheckId, candidateId, room.roomId);
        done[by] += 1;
      }
    }
    const least = Math.min(5, day.outcomes.size);
    const checked = done.face + done.eye;
    expectTrue(checked >= least, `as many re-checks as the rule pack asks for: ${checked} of ${least}`);
    return {
      zh: `抽了 ${done.face + done.eye} 人：人脸 ${done.face}，两人当面 ${done.eye}`,
      en: `${done.face + done.eye} drawn: ${done.face} by the face, ${done.eye} by two persons`,
    };
  },
};

/** The station draws with its next second; one that was killed a moment ago has not had it yet. */
async function drawnByNow(day: Day): Promise<void> {
  for (let i = 0; i < 50; i += 1) {
    const presence = await roomOf(day);
    for (const room of day.plan.rooms) {
      if ((await presence.room({ roomId: room.roomId as RoomId })).rechecks.length > 0) return;
    }
    await pause(100);
  }
}

async function recheck(day: Day, recheckId: string, candidateId: string, roomId: RoomId): Promise<'face' | 'eye'> {
  const presence = await roomOf(day);
  const now = async () => (await presence.room({ roomId })).rechecks.find((r) => r.recheckId === recheckId)!;
  let state = (await now()).state;
  if (state.kind === 'due' && day.pictures.real) {
    for (const frame of (await day.pictures.live(candidateId)).frames) {
      if (state.kind !== 'due') break;
      const jpeg = new Blob([new Uint8Array(frame)], { type: 'image/jpeg' });
      state = (await presence.presentRecheckFace({ recheckId, frame: jpeg, camera: '' })).recheck.state;
    }
  }
  if (state.kind !== 'done') {
    const second = { staffId: day.staffIds.get('second')!, pin: playerOf(day, 'second').pin };
    const seen = await withRightPin(day, () => presence.recheckByEye({ recheckId, verdict: 'same', second }));
    state = seen.state;
  }
  if (state.kind !== 'done') throw new Error(`the re-check of ${candidateId} is ${state.kind}`);
  day.ledger.note(state.by === 'face' ? 'presence.recheck-passed' : 'presence.recheck-seen', {
    recheckId,
    candidateId,
  });
  return state.by;
}

/** One signs out by their own hand; a dot is no signature, and a sign-out by mistake is taken back. */
export const signsOut: Step = {
  id: 'sign-out',
  title: { zh: 'C02 签退', en: 'C02 signs out' },
  async play(day) {
    const c = candidateOf(day, 'C02');
    const presence = await roomOf(day);
    const where = async () =>
      (await presence.room({ roomId: c.roomId })).people.find((p) => p.candidateId === 'C02')?.where;
    const wish = { candidateId: c.candidateId, kind: 'finished' as const };
    if ((await where())?.kind === 'inside') {
      await presence.signOut(wish);
      await presence.undoSignOut({ candidateId: c.candidateId, note: '样本：按错了人' });
      await expectRefusal(presence.signOut({ ...wish, strokes: [[[500, 500, 0]]] }), 'NO_SIGNATURE');
      await presence.signOut({ ...wish, strokes: specimenStrokes(31) });
      day.ledger.note('presence.left', { candidateId: 'C02', kind: 'finished' });
    }
    expectSame((await where())?.kind, 'finished', 'where C02 is');
    return { zh: '本人签字离场；先前按错的一次撤销在案', en: 'by their own hand; the mistake before is on record' };
  },
};
