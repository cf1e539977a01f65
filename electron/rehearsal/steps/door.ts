import { STATUS } from '../../devices/id-reader/sam-status.ts';
import type { RoomId } from '../../lib/ids.ts';
import {
  admitByTwo,
  admitSeen,
  allSeen,
  cardOf,
  comeIn,
  doorOf,
  expectCalled,
  expectDecision,
  layCard,
  readerReady,
  recordedAs,
  showFace,
  showTicket,
  stand,
} from '../arrival.ts';
import { LEAD, otherPin } from '../cast.ts';
import { candidateOf, type Day, moveClockTo, playerOf, sessionOf, withRightPin } from '../day.ts';
import { eventually, expectRefusal, expectSame, expectTrue } from '../expectation.ts';
import type { Found, Step } from '../step.ts';
import { cardByCamera, passport } from './documents.ts';
import { pictureHeld } from './held-picture.ts';

const MINUTE_MS = 60_000;
const room = (id: string) => id as RoomId;

/** Whether the record already has this candidate in: then the scene was played before the station was killed. */
async function isIn(day: Day, id: string): Promise<boolean> {
  const recorded = await recordedAs(day, id);
  if (recorded !== 'admitted' && recorded !== 'admitted-by-hand') return false;
  day.outcomes.set(id, recorded);
  return true;
}

const onRecord: Found = { zh: '重启后记录中已有', en: 'on record already after the restart' };

/** Which edge passed with what score, for the table. */
const scored = (attempt: { edges: { edge: string; score: number | null; threshold: number | null }[] }): string => {
  const edge = attempt.edges.find((e) => e.edge === 'live-plan');
  return edge?.score === null || !edge ? '–' : `${edge.score.toFixed(2)} ≥ ${edge.threshold?.toFixed(2)}`;
};

/** Before the fifteen minutes: told when the door opens, and let in by nobody. */
export const tooEarly: Step = {
  id: 'too-early',
  title: { zh: 'C01 来得太早', en: 'C01 comes too early' },
  async play(day) {
    const c = candidateOf(day, 'C01');
    await readerReady(day, c.roomId);
    const attempt = await layCard(day, c.roomId, c);
    expectDecision(attempt, { kind: 'too-early' }, 'before the entry window');
    const door = await doorOf(day);
    await expectRefusal(door.admit({ attemptId: attempt.attemptId }), 'NOT_ALLOWED');
    day.ledger.note('checkin.admit-refused', { attemptId: attempt.attemptId, decision: 'too-early' });
    const closed = await door.dismiss({ attemptId: attempt.attemptId });
    expectSame(closed.outcome, 'abandoned', 'how the early attempt ends');
    day.ledger.note('checkin.abandoned', { attemptId: attempt.attemptId });
    return { zh: '提示入场时间，不放行', en: 'told when the door opens; not let in' };
  },
};

/** The right person with card, ticket and face. */
const rightPerson = (id: string, origin: Found): Step => ({
  id: `door-${id}`,
  title: { zh: `${id} 本人入场`, en: `${id}, the right person, comes in` },
  async play(day) {
    const attempt = await comeIn(day, candidateOf(day, id));
    if (attempt === null) return onRecord;
    if (!day.pictures.real)
      return { zh: '两人核验入场（没有真人照片）', en: 'by two persons (no photographs of people)' };
    const likeness = { zh: `${origin.zh}，相似度 ${scored(attempt)}`, en: `${origin.en}, likeness ${scored(attempt)}` };
    return attempt.outcome === 'admitted'
      ? { zh: `${likeness.zh}；按提示转头`, en: `${likeness.en}; turned the head as asked` }
      : {
          zh: `${likeness.zh}；照片不会转头，两人核验`,
          en: `${likeness.en}; a photograph turns no head, so two persons`,
        };
  },
});

/** One garbled answer is asked for again and nobody notices; the line's trouble is on record. */
const wrongChecksum: Step = {
  id: 'checksum',
  title: { zh: 'C03 入场，读卡应答校验和错一次', en: 'C03 comes in; one answer of the reader is garbled' },
  async play(day) {
    if (await isIn(day, 'C03')) return onRecord;
    const c = candidateOf(day, 'C03');
    await readerReady(day, c.roomId);
    day.reader.fault({ kind: 'wrong-checksum', command: 'select-card', times: 1 });
    await comeIn(day, c, { prepared: true });
    day.ledger.note('checkin.reader-trouble', { command: 'select-card', code: 'checksum' });
    return { zh: '自动重读，照常入场', en: 'read again by itself, then let in as usual' };
  },
};

