import { doorOf, expectCalled, expectDecision, layCard, readerReady, showFace, showTicket } from '../arrival.ts';
import { candidateOf } from '../day.ts';
import { expectRefusal, expectSame } from '../expectation.ts';
import { showFrames } from '../head-turn.ts';
import { heldPicture } from '../held-picture.ts';
import type { Step } from '../step.ts';

/** C06's card and C06's own photograph, held before the camera: as like as can be, and it turns no head. */
export const pictureHeld: Step = {
  id: 'held-picture',
  title: { zh: '有人举着 C06 的照片对着镜头', en: "Somebody holds C06's photograph before the camera" },
  async play(day) {
    if (!day.pictures.real) return { zh: '没有真人照片', en: 'no photographs of people', skipped: true };
    const c = candidateOf(day, 'C06');
    await readerReady(day, c.roomId);
    await layCard(day, c.roomId, c);
    const attempt = await showTicket(day, c.roomId, c);
    const seen = await showFace(day, attempt, (await day.pictures.live('C06')).frames);
    expectDecision(seen, { kind: 'pending', needs: ['turn'] }, 'a photograph as like as the plan’s');
    const { attemptId } = seen;
    const failed = await showFrames(day, seen, heldPicture(day.pictures.photos.get(c.photo.sha256)!));
    expectSame(failed.liveness.kind, 'failed', 'the head turn of a photograph');
    expectCalled(failed, 'liveness-failed', 'a photograph');
    day.ledger.note('checkin.liveness-failed', { attemptId, candidateId: 'C06' });
    const door = await doorOf(day);
    await expectRefusal(door.admit({ attemptId }), 'NOT_ALLOWED');
    await door.setAside({ attemptId, note: '样本：举照片' });
    day.ledger.note('checkin.set-aside', { attemptId, candidateId: 'C06' });
    const score = failed.edges.find((e) => e.edge === 'live-plan')?.score?.toFixed(2);
    const reason = failed.liveness.kind === 'failed' ? failed.liveness.reason : '';
    return {
      zh: `相似度 ${score}，但不会转头（${reason}）；请人来看，移到候核`,
      en: `likeness ${score}, but no head turn (${reason}); a person is called, set aside`,
    };
  },
};
