import { z } from 'zod';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { DrawFinding } from '../draw/panels/verify-draw.ts';
import { drawInspection } from './inspection-draw.ts';

const ids = z.array(z.string().max(80)).max(5_000);

/** The draw of an inspection with everything anybody needs to repeat it; ids only. */
export const PublishedInspection = z.strictObject({
  format: z.literal('kaodian-inspection-draw/1'),
  sessionId: z.string().max(80),
  nth: z.int().min(1),
  /** The journal's Merkle root over the first `size` entries; that it is, the bundle proves. */
  size: z.int().nonnegative(),
  root: z.string().regex(/^[0-9a-f]{64}$/),
  rooms: ids.min(1),
  inspectors: ids.min(1),
  /** Who was inside the drawn room. */
  present: ids,
  count: z.int().min(0).max(1_000),
  roomId: z.string(),
  inspectorId: z.string(),
  candidateIds: ids,
});
export type PublishedInspection = z.infer<typeof PublishedInspection>;

/** What the draw gives, asked again of its own record; null where it is the same. */
export function inspectionDifference(published: PublishedInspection): string | null {
  const { roomId, inspectorId, candidateIds, present } = published;
  const again = drawInspection({ ...published, inside: () => present });
  const said = { roomId, inspectorId, candidateIds };
  return canonicalJson(again) === canonicalJson(said)
    ? null
    : `published ${JSON.stringify(said)}, drawn ${JSON.stringify(again)}`;
}

/** As `verifyDraw`, for the draw of an inspection. */
export function verifyInspection(published: PublishedInspection): DrawFinding[] {
  const detail = inspectionDifference(published);
  return [{ question: 'drawn-again', passed: detail === null, detail: detail ?? '' }];
}
