import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { against, rounded } from './bench-line.ts';
import { type Chain, vectorsOf } from './faces-chain.ts';
import { figuresOf, percent } from './faces-lines.ts';
import type { PeerAnswer } from './faces-peer.ts';
import { inCondition } from './faces-pictures.ts';
import { ratesOf, type Vectors } from './faces-rates.ts';
import type { FaceSet, Pair } from './faces-set.ts';
import { median, timeMs } from './measure.ts';

type Comparison = {
  set: FaceSet;
  /** How many of the genuine pairs; the peer needs a quarter of a second for a picture. */
  pairs: number;
  portrait: (name: string) => Promise<Uint8Array>;
  chain: Chain;
  ours: Vectors;
  chips: Vectors;
};

/** The library's customary limit, a Euclidean distance; likeness is its negative. */
const PEER_PASS = -0.6;
/** Its default detector, and its fastest: both are said, neither stands for the other. */
const PEERS = {
  ssd: '@vladmandic/face-api, wasm, ssd_mobilenetv1 (its default detector)',
  tiny: '@vladmandic/face-api, wasm, tiny_face_detector (its fastest)',
};
const PEER_CONDITIONS = ['live', 'chip-q80'] as const;

/** The same pictures through both in turn, so that a busy moment hits both. */
export async function benchPeer(comparison: Comparison): Promise<void> {
  const part = partOf(comparison.set, comparison.pairs);
  for (const [detector, peer] of Object.entries(PEERS)) {
    console.error(`== ${peer}: ${part.places.length} pictures in ${PEER_CONDITIONS.length} conditions`);
    const child = fork(join(import.meta.dirname, 'faces-peer.ts'), [detector], { serialization: 'advanced' });
    try {
      await once(child, 'message');
      const measured = await runBoth(comparison, part.places, child);
      printTimes(comparison, measured, detector, peer);
      printBeside(comparison, part, measured, peer);
    } finally {
      child.kill();
    }
  }
}

type Timed = { ours: number[]; peer: number[] };
type Measured = {
  byClock: Timed;
  ofProcessor: Timed;
  vectors: Record<(typeof PEER_CONDITIONS)[number], (Float32Array | null)[]>;
  rssMb: number;
};

async function runBoth(
  { set, portrait, chain }: Comparison,
  places: readonly number[],
  peer: ChildProcess,
): Promise<Measured> {
  const byClock: Timed = { ours: [], peer: [] };
  const ofProcessor: Timed = { ours: [], peer: [] };
  const vectors: Measured['vectors'] = { live: [], 'chip-q80': [] };
  let rssMb = 0;
  for (const condition of PEER_CONDITIONS) {
    for (const place of places) {
      const image = await inCondition(await portrait(set.images[place]!), condition);
      peer.send(image);
      const [answer] = (await once(peer, 'message')) as [PeerAnswer];
      vectors[condition].push(answer.vector && Float32Array.from(answer.vector));
      rssMb = Math.max(rssMb, answer.rssMb);
      if (condition !== 'live') continue;
      byClock.peer.push(answer.ms);
      ofProcessor.peer.push(answer.processorMs);
      const used = process.cpuUsage();
      byClock.ours.push(await timeMs(() => vectorsOf(chain, image, 'live', [chain.shipped])));
      const { user, system } = process.cpuUsage(used);
      ofProcessor.ours.push((user + system) / 1000);
    }
  }
  return { byClock, ofProcessor, vectors, rssMb };
}

/** Busy neighbours lengthen the time by the clock; the processor's is what each of the two costs. */
function printTimes(
  { pairs }: Comparison,
  { byClock, ofProcessor, rssMb }: Measured,
  detector: string,
  peer: string,
): void {
  const note = `frames of the first ${pairs} pairs with decoding; medians, in turn`;
  for (const [name, { ours, peer: its }] of Object.entries({
    'faces.frame-beside-peer': byClock,
    'faces.processor-beside-peer': ofProcessor,
  })) {
    const own = median(ours);
    const line = {
      name,
      value: rounded(own),
      unit: 'ms',
      ...against(own, median(its), 'ms', peer),
      note,
    };
    console.log(JSON.stringify(line));
  }
  const times = { clock: byClock, processor: ofProcessor };
  const faster = ({ ours, peer: its }: Timed) => rounded(median(its) / median(ours));
  const value = faster(times.processor);
  const beside = { byTheClock: faster(times.clock), goal: '>= 8', reached: value >= 8, peer, note };
  console.log(
    JSON.stringify({ name: `faces.times-faster.${detector}`, value, unit: 'times less processor time', ...beside }),
  );
  console.log(JSON.stringify({ name: 'faces.peer-rss', value: Math.round(rssMb), unit: 'MB', note: peer }));
}

function printBeside({ pairs, chain, ours, chips }: Comparison, part: Part, { vectors }: Measured, peer: string): void {
  const probes = pick(ours, part.places);
  for (const condition of PEER_CONDITIONS) {
    const references = condition === 'live' ? probes : pick(chips, part.places);
    const own = ratesOf(part.set, probes, references, chain.passThreshold);
    const its = ratesOf(part.set, vectors.live, vectors[condition], PEER_PASS, (a, b) => -distance(a, b));
    console.log(
      JSON.stringify({
        name: `faces.${condition}.beside-peer`,
        value: percent(own.tar['1e-3']),
        unit: '% recognised at FMR 1e-3',
        notFound: references.filter((vector) => vector === null).length,
        peer: { name: peer, value: percent(its.tar['1e-3']), ...figuresOf(vectors[condition], its, PEER_PASS) },
        note: `the first ${pairs} pairs`,
      }),
    );
  }
}

type Part = { set: FaceSet; places: readonly number[] };

/** The pictures of the first pairs as a set of their own. */
function partOf(set: FaceSet, pairs: number): Part {
  const chosen = set.genuine.slice(0, pairs);
  const places = [...new Set(chosen.flat())].sort((a, b) => a - b);
  const at = new Map(places.map((place, i) => [place, i]));
  const moved = (list: readonly Pair[]) => list.map(([a, b]): Pair => [at.get(a)!, at.get(b)!]);
  const strangers: FaceSet['strangers'] =
    set.strangers === 'others' ? 'others' : moved(set.strangers.filter((pair) => pair.every((place) => at.has(place))));
  const { images, person } = set;
  const part = {
    images: places.map((p) => images[p]!),
    person: places.map((p) => person[p]!),
    genuine: moved(chosen),
    strangers,
  };
  return { set: part, places };
}

const pick = (vectors: Vectors, places: readonly number[]): Vectors => places.map((place) => vectors[place]!);

function distance(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}
