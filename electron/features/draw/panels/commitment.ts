import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { DrawnSeat } from './check-draw.ts';
import { type DrawInput, drawInputHash } from './draw-input.ts';
import { DRAW_CODE } from './draw-panels.ts';

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** What is read aloud, printed and journaled before anybody knows the seed. */
export const DrawCommitment = z.strictObject({
  drawId: z.string().max(40),
  inputSha256: Sha256Hex,
  /** Over the witness: the operator could otherwise steer a few seats by starting from another. */
  witnessSha256: Sha256Hex,
  code: z.string().max(60),
  /** SHA-256 over each party's share with its name: see `shareHash`. */
  shares: z
    .array(z.strictObject({ party: z.string().min(1).max(40), sha256: Sha256Hex }))
    .min(1)
    .max(8),
});
export type DrawCommitment = z.infer<typeof DrawCommitment>;

/** A party's part of the seed, as hex of 16 to 64 bytes, secret until every commitment is published. */
export const SeedShare = z.strictObject({
  party: z.string().min(1).max(40),
  share: z.string().regex(/^(?:[0-9a-f]{2}){16,64}$/),
});
export type SeedShare = z.infer<typeof SeedShare>;

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/** SHA-256 of `kaodian-share/1 LF party LF share`: what a party publishes first. */
export const shareHash = ({ party, share }: SeedShare): string => sha256(`kaodian-share/1\n${party}\n${share}`);

export const witnessHash = (witness: readonly DrawnSeat[]): string => sha256(canonicalJson(witness));

/** The commitment as a whole: the one number that is printed large. */
export const commitmentHash = (commitment: DrawCommitment): string => sha256(canonicalJson(commitment));

export const commitTo = (
  input: DrawInput,
  witness: readonly DrawnSeat[],
  shares: DrawCommitment['shares'],
): DrawCommitment => ({
  drawId: input.drawId,
  inputSha256: drawInputHash(input),
  witnessSha256: witnessHash(witness),
  code: DRAW_CODE,
  shares,
});

/**
 * The seed: SHA-256 of `kaodian-seed/1 LF`, the commitment's hash and LF, then `party LF share LF` in the order of the
 * commitment. No party can choose it: each was bound before it saw the others.
 *
 * @returns null where a share is missing, or is not the one its party committed to
 */
export function seedOf(commitment: DrawCommitment, shares: readonly SeedShare[]): Buffer | null {
  const ordered = commitment.shares.map(({ party, sha256: published }) =>
    shares.find((s) => s.party === party && shareHash(s) === published),
  );
  if (ordered.some((s) => s === undefined) || shares.length !== ordered.length) return null;
  const spelled = ordered.map((s) => `${s!.party}\n${s!.share}\n`).join('');
  return createHash('sha256')
    .update(`kaodian-seed/1\n${commitmentHash(commitment)}\n${spelled}`, 'utf8')
    .digest();
}
