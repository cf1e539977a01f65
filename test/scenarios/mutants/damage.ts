import { below, isPayload, type Mutation, pick, type Random } from './mutation.ts';
import type { Workspace } from './workspace.ts';

/** One file with other bytes, which has to be named, alone. */
const damaged = (w: Workspace, path: string, what: string, bytes: Uint8Array) => {
  if (w.read(path).equals(bytes)) return undefined;
  w.write(path, bytes);
  return { what: `${what}: ${path}`, named: [path], located: true };
};
const anyFile = (w: Workspace, random: Random): string => {
  // Video is most of a bundle and the rest is most of what can be forged: each gets its half.
  const video = w.files.filter((p) => p.startsWith('data/video/'));
  return random() < 0.4 && video.length > 0 ? pick(random, video) : pick(random, w.files);
};
const somewhere = (random: Random, length: number): number =>
  pick(
    random,
    [0, 1, 21, length - 1, length - 17, below(random, length), below(random, length), below(random, length)].filter(
      (at) => at >= 0 && at < length,
    ),
  );

export const flip: Mutation = (w, random) => {
  const path = anyFile(w, random);
  const bytes = w.read(path);
  const at = somewhere(random, bytes.length);
  const run = pick(random, [1, 1, 1, 2, 16, 512]);
  for (let i = at; i < Math.min(bytes.length, at + run); i += 1)
    bytes[i]! ^= run === 1 ? 1 << below(random, 8) : 1 + below(random, 255);
  return damaged(w, path, `${run} bytes flipped at ${at}`, bytes);
};

export const truncate: Mutation = (w, random) => {
  const path = anyFile(w, random);
  const bytes = w.read(path);
  // Behind whole chunks of the encrypted stream is where a careless reader sees nothing amiss.
  const chunk = 65_552;
  const ends = [
    0,
    1,
    bytes.length - 1,
    bytes.length - 16,
    below(random, bytes.length),
    Math.floor(bytes.length / chunk) * chunk,
  ];
  const end = pick(
    random,
    ends.filter((n) => n >= 0 && n < bytes.length),
  );
  return damaged(w, path, `cut to ${end}`, bytes.subarray(0, end));
};

export const grow: Mutation = (w, random) => {
  const path = anyFile(w, random);
  const bytes = w.read(path);
  const more = pick(random, [Buffer.from('\n'), Buffer.alloc(1), Buffer.alloc(1 + below(random, 5000), 0x41), bytes]);
  const at = pick(random, [0, bytes.length, below(random, bytes.length)]);
  return damaged(
    w,
    path,
    `${more.length} bytes added at ${at}`,
    Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]),
  );
};

export const splice: Mutation = (w, random) => {
  const path = anyFile(w, random);
  const bytes = w.read(path);
  const [from, length] = [below(random, bytes.length), 1 + below(random, Math.min(4096, bytes.length))];
  return damaged(
    w,
    path,
    `${length} bytes taken out at ${from}`,
    Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + length)]),
  );
};

/** Two pieces of one file change places: chunks of the encrypted stream, lines of a list. */
export const reorder: Mutation = (w, random) => {
  const path = anyFile(w, random);
  const bytes = w.read(path);
  if (!isPayload(path)) {
    const lines = bytes.toString('latin1').split('\n');
    const [a, b] = [below(random, lines.length), below(random, lines.length)];
    return damaged(
      w,
      path,
      `lines ${a} and ${b} change places`,
      Buffer.from(lines.with(a, lines[b]!).with(b, lines[a]!).join('\n'), 'latin1'),
    );
  }
  const size = pick(
    random,
    [16, 512, 4096, 65_552].filter((n) => n * 2 <= bytes.length),
  );
  if (!size) return undefined;
  const places = Math.floor(bytes.length / size);
  const [a, b] = [below(random, places), below(random, places)];
  const piece = (n: number) => bytes.subarray(n * size, (n + 1) * size);
  const changed = Buffer.from(bytes);
  piece(b).copy(changed, a * size);
  piece(a).copy(changed, b * size);
  return damaged(w, path, `pieces ${a} and ${b} of ${size} bytes change places`, changed);
};

export const swap: Mutation = (w, random) => {
  const kind = pick(random, [isPayload, (p: string) => p.startsWith('data/video/'), (p: string) => !isPayload(p)]);
  const files = w.files.filter(kind);
  const [a, b] = [pick(random, files), pick(random, files)];
  const [ofA, ofB] = [w.read(a), w.read(b)];
  if (ofA.equals(ofB)) return undefined;
  w.write(a, ofB);
  w.write(b, ofA);
  return { what: `contents of ${a} and ${b} change places`, named: [a, b], located: isPayload(a) };
};

export const rename: Mutation = (w, random) => {
  const path = pick(random, w.files);
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/') + 1) : '';
  const name = path.slice(folder.length);
  const names = [
    `${name}.bak`,
    `_${name}`,
    ` ${name}`,
    `${name} `,
    `${name}.`,
    name.toUpperCase(),
    `.${name}`,
    'con.age',
    'é.age',
    'e\u0301.age',
    `${name}\u202e`,
    `a\nb${name}`,
  ];
  const to = pick(random, [`${folder}${pick(random, names)}`, `data/1-enrolment/${name}`, name, `data/other/${name}`]);
  if (to === path || w.files.includes(to) || to === '') return undefined;
  w.rename(path, to);
  return { what: `${path} becomes ${JSON.stringify(to)}`, named: [path, to] };
};

/** A file system that tells case apart holds names that another one cannot. */
export const changeCase: Mutation = (w, random) => {
  const path = pick(random, w.files);
  const at = [...path].findIndex((c, i) => /[a-z]/i.test(c) && i >= below(random, path.length));
  if (at < 0) return undefined;
  const c = path[at]!;
  const to = path.slice(0, at) + (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()) + path.slice(at + 1);
  if (random() < 0.5) w.rename(path, to);
  else w.write(to, w.read(path));
  return { what: `${path} as ${to}`, named: [to] };
};

export const duplicate: Mutation = (w, random) => {
  const path = pick(random, w.files);
  const to = pick(random, [
    path.replace(/(\.[a-z0-9]+)?$/i, '-2$1'),
    `data/video/${path.split('/').at(-1)}.copy`,
    `copy-of-${path.split('/').at(-1)}`,
  ]);
  if (w.files.includes(to)) return undefined;
  w.write(to, w.read(path));
  return { what: `${path} also as ${to}`, named: [to] };
};

export const remove: Mutation = (w, random) => {
  const path = anyFile(w, random);
  const folder = path.slice(0, path.lastIndexOf('/'));
  if (isPayload(path) && random() < 0.2) {
    w.remove(folder);
    return { what: `${folder} is gone`, named: w.files.filter((p) => p.startsWith(`${folder}/`)), located: true };
  }
  w.remove(path);
  return { what: `${path} is gone`, named: [path], located: true };
};
