import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { against, rounded } from './bench-line.ts';
import { type Chain, vectorsOf } from './faces-chain.ts';
import { figuresOf, percent } from './faces-lines.ts';
import type { PeerAnswer } from './faces-peer.ts';
import { inCondition } from './faces-pictures.ts';
import { ratesOf, type Vectors } from './faces-rates.ts';
import type { FaceSet, Pair } from './faces-set.ts';
import { median } from './measure.ts';

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
const PEER = '@vladmandic/face-api, wasm';

/** The same pictures through both in turn, so that a busy moment hits both. */
export async function benchPeer({ set, pairs, portrait, chain, ours, chips }: Comparison): Promise<void> {
  const part = partOf(set, pairs);
  const peer = fork(join(import.meta.dirname, 'faces-peer.ts'), { serialization: 'advanced' });
  try {
    await once(peer, 'message');
    const ask = async (image: Uint8Array): Promise<PeerAnswer> => {
      peer.send(image);
      const [answer] = await once(peer, 'message');
      return answer;
    };
    const times = { ours: [] as number[], peer: [] as number[] };
    const theirs: Record<'live' | 'chip-q80', (Float32Array | null)[]> = { live: [], 'chip-q80': [] };
    let rssMb = 0;
    for (const condition of ['live', 'chip-q80'] as const) {
      console.error(`== the peer, ${condition}: ${part.places.length} pictures`);
      for (const place of part.places) {
        const image = await inCondition(await portrait(set.images[place]!), condition);
        const answer = await ask(image);
        theirs[condition].push(answer.vector && Float32Array.from(answer.vector));
        rssMb = Math.max(rssMb, answer.rssMb);
        if (condition !== 'live') continue;
        times.peer.push(answer.ms);
        const start = performance.now();
        await vectorsOf(chain, image, 'live', [chain.shipped]);
        times.ours.push(performance.now() - start);
      }
    }
    const note = `the first ${pairs} pairs, ${part.places.length} pictures; medians, in turn`;
    const [own, its] = [median(times.ours), median(times.peer)];
    console.log(
      JSON.stringify({
        name: 'faces.frame-beside-peer',
        value: rounded(own),
        unit: 'ms',
        goal: '<= 1/8',
        ...against(own, its, 'ms', PEER),
        note,
      }),
    );
    console.log(JSON.stringify({ name: 'faces.peer-rss', value: Math.round(rssMb), unit: 'MB', note: PEER }));
    for (const condition of ['live', 'chip-q80'] as const) {
      const mine = condition === 'live' ? ours : chips;
      const [probes, references] = [pick(ours, part.places), pick(mine, part.places)];
      const same = condition === 'live';
      const own = ratesOf(part.set, probes, same ? probes : references, chain.passThreshold);
      const its = ratesOf(part.set, theirs.live, theirs[condition], PEER_PASS, (a, b) => -distance(a, b));
      console.log(
        JSON.stringify({
          name: `faces.${condition}.beside-peer`,
          value: percent(own.tar['1e-3']),
          unit: '% recognised at FMR 1e-3',
          notFound: references.filter((vector) => vector === null).length,
          peer: { name: PEER, value: percent(its.tar['1e-3']), ...figuresOf(theirs[condition], its, PEER_PASS) },
          note: `the first ${pairs} pairs of each`,
        }),
      );
    }
  } finally {
    peer.kill();
  }
}

/** The pictures of the first pairs as a set of their own. */
function partOf(set: FaceSet, pairs: number): { set: FaceSet; places: number[] } {
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
