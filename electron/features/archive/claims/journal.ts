import type { KeyObject } from 'node:crypto';
import { type Checkpoint, parseAndVerifyCheckpoint } from '../../../journal/checkpoint.ts';
import { JournalEntry, leafHash } from '../../../journal/entry.ts';
import { Frontier, HASH_BYTES } from '../../../journal/merkle.ts';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { KeySpan } from '../../keys/key-spans.ts';
import { parseBoundedJson } from '../bounded-json.ts';
import { CHECKPOINT_FILE, ENTRIES_PATH, LEAVES_PATH } from '../bundle-format.ts';
import { eachLine } from '../each-line.ts';
import { openSmallItem } from '../open-item.ts';
import { type Bag, readSmall } from '../read-bag.ts';
import { type Claim, fail, notPresent, pass, type Question } from './claim.ts';
import { checkpointBy, type JournalKey, journalKeys } from './journal-keys.ts';
import { WITNESSED, witnessedClaim } from './witnessed.ts';

const SIGNED: Question = {
  id: 'journal.1',
  title: { zh: '日志检查点由同一把考点密钥签名', en: 'The journal checkpoint is signed by the same station key' },
};
const TREE: Question = {
  id: 'journal.2',
  title: {
    zh: '日志全部条目的哈希合成检查点的根',
    en: 'The hashes of all journal entries make the root of the checkpoint',
  },
};
const ENTRIES: Question = {
  id: 'journal.3',
  title: {
    zh: '包里的日志条目都在检查点之内，次序不乱',
    en: 'Every journal entry shown stands under the checkpoint, in order',
  },
};
const RETAINED: Question = {
  id: 'journal.4',
  title: { zh: '与包外留存的检查点一致', en: 'It continues a checkpoint kept outside' },
};
/** 128 MiB of leaf hashes: four million entries. */
const MAX_LEAVES_BYTES = 128 * 1024 * 1024;
const MAX_ENTRY_BYTES = 1024 * 1024;

export type JournalQuestion = {
  station: string;
  stationKey: KeyObject | undefined;
  identities: readonly string[];
  /** From the index; `undefined` when it did not open. */
  sessionId: string | undefined;
  /** Notes that were kept outside the station, in any order. */
  retainedCheckpoints: readonly string[];
  /** Text of an allowed_signers file from outside: which keys are the centre's. */
  allowedSigners: string | undefined;
  /** From the station card: keys that may have signed an earlier checkpoint of this journal. Empty without one. */
  spans: readonly KeySpan[];
};

/** The journal: its checkpoint, and with the key also its tree, its entries and an earlier checkpoint kept elsewhere. */
export async function journalClaims(bag: Bag, question: JournalQuestion): Promise<Claim[]> {
  const { station, stationKey, retainedCheckpoints } = question;
  const note = await readSmall(bag, CHECKPOINT_FILE, 16 * 1024);
  const read = note && stationKey && parseAndVerifyCheckpoint(note.toString('utf8'), station, stationKey);
  if (!read?.ok) {
    const why = stationKey ? '检查点不合格式、不是这个考点的，或签名不符。' : '包的签名不成立，没有可用的密钥。';
    const whyEn = stationKey
      ? 'It is malformed, of another origin, or not signed by this key.'
      : 'No sound signature, no key to check it with.';
    const rest = [TREE, ENTRIES, RETAINED, WITNESSED].map((q) =>
      notPresent(q, '检查点不成立，无从核对。', 'There is no sound checkpoint to check against.'),
    );
    return [fail(SIGNED, why, whyEn, [CHECKPOINT_FILE]), ...rest];
  }
  const checkpoint = read.value;
  const signed = pass(SIGNED, `${checkpoint.size} 条，${station}`, `${checkpoint.size} entries, ${station}`);
  if (question.identities.length === 0) {
    const rest = [TREE, ENTRIES, RETAINED, WITNESSED].map((q) =>
      notPresent(q, '没有给密钥，没有看里面：--key FILE', 'No key was given: --key FILE'),
    );
    return [signed, ...rest];
  }
  const opened = await openSmallItem(bag, LEAVES_PATH, question.identities, MAX_LEAVES_BYTES);
  const leaves = opened?.bytes ?? Buffer.alloc(0);
  const keys = await journalKeys(bag, station, stationKey!, question.identities, question.spans);
  return [
    signed,
    treeClaim(leaves, checkpoint),
    await entriesClaim(bag, leaves, question),
    retainedClaim(leaves, station, keys, retainedCheckpoints),
    await witnessedClaim(bag, (size) => rootsOf(leaves, [size]).get(size), { ...question, keys }),
  ];
}

const leafAt = (leaves: Buffer, seq: number): Buffer => leaves.subarray(seq * HASH_BYTES, (seq + 1) * HASH_BYTES);

/** Merkle root over the first `size` leaf hashes, which lie end to end. */
export function rootOf(leaves: Buffer, size: number): Uint8Array {
  const frontier = Frontier.empty();
  for (let seq = 0; seq < size; seq += 1) frontier.append(leafAt(leaves, seq));
  return frontier.root();
}