/**
 * The cable is pulled while the card is read. The door says so; plugged in again, it asks for the card again. The
 * person's photograph shows a turned head, so the camera asks in vain, and two persons look instead.
 */
const unplugged: Step = {
  id: 'unplugged',
  title: {
    zh: 'C04 读卡途中读卡器被拔掉；脸转向一边，两人核验',
    en: 'C04: reader unplugged in mid-read; head turned, two persons look',
  },
  async play(day) {
    if (await isIn(day, 'C04')) return onRecord;
    const c = candidateOf(day, 'C04');
    const door = await doorOf(day);
    await readerReady(day, c.roomId);
    day.reader.fault({ kind: 'cut', command: 'read-text-photo', afterBytes: 300, times: 1 });
    day.reader.place(cardOf(c));
    await readerShows(day, c.roomId, 'lost');
    await day.reader.replug();
    await readerShows(day, c.roomId, 'replace');
    await readerReady(day, c.roomId);
    const carded = await layCard(day, c.roomId, c);
    const ticketed = await showTicket(day, c.roomId, c);
    if (day.pictures.real) {
      const asked: (string | null)[] = [];
      for (const frame of (await day.pictures.live('C04')).frames) {
        const seen = await door.presentFace({ attemptId: carded.attemptId, frame: new Blob([new Uint8Array(frame)]) });
        asked.push(seen.guidance);
      }
      // The picture lies at the very limit: a frame or two of it may do.
      expectTrue(asked.includes('face-camera'), `a turned head is asked to face the camera, not ${asked.join(', ')}`);
    }
    await admitByTwo(day, c, ticketed, 'face-not-taken');
    return {
      zh: '提示失联，重插后请重放证件；提示正对镜头，两人核验入场',
      en: 'lost is shown, then the card is asked for again; two persons let in',
    };
  },
};

async function readerShows(day: Day, roomId: RoomId, kind: string): Promise<void> {
  const door = await doorOf(day);
  await eventually(`the reader strip shows ${kind}`, async () =>
    (await door.lane({ roomId })).reader.kind === kind ? true : null,
  );
}

/** Frames that cannot decide say what to do and count for nothing. */
const crowdedCamera: Step = {
  id: 'two-faces',
  title: { zh: 'C05：镜头里两个人、没有人，然后本人', en: 'C05: two people in view, nobody, then the right person' },
  async play(day) {
    if (await isIn(day, 'C05')) return onRecord;
    const c = candidateOf(day, 'C05');
    if (!day.pictures.real) {
      await comeIn(day, c);
      return { zh: '没有真人照片', en: 'no photographs of people', skipped: true };
    }
    await readerReady(day, c.roomId);
    await layCard(day, c.roomId, c);
    const attempt = await showTicket(day, c.roomId, c);
    const door = await doorOf(day);
    const { attemptId } = attempt;
    const show = async (frame: Uint8Array) => door.presentFace({ attemptId, frame: new Blob([new Uint8Array(frame)]) });
    expectSame((await show(await day.pictures.twoFaces())).guidance, 'several-faces', 'two people in view');
    const nobody = await show(await day.pictures.noFace());
    expectSame([nobody.guidance, nobody.attempt.frames.good], ['no-face', 0], 'nobody in view');
    await expectRefusal(show(new Uint8Array([1, 2, 3])), 'FRAME_UNREADABLE');
    await admitSeen(day, c, await stand(day, attempt, 'C05'));
    return { zh: '提示“只留一人”“没有人脸”，本人随后入场', en: 'told so each time; then the person alone comes in' };
  },
};

/**
 * The man of C01, who is inside, with the card of C06. The machine names whom it takes him for and lets nobody in; the lead
 * is called, looks at both pictures and takes the case over.
 */
