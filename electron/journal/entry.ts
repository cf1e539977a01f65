import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';

/** Who did it: a signed-in person with a role at a desk, the station itself, or a request that came without a session. */
export const Actor = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('staff'), staffId: z.string(), role: z.string(), desk: z.string() }),
  z.strictObject({ kind: z.literal('station') }),
  z.strictObject({ kind: z.literal('stranger'), from: z.string() }),
]);

/** One line of the journal. The three clocks are `wallMs`, `monotonicMs` (within `boot`) and `seq`. */
export const JournalEntry = z.strictObject({
  /** Position in the journal, from 0, without holes: the index of the entry's leaf in the Merkle tree. */
  seq: z.int().nonnegative(),
  wallMs: z.int(),
  monotonicMs: z.number().nonnegative(),
  boot: z.string().min(1),
  /** The exam session it belongs to; null for what concerns the whole station. */
  sessionId: z.string().nullable(),
  actor: Actor,
  /** Id of the event in the catalogue: `feature.what-happened`. */
  event: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
  data: z.json(),
});
export type Actor = z.infer<typeof Actor>;
export type JournalEntry = z.infer<typeof JournalEntry>;

/** The bytes that are hashed and sealed: canonical JSON (RFC 8785) in UTF-8. @throws TypeError as `canonicalJson` */
export const entryBytes = (entry: JournalEntry): Uint8Array => Buffer.from(canonicalJson(entry), 'utf8');

/** The hash of a leaf with this content (RFC 6962, 2.1): the leading 0 keeps leaves apart from inner nodes. */
export const leafHash = (content: Uint8Array): Uint8Array =>
  createHash('sha256').update(Uint8Array.of(0)).update(content).digest();
