import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { attemptAt, FOUR_LOOKS, identify, openDoor, pinOf } from '../../../test/harness/exam-day.ts';
import { CENTRE, codeOf, openTestStation, type TestStation } from '../../../test/harness/open-station.ts';
import { decrypt } from '../../vault/age/age.ts';
import type { ManualReason } from './contract.ts';
import { isWholePicture } from './kept-picture.ts';

/** Noise, so that it weighs what a picture weighs; grey alone is a few hundred bytes. */
const noise = { type: 'gaussian' as const, mean: 128, sigma: 40 };
const jpegOf = async (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .jpeg()
    .toBuffer();
const JPEG = await jpegOf(320, 240);
const LATER = await jpegOf(320, 240);
const frame = (bytes: Uint8Array) => new Blob([new Uint8Array(bytes)]);

describe('what may be kept unseen', () => {
  const changed = (change: (bytes: Buffer) => Buffer) => change(Buffer.from(JPEG));
  test.each<[string, Buffer | Promise<Buffer>, boolean]>([
    ['a whole JPEG', JPEG, true],
    ['its first half', changed((b) => b.subarray(0, b.length / 2)), false],
    [
      'another file with the marks',
      changed((b) => Buffer.concat([b.subarray(0, 3), Buffer.alloc(5_000, 7), b.subarray(-2)])),
      false,
    ],
    ['a PNG', sharp(JPEG).png().toBuffer(), false],
    ['a stamp', jpegOf(60, 80), false],
    ['a wall', jpegOf(6_500, 200), false],
    [
      'more bytes than any frame',
      changed((b) => Buffer.concat([b.subarray(0, -2), Buffer.alloc(4 << 20), b.subarray(-2)])),
      false,
    ],
    ['nothing', Buffer.alloc(0), false],
  ])('%s', async (_, bytes, kept) => {
    expect(await isWholePicture(await bytes)).toBe(kept);
  });
});

describe('the door without a face engine', () => {
  const arrived = async () => {
    const st = await openTestStation({ withoutFaces: true });
    await openDoor(st);
    const { attemptId } = await identify(st, 'C01');
    const show = (bytes: Uint8Array) => codeOf(st.as('door').checkin.presentFace({ attemptId, frame: frame(bytes) }));
    return { st, attemptId, show };
  };
  const admitByHand = (st: TestStation, attemptId: string, reason: ManualReason) =>
    st.as('door').checkin.admitByHand({
      attemptId: attemptId as never,
      reason,
      checks: FOUR_LOOKS,
      second: pinOf(st, 'invigilator'),
    });
  /** The pictures that stand on record for the admission, opened with the centre's key. */
  const picturesOnRecord = (st: TestStation): Buffer[] => {
    const entry = st.journal().findLast((e) => e.event === 'checkin.admitted-by-hand')!;
    const { evidence } = entry.data as { evidence: { kind: string; evidenceId: string }[] };
    return evidence
      .filter((e) => e.kind === 'live-face')
      .map((e) => {
        const opened = decrypt(readFileSync(join(st.dataDir, 'vault/S1', `${e.evidenceId}.age`)), [CENTRE.identity]);
        if (!opened.ok) throw new Error(opened.error.code);
        return Buffer.from(opened.value);
      });
  };

  test('the frame is refused as before and kept as the picture; the newest is the one on record', async () => {
    const { st, attemptId, show } = await arrived();
    expect((await attemptAt(st)).images.live).toBe(false);
    expect(await show(JPEG)).toBe('ENGINE_UNAVAILABLE');
    expect(await show(LATER)).toBe('ENGINE_UNAVAILABLE');
    const attempt = await attemptAt(st);
    expect(attempt).toMatchObject({ images: { live: true }, frames: { good: 0 } });
    expect(attempt.edges.map((e) => e.score)).toEqual([null, null, null]);
    const live = await st.as('door').checkin.image({ attemptId: attempt.attemptId, which: 'live' });
    expect(Buffer.from(await live.arrayBuffer()).equals(LATER)).toBe(true);

    await admitByHand(st, attemptId, 'face-not-taken');
    const pictures = picturesOnRecord(st);
    expect(pictures).toHaveLength(1);
    expect(pictures[0]!.equals(LATER)).toBe(true);
    const entry = st.journal().findLast((e) => e.event === 'checkin.admitted-by-hand')!;
    expect(entry.data).toMatchObject({ engine: null, frameSha256: [] });
  });

  test('what is no picture is not kept', async () => {
    const { st, show } = await arrived();
    expect(await show(Buffer.from('face C01 1 1'))).toBe('ENGINE_UNAVAILABLE');
    expect((await attemptAt(st)).images.live).toBe(false);
  });

  test('who declines the comparison leaves no picture', async () => {
    const { st, attemptId, show } = await arrived();
    await show(JPEG);
    await admitByHand(st, attemptId, 'declines-face');
    expect(picturesOnRecord(st)).toEqual([]);
  });
});
