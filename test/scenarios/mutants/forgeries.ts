import { createHash, generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestText, parseManifest } from '../../../electron/features/archive/bag-text.ts';
import {
  BAG_INFO_FILE,
  BUNDLE_NAMESPACE,
  CHECKPOINT_FILE,
  ENTRIES_PATH,
  INDEX_PATH,
  LEAVES_PATH,
  MANIFEST_FILE,
  SIGNATURE_FILE,
  SIGNERS_FILE,
  TAG_FILES,
  TAG_MANIFEST_FILE,
  TOP_FILES,
} from '../../../electron/features/archive/bundle-format.ts';
import { type Checkpoint, signCheckpoint } from '../../../electron/journal/checkpoint.ts';
import { allowedSignersLine, signSsh } from '../../../electron/lib/sshsig.ts';
import { encrypt, generateIdentity } from '../../../electron/vault/age/age.ts';
import { below, isPayload, type Mutation, pick } from './mutation.ts';
import { filesIn, type Workspace } from './workspace.ts';

const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
const SIGNED = ['signature.1', 'signature.2'];

/** Lists everything anew, as anybody can; what is missing is the signature. */
function listAgain(w: Workspace): void {
  const listed = parseManifest(w.read(MANIFEST_FILE).toString('utf8'));
  if (!listed.ok) throw new Error('the manifest of the original cannot be read');
  const now = filesIn(w.dir).filter(isPayload);
  w.write(MANIFEST_FILE, manifestText(new Map(now.map((path) => [path, sha256(w.read(path))]))));
  w.write(TAG_MANIFEST_FILE, manifestText(new Map(TAG_FILES.map((path) => [path, sha256(w.read(path))]))));
}

/** Signs the list of lists with a key that nobody vouches for. */
function signWith(w: Workspace, namespace = BUNDLE_NAMESPACE): ReturnType<typeof generateKeyPairSync>['privateKey'] {
  const { privateKey } = generateKeyPairSync('ed25519');
  w.write(SIGNATURE_FILE, signSsh(w.read(TAG_MANIFEST_FILE), namespace, privateKey));
  return privateKey;
}

