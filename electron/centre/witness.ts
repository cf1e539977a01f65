import type { KeyObject } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { currentSpan } from '../features/keys/key-spans.ts';
import { parseAndVerifyCheckpoint } from '../journal/checkpoint.ts';
import { cosign } from '../journal/cosignature.ts';
import { HASH_BYTES, verifyConsistency } from '../journal/merkle.ts';
import type { Clock } from '../lib/clock.ts';
import { publicKeyOfLine } from '../lib/ssh-key-text.ts';
import { type CentreDb, holdStation } from './centre-store.ts';
import { spansOf } from './station-keys.ts';

export const CHECKPOINT_PATH = '/add-checkpoint';
const MAX_BODY_BYTES = 64 * 1024;
/** Proofs of a tree of 2^62 leaves need fewer. */
const MAX_PROOF = 63;

export type WitnessDeps = { db: CentreDb; clock: Clock; name: string; receiptKey: KeyObject };
type Said = { status: number; type: string; body: string };
const said = (status: number, body: string, type = 'text/plain; charset=utf-8'): Said => ({ status, type, body });

/** A key name of a note holds no white space and no plus sign. */
export const witnessName = (centre: string): string => centre.replace(/[\s+\p{Cc}]/gu, '-');

/**
 * Witnesses a checkpoint of a station's journal (C2SP tlog-witness): answers its cosignature only where the tree continues the
 * newest one the centre has seen, so that no journal can be cut or rewritten behind it. 409 says which size that was.
 */
export async function addCheckpoint(deps: WitnessDeps, request: AsyncIterable<Uint8Array> & Partial<IncomingMessage>) {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of request) {
    total += part.length;
    if (total > MAX_BODY_BYTES) return said(413, '');
    parts.push(part);
  }
  const asked = parseRequest(Buffer.concat(parts).toString('utf8'));
  return asked ? witness(deps, asked) : said(400, '');
}

type Asked = { oldSize: number; proof: Buffer[]; note: string };

function parseRequest(text: string): Asked | undefined {
  const gap = text.indexOf('\n\n');
  const [first = '', ...hashes] = text.slice(0, Math.max(0, gap)).split('\n');
  const size = /^old (0|[1-9][0-9]{0,15})$/.exec(first)?.[1];
  const proof = hashes.map((line) => Buffer.from(line, 'base64'));
  const sound = proof.every((p, i) => p.length === HASH_BYTES && p.toString('base64') === hashes[i]);
  if (gap < 0 || size === undefined || proof.length > MAX_PROOF || !sound) return undefined;
  return { oldSize: Number(size), proof, note: text.slice(gap + 2) };
}

async function witness(deps: WitnessDeps, { oldSize, proof, note }: Asked): Promise<Said> {
  const { db, clock } = deps;
  const origin = note.slice(0, note.indexOf('\n'));
  const span = currentSpan(await spansOf(db, origin));
  if (!span) return said(404, '');
  const { journal } = span;
  const read = parseAndVerifyCheckpoint(note, origin, publicKeyOfLine(span.signingKey)!);
  if (!read.ok) return said(403, '');
  const { size, root } = read.value;
  if (size < span.fromSize) return said(403, '');
  if (oldSize > size) return said(400, '');
  return db.transaction().execute(async (tx) => {
    await holdStation(tx, origin);
    const seen = await tx
      .selectFrom('seen_checkpoints')
      .select(['size', 'root'])
      .where('station_id', '=', origin)
      .where('journal', '=', journal)
      .orderBy('size', 'desc')
      .executeTakeFirst();
    const seenSize = seen?.size ?? 0;
    if (oldSize !== seenSize) return said(409, `${seenSize}\n`, 'text/x.tlog.size');
    const rootText = Buffer.from(root).toString('base64');
    const continues = seen
      ? verifyConsistency(seenSize, Buffer.from(seen.root, 'base64'), size, root, proof)
      : proof.length === 0;
    if (!continues) return said(seenSize === size ? 409 : 422, seenSize === size ? `${seenSize}\n` : '');
    const row = { journal, size, root: rootText, note, seen_ms: clock.wallMs() };
    await tx
      .insertInto('seen_checkpoints')
      .values({ station_id: origin, ...row })
      .onConflict((c) => c.doNothing())
      .execute();
    return said(200, cosign(note, witnessName(deps.name), Math.floor(clock.wallMs() / 1000), deps.receiptKey));
  });
}
