import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';

/** What the running digest takes of a segment; all of it stands in the journal entry. */
export interface DigestedSegment {
  readonly sequence: number;
  readonly lastFragment: number;
  readonly beginMs: number;
  readonly endMs: number;
  /** Of the plain segment. */
  readonly sha256: string;
}

/**
 * The digest over all segments of a recording so far: SHA-256 of the canonical JSON of the segment and of the digest
 * before it, which for the first one is the recording's id. One segment left out, added, moved or changed changes every
 * digest after it.
 */
export function runningDigest(before: string, s: DigestedSegment): string {
  const { sequence, lastFragment, beginMs, endMs, sha256 } = s;
  const line = canonicalJson({ before, sequence, lastFragment, beginMs, endMs, sha256 });
  return createHash('sha256').update(line).digest('hex');
}
