/**
 * `npm run bench:faces [-- --pairs FILE.tsv --images DIR] [--steps] [--peer PAIRS]`: how often the face chain recognises people and
 * takes strangers for them, on labelled pairs, as lines of JSON on standard output. Nothing of the pictures is kept.
 *
 * `--steps` adds what each step of the chain brings; `--peer 0` leaves the peer out, which is slow. Without a set of faces it says
 * so and ends well.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { benchFaces } from './faces.ts';
import { type Chain, openChain, STEPS, vectorsOf, type Way } from './faces-chain.ts';
import { printRates } from './faces-lines.ts';
import { benchPeer } from './faces-peer-run.ts';
import { CONDITIONS, type Condition, inCondition } from './faces-pictures.ts';
import { ratesOf, type Vectors } from './faces-rates.ts';
import { type FaceSet, readFaceSet } from './faces-set.ts';

const { values } = parseArgs({
  options: {
    pairs: { type: 'string' },
    images: { type: 'string' },
    steps: { type: 'boolean', default: false },
    peer: { type: 'string', default: '100' },
    rates: { type: 'boolean', default: false },
  },
});
const shared = resolve(import.meta.dirname, '../../../shared/faces');
const pairsFile = values.pairs ? resolve(values.pairs) : join(shared, 'pairs.tsv');
const imagesDir = values.images ? resolve(values.images) : join(shared, 'lfw');
if (!existsSync(pairsFile) || !existsSync(imagesDir)) {
  console.log(JSON.stringify({ name: 'faces', skipped: `no set of faces: ${pairsFile}, ${imagesDir}` }));
  process.exit(0);
}
sharp.concurrency(1);
sharp.cache(false);

const set = await readFaceSet(pairsFile);
const chain = await openChain(join(import.meta.dirname, '../../models'));
const portrait = (name: string) => readFile(join(imagesDir, name));
if (!values.rates) for (const line of await benchFaces()) console.log(JSON.stringify(line));

const ways: readonly Way[] = values.steps ? STEPS : [chain.shipped];
const vectors = new Map<Condition, Vectors[]>();
for (const condition of CONDITIONS) {
  console.error(`== ${condition}: ${set.images.length} pictures`);
  vectors.set(condition, await vectorsIn(condition, set, chain, ways));
  for (const [i, way] of ways.entries()) {
    const [frames, references] = [vectors.get('live')![i]!, vectors.get(condition)![i]!];
    printRates(way, condition, references, ratesOf(set, frames, references, chain.passThreshold), chain.passThreshold);
  }
}
const pairs = Number(values.peer);
if (pairs > 0)
  await benchPeer({
    set,
    pairs,
    portrait,
    chain,
    ours: vectors.get('live')!.at(-1)!,
    chips: vectors.get('chip-q80')!.at(-1)!,
  });

/** Of every picture, by every way. */
async function vectorsIn(
  condition: Condition,
  { images }: FaceSet,
  opened: Chain,
  by: readonly Way[],
): Promise<Vectors[]> {
  const found: (Float32Array | null)[][] = by.map(() => []);
  for (const name of images) {
    const image = await inCondition(await portrait(name), condition);
    const each = await vectorsOf(opened, image, condition === 'live' ? 'live' : 'photo', by);
    for (const [i, vector] of each.entries()) found[i]!.push(vector);
  }
  return found;
}
