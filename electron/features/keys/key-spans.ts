import { z } from 'zod';

/** A `ssh-ed25519 AAAA...` line without comment. */
export const SigningKeyLine = z.string().regex(/^ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI[A-Za-z0-9+/]{43}$/);

/**
 * For which sizes of which of a station's journals one key speaks. A journal is a machine's: a replacement for a lost one begins the
 * next. Sizes are entries under a checkpoint, both ends included; `untilSize` null while the key is in use.
 */
export const KeySpan = z
  .strictObject({
    signingKey: SigningKeyLine,
    journal: z.int().positive(),
    fromSize: z.int().nonnegative(),
    untilSize: z.int().nonnegative().nullable(),
    /** Why it ended: followed by another under its own signature, or withdrawn by the centre. */
    ended: z.enum(['rotated', 'revoked']).nullable(),
  })
  .refine((span) => (span.untilSize === null) === (span.ended === null));
export type KeySpan = z.infer<typeof KeySpan>;

export type KeyVerdict = 'good' | 'unknown' | 'not-yet' | 'rotated' | 'revoked';

/**
 * Whether a key may vouch for a journal of `size` entries. The border belongs to the key that ends there: a checkpoint of exactly
 * `untilSize` entries stays good, one entry more is refused.
 */
export function judgeKey(spans: readonly KeySpan[], signingKey: string, size: number): KeyVerdict {
  const span = spans.find((s) => s.signingKey === signingKey);
  if (!span) return 'unknown';
  if (size < span.fromSize) return 'not-yet';
  return span.untilSize !== null && size > span.untilSize ? span.ended! : 'good';
}

/** The key in use; undefined where the last one was withdrawn and none has followed. */
export const currentSpan = (spans: readonly KeySpan[]): KeySpan | undefined =>
  spans.find((span) => span.untilSize === null);

/** The spans of the journal that this key speaks for: keys whose earlier checkpoints this journal has to go on from. */
export function spansOfItsJournal(spans: readonly KeySpan[], signingKey: string): KeySpan[] {
  const journal = spans.find((s) => s.signingKey === signingKey)?.journal;
  return spans.filter((s) => s.journal === journal);
}