const impostor: Step = {
  id: 'impostor',
  title: { zh: '替考者持 C06 的证件：疑似替考，负责人接手', en: "An impostor with C06's card: held for the lead" },
  async play(day) {
    if (!day.pictures.real) return { zh: '没有真人照片', en: 'no photographs of people', skipped: true };
    if ((await recordedAs(day, 'C06')) === 'held') return onRecord;
    const c = candidateOf(day, 'C06');
    await readerReady(day, c.roomId);
    await layCard(day, c.roomId, c);
    const attempt = await showTicket(day, c.roomId, c);
    const seen = await showFace(day, attempt, (await day.pictures.live('C01')).frames);
    const { attemptId, decision } = seen;
    expectDecision(seen, { kind: 'possible-impersonation' }, 'the face of somebody inside');
    const like = decision.kind === 'possible-impersonation' ? decision.like : null;
    expectSame(like?.kind === 'admitted' && like.candidateId, 'C01', 'whom the face is taken for');
    day.ledger.note('checkin.lookalike-found', { attemptId, candidateId: 'C06' });
    const door = await doorOf(day);
    await expectRefusal(door.admit({ attemptId }), 'NOT_ALLOWED');
    const second = { staffId: day.staffIds.get('second')!, pin: playerOf(day, 'second').pin };
    const byHand = { attemptId, reason: 'other', checks: allSeen, second } as const;
    await expectRefusal(door.admitByHand(byHand), 'NOT_ALLOWED');
    await door.callLead({ attemptId });
    day.ledger.note('checkin.lead-called', { attemptId });
    const settle = { attemptId, verdict: 'held' as const, note: '样本：替考' };
    await expectRefusal(door.settleImpersonation({ ...settle, second }), 'SAME_PERSON');
    const lead = { staffId: day.staffIds.get(LEAD)!, pin: playerOf(day, LEAD).pin };
    const held = await withRightPin(day, () => door.settleImpersonation({ ...settle, second: lead }));
    expectSame(held.outcome, 'held', 'where the impostor ends');
    day.ledger.note('checkin.held', { attemptId, candidateId: 'C06' });
    const score = like?.score.toFixed(2);
    return {
      zh: `与已入场的 C01 相似 ${score}，不放行；负责人看过两张照片，扣下处理`,
      en: `likeness ${score} with C01, who is inside; not let in; the lead has seen both pictures and holds the case`,
    };
  },
};

const wrongRoom: Step = {
  id: 'wrong-room',
  title: { zh: 'C07 走错考场，再到 202', en: 'C07 at the wrong room, then at 202' },
  async play(day) {
    if (await isIn(day, 'C07')) return onRecord;
    const c = candidateOf(day, 'C07');
    await readerReady(day, room('201'));
    const attempt = await layCard(day, room('201'), c);
    const { decision } = attempt;
    expectSame(decision.kind === 'not-here' && decision.place.roomId, '202', 'where C07 is sent');
    const door = await doorOf(day);
    await expectRefusal(door.admit({ attemptId: attempt.attemptId }), 'NOT_ALLOWED');
    const closed = await door.dismiss({ attemptId: attempt.attemptId });
    expectSame(closed.outcome, 'sent-elsewhere', 'how the wrong room ends');
    day.ledger.note('checkin.sent-elsewhere', { attemptId: attempt.attemptId, toRoomId: '202' });
    await comeIn(day, c);
    return { zh: '指到 202，在 202 入场', en: 'sent to 202 and let in there' };
  },
};

/** Another's ticket calls a person; the own one settles it. The card then stays on the reader. */
const cardLeft: Step = {
  id: 'card-left',
  title: {
    zh: 'C08 先拿错准考证，入场后把卡忘在读卡器上',
    en: "C08 shows another's ticket first, then leaves the card",
  },
  async play(day) {
    if (await isIn(day, 'C08')) return onRecord;
    const c = candidateOf(day, 'C08');
    await readerReady(day, c.roomId);
    await layCard(day, c.roomId, c);
    const door = await doorOf(day);
    await expectRefusal(door.presentTicket({ roomId: c.roomId, text: 'https://example.invalid/' }), 'NOT_A_TICKET');
    await expectRefusal(door.presentTicket({ roomId: c.roomId, text: '999900009999' }), 'TICKET_UNKNOWN');
    expectCalled(await showTicket(day, c.roomId, candidateOf(day, 'C02')), 'ticket-of-another', "C02's ticket");
    const attempt = await showTicket(day, c.roomId, c);
    if (day.pictures.real) {
      await admitSeen(day, c, await stand(day, attempt, 'C08'));
    } else await admitByTwo(day, c, attempt, 'face-not-taken');
    await readerShows(day, c.roomId, 'take-away');
    return {
      zh: '别人的准考证转人工；提示“请取走证件”',
      en: "another's ticket calls a person; “take the card away” is shown",
    };
  },
};

