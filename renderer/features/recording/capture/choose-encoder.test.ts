import { expect, test } from 'vitest';
import { encoderCandidates } from './choose-encoder.ts';

test.each([
  [640, 480, ['avc1.42E01F', 'avc1.4D401F', 'vp09.00.31.08']],
  [1280, 720, ['avc1.42E01F', 'avc1.4D401F', 'vp09.00.31.08']],
  [1920, 1080, ['avc1.42E028', 'avc1.4D4028', 'vp09.00.40.08']],
  [3840, 2160, ['avc1.42E033', 'avc1.4D4033', 'vp09.00.50.08']],
])('at %i x %i the levels hold the picture, H.264 before VP9', (width, height, codecs) => {
  expect(encoderCandidates(width, height).map((c) => c.config.codec)).toEqual(codecs);
});