function checkpointOf(w: Workspace): Checkpoint {
  const [origin = '', size, root = ''] = w.read(CHECKPOINT_FILE).toString('utf8').split('\n');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

const stationOf = (w: Workspace): string => /Kaodian-Station: (.*)\n/.exec(w.read(BAG_INFO_FILE).toString('utf8'))![1]!;

/** Another key in the place of the station's, with all that anybody can put right around it. */
export const substituteKey: Mutation = (w, random) => {
  const how = below(random, 6);
  if (how === 0) {
    signWith(w);
    return { what: 'signed by another key', named: [], claims: SIGNED };
  }
  if (how === 1) {
    const station = stationOf(w);
    const { privateKey } = generateKeyPairSync('ed25519');
    w.write(SIGNERS_FILE, allowedSignersLine(station, BUNDLE_NAMESPACE, privateKey));
    listAgain(w);
    w.write(SIGNATURE_FILE, signSsh(w.read(TAG_MANIFEST_FILE), BUNDLE_NAMESPACE, privateKey));
    return { what: 'signed by another key that the bundle itself names', named: [], claims: SIGNED };
  }
  if (how === 2) {
    const { privateKey } = generateKeyPairSync('ed25519');
    const signers =
      w.read(SIGNERS_FILE).toString('utf8') + allowedSignersLine(stationOf(w), BUNDLE_NAMESPACE, privateKey);
    w.write(SIGNERS_FILE, signers);
    w.write(CHECKPOINT_FILE, signCheckpoint(checkpointOf(w), privateKey));
    listAgain(w);
    w.write(SIGNATURE_FILE, signSsh(w.read(TAG_MANIFEST_FILE), BUNDLE_NAMESPACE, privateKey));
    return { what: 'signed by a second key, the checkpoint too', named: [], claims: SIGNED };
  }
  if (how === 3) {
    w.write(SIGNERS_FILE, w.read(SIGNERS_FILE).toString('utf8').replace(BUNDLE_NAMESPACE, '*'));
    listAgain(w);
    return { what: 'signers for every purpose, listed anew', named: [], claims: SIGNED };
  }
  if (how === 4) {
    signWith(w, pick(random, ['kaodian-receipt', 'file', 'git', '']) || 'x');
    return { what: 'signed for another purpose', named: [SIGNATURE_FILE] };
  }
  w.write(CHECKPOINT_FILE, signCheckpoint(checkpointOf(w), generateKeyPairSync('ed25519').privateKey));
  return { what: 'the checkpoint signed by another key', named: [CHECKPOINT_FILE] };
};

/** A file changed and the lists put right, as far as anybody can go who has no key: the signature has to tell. */
export const listForgery: Mutation = (w, random) => {
  const path = pick(random, w.files.filter(isPayload));
  const how = below(random, 4);
  if (how === 0) w.remove(path);
  else if (how === 1) w.write(`${path.slice(0, -4)}-2.age`, w.read(path));
  else {
    const bytes = w.read(path);
    bytes[below(random, bytes.length)]! ^= 1 + below(random, 255);
    w.write(path, bytes);
  }
  listAgain(w);
  if (how === 3) signWith(w);
  return {
    what: `${path} changed and listed anew${how === 3 ? ', signed by another key' : ''}`,
    named: [],
    claims: SIGNED,
  };
};

/** Something else, encrypted to the centre as anybody can, under the name and in the lists. */
export const encryptAnew: Mutation = (w, random, { recipient }) => {
  const path = pick(
    random,
    w.files.filter((p) => p.endsWith('.age')),
  );
  const plain = pick(random, [Buffer.alloc(0), Buffer.from('{}'), Buffer.from('[]'), Buffer.alloc(70_000, 0x20)]);
  const listed = random() < 0.6;
  w.write(path, encrypt(plain, [recipient, ...(random() < 0.5 ? [generateIdentity().recipient] : [])]));
  if (listed) listAgain(w);
  return listed
    ? { what: `${path} encrypted anew and listed`, named: [], claims: SIGNED }
    : { what: `${path} encrypted anew`, named: [path], located: true };
};

/** Files of another time or another place, where this bundle's were. */
const mixed = (w: Workspace, from: string, paths: readonly string[], what: string) => {
  const changed = paths.filter(
    (path) => !w.files.includes(path) || !w.read(path).equals(readFileSync(join(from, path))),
  );
  for (const path of changed) w.write(path, readFileSync(join(from, path)));
  return changed.length === 0 ? undefined : { what, changed };
};

/** A file, or the files of a kind, from the station's bundle before this one. */
export const replay: Mutation = (w, random, { previous }) => {
  if (random() < 0.03)
    return { what: 'the whole earlier bundle again', named: [], claims: ['chain.1', 'journal.4'], instead: previous };
  const there = filesIn(previous);
  const path = pick(random, there);
  const done = mixed(w, previous, [path], `${path} from the bundle before`);
  return done && { what: done.what, named: [path], located: isPayload(path) };
};

/** The journal as it was, with everything that belongs together put back together. */
export const rollBack: Mutation = (w, random, { previous, earlierCheckpoint }) => {
  const how = below(random, 4);
  if (how === 0) {
    w.write(CHECKPOINT_FILE, earlierCheckpoint);
    if (random() < 0.5) listAgain(w);
    return {
      what: 'an earlier checkpoint of the same journal',
      named: [],
      claims: ['complete.4', ...SIGNED, 'journal.2'],
    };
  }
  const sets = [
    [CHECKPOINT_FILE, LEAVES_PATH, ENTRIES_PATH],
    [LEAVES_PATH, ENTRIES_PATH],
    [INDEX_PATH, MANIFEST_FILE, TAG_MANIFEST_FILE, SIGNATURE_FILE],
  ];
  const done = mixed(w, previous, sets[how - 1]!, `${sets[how - 1]!.join(', ')} of before`);
  return done && { what: done.what, named: [], claims: ['complete.2', 'complete.4', ...SIGNED] };
};

/** Halves of two bundles: lists of one over files of the other. */
export const mix: Mutation = (w, random, { previous, other }) => {
  const from = pick(random, [previous, other]);
  const who = from === previous ? 'the bundle before' : 'another station';
  const there = filesIn(from);
  const how = below(random, 5);
  if (how === 0 && random() < 0.2)
    return { what: `the bundle of ${who} instead`, named: [], claims: ['chain.1', 'signature.2'], instead: from };
  if (how <= 1) {
    const path = pick(random, TOP_FILES);
    const done = mixed(w, from, [path], `${path} of ${who}`);
    return done && { what: done.what, named: [path] };
  }
  if (how === 2) {
    const done = mixed(w, from, TOP_FILES, `all lists and signatures of ${who}`);
    return done && { what: done.what, named: [], claims: ['complete.2', 'complete.3'] };
  }
  if (how === 3) {
    const path = pick(random, there.filter(isPayload));
    const done = mixed(w, from, [path], `${path} of ${who}`);
    return done && { what: done.what, named: [path], located: w.files.includes(path) };
  }
  const folder = pick(random, [
    'data/1-enrolment/',
    'data/3-process/',
    'data/4-results/',
    'data/journal/',
    'data/video/',
    'data/',
  ]);
  const done = mixed(
    w,
    from,
    there.filter((p) => p.startsWith(folder)),
    `${folder} of ${who}`,
  );
  return done && { what: done.what, named: done.changed };
};

/** The head of an encrypted file: who may open it, and how. */
export const ageHeader: Mutation = (w, random) => {
  const path = pick(
    random,
    w.files.filter((p) => p.endsWith('.age')),
  );
  const bytes = w.read(path);
  const end = bytes.indexOf('\n--- ') + 1;
  const lines = bytes.subarray(0, end).toString('latin1').split('\n').slice(0, -1);
  const rest = bytes.subarray(end);
  const stanzas = Array.from({ length: (lines.length - 1) / 2 }, (_, i) => lines.slice(1 + 2 * i, 3 + 2 * i));
  const forms: Record<string, string[]> = {
    'one recipient fewer': [lines[0]!, ...stanzas.slice(1).flat()],
    'one recipient twice': [lines[0]!, ...stanzas.flat(), ...stanzas[0]!],
    'recipients in another order': [lines[0]!, ...stanzas.toReversed().flat()],
    'no recipient': [lines[0]!],
    'another version': ['age-encryption.org/v2', ...stanzas.flat()],
    'a recipient of an unknown kind': [lines[0]!, '-> grease abc', 'AAAA', ...stanzas.flat()],
    CRLF: lines.map((l) => `${l}\r`),
  };
  const what = pick(random, Object.keys(forms));
  const changed = Buffer.concat([Buffer.from(`${forms[what]!.join('\n')}\n`, 'latin1'), rest]);
  if (changed.equals(bytes)) return undefined;
  w.write(path, changed);
  return { what: `${path}: ${what}`, named: [path], located: true };
};