/** A card the module cannot read: the number is typed, and two persons look. The second may not be the first. */
const unreadableCard: Step = {
  id: 'by-hand',
  title: {
    zh: 'C09 不同意比对人脸，证件又读不出：手工录入，两人核验',
    en: 'C09, who declined the comparison of faces: unreadable card, number typed, two persons',
  },
  async play(day) {
    if (await isIn(day, 'C09')) return onRecord;
    const c = candidateOf(day, 'C09');
    const door = await doorOf(day);
    await readerReady(day, c.roomId);
    day.reader.fault({ kind: 'status', command: 'read-text-photo', status: STATUS.readFailed });
    day.reader.place(cardOf(c));
    await readerShows(day, c.roomId, 'replace');
    await readerReady(day, c.roomId);
    const { roomId, documentNumber } = c;
    const mistyped = documentNumber.slice(0, -1) + (documentNumber.endsWith('0') ? '1' : '0');
    await expectRefusal(door.typeDocument({ roomId, documentNumber: mistyped }), 'NUMBER_INVALID');
    const typed = await door.typeDocument({ roomId, documentNumber });
    expectCalled(typed, 'no-card', 'a number typed');
    expectCalled(typed, 'declines-face', 'faces declined');
    await expectRefusal(door.admit({ attemptId: typed.attemptId }), 'NOT_ALLOWED');
    await showTicket(day, roomId, c);
    const wish = { attemptId: typed.attemptId, reason: 'declines-face', checks: allSeen } as const;
    const own = { staffId: day.staffIds.get('door')!, pin: playerOf(day, 'door').pin };
    await expectRefusal(door.admitByHand({ ...wish, second: own }), 'SAME_PERSON');
    const wrong = { staffId: day.staffIds.get('second')!, pin: otherPin(playerOf(day, 'second').pin) };
    await expectRefusal(door.admitByHand({ ...wish, second: wrong }), 'WRONG_PIN', 'PIN_LOCKED');
    await admitByTwo(day, c, typed, 'declines-face');
    return { zh: '一个人核两次、第二人错 PIN 都被拒绝', en: 'the same person twice and a wrong PIN are refused' };
  },
};

/** Who is in already, before another card of the same person. */
const comesTwice: Step = {
  id: 'already-in',
  title: { zh: 'C01 已入场又来一次', en: 'C01 comes a second time' },
  async play(day) {
    const c = candidateOf(day, 'C01');
    const inAlready = await isIn(day, 'C01');
    expectTrue(inAlready, 'C01 is in');
    await readerReady(day, c.roomId);
    const attempt = await layCard(day, c.roomId, c);
    expectDecision(attempt, { kind: 'already-in' }, 'the second time');
    const door = await doorOf(day);
    await expectRefusal(door.admit({ attemptId: attempt.attemptId }), 'NOT_ALLOWED');
    await door.dismiss({ attemptId: attempt.attemptId });
    day.ledger.note('checkin.abandoned', { attemptId: attempt.attemptId });
    return { zh: '提示已入场，不重复放行', en: 'told so; not admitted twice' };
  },
};

/** More than thirty minutes late: refused by the rule, which is named, and by two persons as little. */
export const lateArrival: Step = {
  id: 'late',
  title: { zh: '拨钟到开考后 31 分钟，C11 迟到', en: 'The clock is moved; C11 comes 31 minutes late' },
  async play(day) {
    await moveClockTo(day, sessionOf(day).startsAtMs + 31 * MINUTE_MS);
    const c = candidateOf(day, 'C11');
    await readerReady(day, c.roomId);
    const attempt = await layCard(day, c.roomId, c);
    const { decision } = attempt;
    expectSame(decision.kind === 'refuse' && decision.rule.ruleId, 'admission.late-after-minutes', 'the rule');
    const door = await doorOf(day);
    const second = { staffId: day.staffIds.get('second')!, pin: playerOf(day, 'second').pin };
    const byHand = { attemptId: attempt.attemptId, reason: 'other', checks: allSeen, second } as const;
    await expectRefusal(door.admitByHand(byHand), 'NOT_ALLOWED');
    const closed = await door.dismiss({ attemptId: attempt.attemptId });
    expectSame(closed.outcome, 'refused', 'how the late attempt ends');
    day.ledger.note('checkin.refused', { attemptId: attempt.attemptId, ruleId: 'admission.late-after-minutes' });
    const rule = decision.kind === 'refuse' ? decision.rule : null;
    return { zh: `${rule?.text.zh}；依据：${rule?.source}`, en: `${rule?.text.en}; source: ${rule?.source}` };
  },
};

export const doorSteps: Step[] = [
  rightPerson('C01', { zh: '同一人的另外几张照片', en: 'other stills of the same person' }),
  cardByCamera,
  wrongChecksum,
  unplugged,
  crowdedCamera,
  pictureHeld,
  impostor,
  wrongRoom,
  cardLeft,
  unreadableCard,
  passport,
  comesTwice,
];

export const lastToCome = rightPerson('C02', {
  zh: '同一人另两段视频的画面',
  en: 'frames of clips of the same person',
});