function treeClaim(leaves: Buffer, checkpoint: Checkpoint): Claim {
  const same =
    leaves.length === checkpoint.size * HASH_BYTES &&
    Buffer.compare(rootOf(leaves, checkpoint.size), checkpoint.root) === 0;
  if (!same)
    return fail(TREE, '个数或根不符，或文件打不开。', 'Number or root differ, or the file does not open.', [
      LEAVES_PATH,
    ]);
  return pass(
    TREE,
    `${checkpoint.size} 条。没有被包外留存的检查点覆盖的条目，只凭考点自己的密钥，证明力弱一些。`,
    `${checkpoint.size} entries. Those that no checkpoint kept outside covers rest on the station's own key alone.`,
  );
}

async function entriesClaim(bag: Bag, leaves: Buffer, { identities, sessionId }: JournalQuestion): Promise<Claim> {
  let last = -1;
  let count = 0;
  let line = 0;
  let fault: number | undefined;
  const takeLine = (bytes: Uint8Array): boolean => {
    line += 1;
    const entry = entryOf(bytes);
    const good =
      entry !== undefined &&
      entry.seq > last &&
      (entry.sessionId === null || sessionId === undefined || entry.sessionId === sessionId) &&
      (entry.seq + 1) * HASH_BYTES <= leaves.length &&
      leafAt(leaves, entry.seq).equals(leafHash(bytes));
    if (!good) {
      fault = line;
      return false;
    }
    last = entry.seq;
    count += 1;
    return true;
  };
  const whole = await eachLine(bag, ENTRIES_PATH, identities, MAX_ENTRY_BYTES, takeLine);
  if (fault !== undefined) {
    const zh = `第 ${fault} 行不合格式、次序不对，或不在检查点之内。`;
    return fail(ENTRIES, zh, `Line ${fault} is malformed, out of order, or not under the checkpoint.`, [ENTRIES_PATH]);
  }
  if (!whole)
    return fail(ENTRIES, '文件打不开或行太长。', 'The file does not open, or a line is too long.', [ENTRIES_PATH]);
  const hidden = leaves.length / HASH_BYTES - count;
  return pass(
    ENTRIES,
    `${count} 条。另有 ${hidden} 条只有哈希：属于别的场次，或没有交出，从包里分不出来。`,
    `${count} entries. Of ${hidden} more only the hash is here: of other sessions or withheld, the bundle cannot tell which.`,
  );
}

/** An entry in its one spelling, or nothing. */
function entryOf(bytes: Uint8Array): JournalEntry | undefined {
  const json = parseBoundedJson(bytes, MAX_ENTRY_BYTES);
  const parsed = json.ok ? JournalEntry.safeParse(json.value) : undefined;
  if (!parsed?.success) return undefined;
  try {
    return Buffer.from(canonicalJson(parsed.data), 'utf8').equals(bytes) ? parsed.data : undefined;
  } catch {
    return undefined; // a lone surrogate, spelled as an escape
  }
}

/** Roots over the first entries, for every number asked for, in one walk. */
function rootsOf(leaves: Buffer, sizes: readonly number[]): Map<number, Uint8Array> {
  const roots = new Map<number, Uint8Array>();
  const frontier = Frontier.empty();
  let seq = 0;
  for (const size of [...new Set(sizes)].sort((a, b) => a - b)) {
    if (size * HASH_BYTES > leaves.length) break;
    for (; seq < size; seq += 1) frontier.append(leafAt(leaves, seq));
    roots.set(size, frontier.root());
  }
  return roots;
}

function retainedClaim(leaves: Buffer, station: string, keys: readonly JournalKey[], notes: readonly string[]): Claim {
  if (notes.length === 0) {
    return notPresent(RETAINED, '没有拿来比对：--checkpoint FILE', 'None was given: --checkpoint FILE');
  }
  const kept: Checkpoint[] = [];
  for (const note of notes) {
    const read = checkpointBy(keys, note, station);
    if (!read) return fail(RETAINED, '给的检查点不是这把密钥签的。', 'The checkpoint given is not signed by this key.');
    kept.push(read);
  }
  const roots = rootsOf(
    leaves,
    kept.map(({ size }) => size),
  );
  const differs = kept.find(({ size, root }) => Buffer.compare(roots.get(size) ?? Buffer.alloc(0), root) !== 0);
  if (differs) {
    return fail(
      RETAINED,
      `留存的前 ${differs.size} 条与包里的对不上。`,
      `The first ${differs.size} entries kept then differ from those in the bundle.`,
      [LEAVES_PATH],
    );
  }
  const longest = Math.max(...kept.map(({ size }) => size));
  return pass(
    RETAINED,
    `前 ${longest} 条与留存的一致，若被改过能看出来；后面的只凭考点自己的密钥。`,
    `The first ${longest} entries are those kept outside: a change would show. Later ones rest on the station's key alone.`,
  );
}
