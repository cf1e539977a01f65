import { expect, test } from 'vitest';
import { chooseCodec, largestLayer, layers, preferredCodecs } from './layers.ts';

const codecs = (...names: string[]) => names.map((name) => ({ mimeType: `video/${name}` }));

test('the layers of simulcast go from the smallest up, as routers expect', () => {
  expect(layers.map((l) => l.scaleResolutionDownBy)).toEqual([4, 2, 1]);
  expect(layers.map((l) => l.maxBitrate)).toEqual([150_000, 400_000, 1_000_000]);
  expect(layers.map((l) => l.networkPriority)).toEqual(['very-low', undefined, undefined]);
});

test.each([
  ['all', 'large', 2],
  ['all', 'small', 1],
  ['small', 'large', 0],
  ['small', 'small', 0],
  ['none', 'large', null],
] as const)('recording leaves %s, somebody looks at a %s picture: layer %s', (room, size, layer) => {
  expect(largestLayer({ room, size })).toBe(layer);
});

test.each([
  [['VP8', 'H264'], 'video/H264'],
  [['VP9', 'VP8', 'rtx'], 'video/VP8'],
  [['AV1', 'VP9'], undefined],
])('of %j is sent %s', (names, chosen) => {
  expect(chooseCodec(codecs(...names))?.mimeType).toBe(chosen);
});

test('what is offered over WHIP: H.264, VP8, and what repairs them', () => {
  expect(preferredCodecs(codecs('VP8', 'rtx', 'VP9', 'H264', 'AV1', 'red')).map((c) => c.mimeType)).toEqual(
    ['H264', 'VP8', 'rtx', 'red'].map((n) => `video/${n}`),
  );
});
