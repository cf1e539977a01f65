import { describe, expect, test } from 'vitest';
import { attemptAt, identify, openDoor, showFace } from '../../../test/harness/exam-day.ts';
import { fakeFaceEngine, pictureOf } from '../../../test/harness/fake-face-engine.ts';
import { openTestStation, refusalOf } from '../../../test/harness/open-station.ts';
import type { FaceEngineError, FaceReading } from '../../devices/face-engine/port.ts';
import { err, ok, type Result } from '../../lib/result.ts';

const busy = err<FaceEngineError>({ code: 'engine-failed', reason: 'busy', detail: '' });

test('a live frame that a busy engine left out neither counts nor calls a person', async () => {
  const usual = fakeFaceEngine();
  const answers = [busy];
  const st = await openTestStation({
    faceEngine: { ...usual, analyse: async (image, how) => answers.shift() ?? usual.analyse(image, how) },
  });
  await openDoor(st);
  const { attemptId } = await identify(st, 'C01');
  const seen = await st.as('door').checkin.presentFace({ attemptId, frame: pictureOf('C01') });
  expect(seen.attempt.decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
  expect(st.journalEvents()).not.toContain('checkin.person-called');
});

/** An engine that answers so for the photographs, in this order, and as usual after them. */
async function atADoorWhosePhotosRead(...answers: Result<FaceReading, FaceEngineError>[]) {
  const usual = fakeFaceEngine();
  const st = await openTestStation({
    faceEngine: {
      ...usual,
      analyse: async (image, how) =>
        (how?.purpose === 'photo' ? answers.shift() : undefined) ?? usual.analyse(image, how),
    },
  });
  await openDoor(st);
  const a = await identify(st, 'C01');
  const look = () => st.as('door').checkin.presentFace({ attemptId: a.attemptId, frame: pictureOf('C01') });
  return { st, a, look };
}

describe('the photograph of the plan', () => {
  test('is asked for again after an engine that was busy, which is no fault: the frame of then counts for nothing', async () => {
    const { a, look, st } = await atADoorWhosePhotosRead(busy);
    const seen = await look();
    expect(seen).toMatchObject({ guidance: null, attempt: { frames: { good: 0 }, images: { live: false } } });
    expect(seen.attempt.decision).toEqual({ kind: 'pending', needs: ['face', 'turn'] });
    expect((await showFace(st, a, 'C01')).decision).toEqual({ kind: 'admit', again: false });
  });

  test('is asked for again after an engine that stopped: the frame of then counts for nothing', async () => {
    const { st, a, look } = await atADoorWhosePhotosRead(err<FaceEngineError>({ code: 'engine-stopped' }));
    expect(await refusalOf(look())).toEqual({ code: 'ENGINE_UNAVAILABLE', data: { code: 'engine-stopped' } });
    expect(await attemptAt(st)).toMatchObject({
      frames: { good: 0 },
      decision: { kind: 'call-person', reasons: ['face-engine-unavailable'], again: false },
    });
    expect((await showFace(st, a, 'C01')).decision).toEqual({ kind: 'admit', again: false });
  });

  test.each([
    ['cannot be read', err<FaceEngineError>({ code: 'image-unreadable' })],
    ['shows no face', ok<FaceReading>({ kind: 'no-face', frameSha256: '0'.repeat(64) })],
  ])('that %s is unusable for this attempt, and two persons look', async (_what, answer) => {
    const { st, a } = await atADoorWhosePhotosRead(answer);
    const seen = await showFace(st, a, 'C01');
    expect(seen.decision).toEqual({ kind: 'call-person', reasons: ['plan-photo-unusable'], again: false });
    expect(seen.frames.good).toBe(3);
    expect((await attemptAt(st)).attemptId).toBe(a.attemptId);
  });
});
