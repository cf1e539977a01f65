import { expect, test } from 'vitest';
import { alignFace } from './aligned-face.ts';
import type { FaceMesh, MeshPoint } from './mesh.ts';
import type { Picture } from './picture.ts';
import { type Presentation, viewsOf } from './views.ts';

const WIDTH = 200;
const pictureOf = (seed: number): Picture => ({
  width: WIDTH,
  height: WIDTH,
  data: Uint8Array.from({ length: WIDTH * WIDTH * 3 }, (_, i) => (i * seed) % 251),
});
const picture = pictureOf(7);
const smoothed = pictureOf(11);
/** No face, but 468 points spread over the picture. */
const mesh: FaceMesh = {
  presence: 1,
  points: Array.from({ length: 468 }, (_, i): MeshPoint => [40 + ((i * 37) % 120), 40 + ((i * 53) % 120), 0]),
};
const both = { template: 'two-alignments-112' } as const;
const shown = (pictures: readonly [Picture, ...Picture[]], how: Presentation, thoroughly: boolean) =>
  viewsOf(pictures, mesh, how, thoroughly);

const view = (of: Picture, alignment: Parameters<typeof alignFace>[2], mirrored: boolean) => ({
  aligned: alignFace(of, mesh, alignment),
  mirrored,
});
const eachWay = (of: Picture) => [
  view(of, 'wider', false),
  view(of, 'wider', true),
  view(of, 'eyes-and-mouth', false),
  view(of, 'eyes-and-mouth', true),
];

test('a frame shows one alignment as it is and the other mirrored', () => {
  expect(shown([picture], both, false)).toEqual([view(picture, 'wider', false), view(picture, 'eyes-and-mouth', true)]);
});

test('a photograph shows both both ways, and so does each version of it', () => {
  expect(shown([picture], both, true)).toEqual(eachWay(picture));
  expect(shown([picture, smoothed], both, true)).toEqual([...eachWay(picture), ...eachWay(smoothed)]);
});

test('an embedder trained on five points gets those, mirrored where it says so, of the picture alone', () => {
  const plain = view(picture, 'five-points', false);
  const fivePoints = (mirrored: boolean) => ({ template: 'five-points-112', mirrored }) as const;
  expect(shown([picture], fivePoints(false), false)).toEqual([plain]);
  expect(shown([picture, smoothed], fivePoints(true), true)).toEqual([plain, { ...plain, mirrored: true }]);
});

test('the three alignments are three', () => {
  const [five, wider, four] = (['five-points', 'wider', 'eyes-and-mouth'] as const).map((a) =>
    alignFace(picture, mesh, a),
  );
  expect(wider).not.toEqual(five);
  expect(four).not.toEqual(five);
  expect(four).not.toEqual(wider);
});
