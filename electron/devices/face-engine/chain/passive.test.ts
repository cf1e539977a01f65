import { expect, test } from 'vitest';
import { livingShare, type PassiveNetwork } from './passive.ts';

/** Red 200, green 100, blue 0 everywhere. */
const picture = {
  data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => [200, 100, 0][i % 3]!),
  width: 64,
  height: 64,
};
const box = { left: 20, top: 20, width: 20, height: 20 };

function passive(answer: number[], more: { softmax?: boolean; colourOrder?: 'rgb' | 'bgr'; liveIndex?: number } = {}) {
  const seen: Float32Array[] = [];
  const network: PassiveNetwork = {
    network: async (input) => {
      seen.push(input);
      return { score: Float32Array.from(answer) };
    },
    listed: {
      input: { name: 'input', width: 16, height: 16, colourOrder: more.colourOrder ?? 'rgb', mean: 100, scale: 100 },
      passive: { faceWidths: 2, output: 'score', liveIndex: more.liveIndex ?? 0, softmax: more.softmax ?? false },
    },
  };
  return { network, seen };
}
const meanOf = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0) / values.length;

test.each([
  ['the value of the living', [0.7, 0.3], {}, 0.7],
  ['another place in the answer', [0.7, 0.3], { liveIndex: 1 }, 0.3],
  ['shares of powers', [0, Math.log(3)], { liveIndex: 1, softmax: true }, 0.75],
  ['large powers', [800, 0], { softmax: true }, 1],
  ['beyond 1', [7], {}, 1],
  ['below 0', [-2], {}, 0],
])('%s', async (_, answer, more, share) => {
  expect(await livingShare(passive(answer, more).network, picture, box)).toBeCloseTo(share, 6);
});

test.each([
  ['rgb', [1, 0, -1]],
  ['bgr', [-1, 0, 1]],
] as const)('colours come in the order %s, normalised', async (colourOrder, expected) => {
  const { network, seen } = passive([1], { colourOrder });
  await livingShare(network, picture, box);
  const planes = [0, 1, 2].map((i) => meanOf(seen[0]!.subarray(256 * i, 256 * (i + 1))));
  expect(planes.map((value) => Math.round(value * 1e4) / 1e4 + 0)).toEqual(expected);
});
