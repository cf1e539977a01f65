import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Interval } from './rules.ts';

/** A fragment as a desk, or a camera's own driver, hands it over. */
export interface FragmentWish extends Interval {
  readonly recordingId: string;
  readonly sequence: number;
  readonly opens: boolean;
  readonly closes: boolean;
  readonly firstMonoMs: number;
  readonly lastMonoMs: number;
  readonly frames: number;
  readonly fragment: Blob;
}

/** A fragment of the segment that is open: on disk, and here until the segment is whole. */
export interface HeldFragment extends Interval {
  readonly sequence: number;
  readonly opens: boolean;
  readonly firstMonoMs: number;
  readonly lastMonoMs: number;
  readonly frames: number;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

const RecordHead = z.strictObject({
  format: z.literal('kaodian-fragment/1'),
  recordingId: z.string(),
  sequence: z.int().min(0),
  opens: z.boolean(),
  beginMs: z.int(),
  endMs: z.int(),
  firstMonoMs: z.number(),
  lastMonoMs: z.number(),
  frames: z.int(),
});

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Whole milliseconds are all the record keeps. */
export const heldFragment = (wish: FragmentWish, bytes: Uint8Array, sha256: string): HeldFragment => ({
  sequence: wish.sequence,
  opens: wish.opens,
  beginMs: Math.round(wish.beginMs),
  endMs: Math.round(wish.endMs),
  firstMonoMs: wish.firstMonoMs,
  lastMonoMs: wish.lastMonoMs,
  frames: wish.frames,
  sha256,
  bytes,
});

/** A fragment as one record of a spool: length of the head (uint32, big-endian), the head as JSON, the bytes. */
export function spoolRecord(recordingId: string, { sha256, bytes, ...facts }: HeldFragment): Uint8Array {
  const head = Buffer.from(JSON.stringify({ format: 'kaodian-fragment/1', recordingId, ...facts }));
  const length = Buffer.alloc(4);
  length.writeUInt32BE(head.length);
  return Buffer.concat([length, head, bytes]);
}

/** Reads `spoolRecord` back; null when it is something else. */
export function readSpoolRecord(record: Uint8Array): { recordingId: string; fragment: HeldFragment } | null {
  const view = Buffer.from(record.buffer, record.byteOffset, record.byteLength);
  if (view.length < 4 || view.readUInt32BE(0) > view.length - 4) return null;
  const end = 4 + view.readUInt32BE(0);
  let json: unknown;
  try {
    json = JSON.parse(view.toString('utf8', 4, end));
  } catch {
    return null;
  }
  const head = RecordHead.safeParse(json);
  if (!head.success) return null;
  const { recordingId, format: _, ...facts } = head.data;
  const bytes = Uint8Array.prototype.slice.call(view, end);
  return { recordingId, fragment: { ...facts, sha256: sha256Of(bytes), bytes } };
}
