import { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { ExaminerId } from '../../../lib/ids.ts';
import { type DrawBreach, drawBreaches } from './check-draw.ts';
import { commitTo, DrawCommitment, SeedShare, seedOf } from './commitment.ts';
import { DrawInput, drawInputFaults, SeatRole } from './draw-input.ts';
import { DRAW_CODE, drawPanels, reservesOf, witnessOf } from './draw-panels.ts';

/** A draw as published afterwards: everything anybody needs to repeat it. */
export const PublishedDraw = z.strictObject({
  format: z.literal('kaodian-published-draw/1'),
  input: DrawInput,
  commitment: DrawCommitment,
  shares: z.array(SeedShare).min(1).max(8),
  drawn: z
    .array(z.strictObject({ sessionId: z.string(), roomId: z.string(), role: SeatRole, examinerId: z.string() }))
    .max(16_000),
  /** In the order in which they come for a seat; absent where none were published. */
  reserves: z.array(ExaminerId).max(5_000).optional(),
});
export type PublishedDraw = z.infer<typeof PublishedDraw>;

/** One question about a published draw, in the order they are asked. */
export interface DrawFinding {
  question:
    | 'input-sound'
    | 'commitment-fits-input'
    | 'witness-fits'
    | 'shares-fit'
    | 'drawn-again'
    | 'reserves-drawn-again'
    | 'every-rule-kept';
  passed: boolean;
  /** What was found, where it did not pass; no personal data but examiner ids. */
  detail: string;
}

/** Repeats a draw from its input and seed, and checks every rule on the result apart from the draw. Never throws. */
export function verifyDraw(published: PublishedDraw): DrawFinding[] {
  const { input, commitment } = published;
  const findings: DrawFinding[] = [];
  const ask = (question: DrawFinding['question'], detail: string | null) => {
    findings.push({ question, passed: detail === null, detail: detail ?? '' });
    return detail === null;
  };
  const faults = drawInputFaults(input);
  if (!ask('input-sound', faults.length === 0 ? null : JSON.stringify(faults[0]))) return findings;
  if (commitment.code !== DRAW_CODE) {
    ask('commitment-fits-input', `drawn by ${commitment.code}, this is ${DRAW_CODE}`);
    return findings;
  }
  const witness = witnessOf(input);
  if (!witness.ok) {
    ask('witness-fits', witness.error.code);
    return findings;
  }
  const own = commitTo(input, witness.value, commitment.shares);
  const sameInput = own.inputSha256 === commitment.inputSha256 && own.drawId === commitment.drawId;
  ask('commitment-fits-input', sameInput ? null : 'another input was committed to');
  ask('witness-fits', own.witnessSha256 === commitment.witnessSha256 ? null : 'another witness was committed to');
  const seed = seedOf(commitment, published.shares);
  if (ask('shares-fit', seed ? null : 'a share is not the one its party committed to') && seed) {
    const again = drawPanels(input, seed);
    const same = again.ok && canonicalJson(again.value) === canonicalJson(published.drawn);
    ask('drawn-again', same ? null : firstDifference(published.drawn, again.ok ? again.value : []));
    if (published.reserves !== undefined) {
      const order = reservesOf(input, published.drawn, seed);
      const kept = canonicalJson(order) === canonicalJson(published.reserves);
      ask('reserves-drawn-again', kept ? null : `published ${published.reserves[0] ?? 'nobody'} first`);
    }
  }
  ask('every-rule-kept', breachText(drawBreaches(input, published.drawn)));
  return findings;
}

const breachText = (breaches: readonly DrawBreach[]): string | null =>
  breaches.length === 0 ? null : `${breaches.length}: ${JSON.stringify(breaches[0])}`;

function firstDifference(published: readonly unknown[], again: readonly unknown[]): string {
  const at = [...again.keys()].find((i) => canonicalJson(again[i]) !== canonicalJson(published[i] ?? null));
  if (at === undefined) return `${published.length} seats published, ${again.length} drawn`;
  return `seat ${at + 1}: published ${JSON.stringify(published[at] ?? null)}, drawn ${JSON.stringify(again[at])}`;
}
