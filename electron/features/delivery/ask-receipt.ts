import { z } from 'zod';
import { err, ok, type Result } from '../../lib/result.ts';
import { parseBoundedJson } from '../archive/bounded-json.ts';
import { boundedBody } from './bounded-body.ts';
import type { SignedReceipt } from './receipt.ts';

/** A reason of the centre against a bundle: its code, and the claims that failed where that is the reason. */
export const CentreRefusal = z.object({
  code: z.string().regex(/^[A-Z_]{2,40}$/),
  claims: z
    .array(z.string().regex(/^[a-z-]{1,40}\.[0-9]{1,3}$/))
    .max(200)
    .optional(),
});
export type CentreRefusal = z.infer<typeof CentreRefusal>;

export type Standing =
  | { kind: 'accepted'; signed: SignedReceipt }
  /** It has arrived and is being looked at; with reasons where it waits for something. */
  | { kind: 'being-checked'; refusals: CentreRefusal[] }
  | { kind: 'refused'; refusals: CentreRefusal[] }
  /** The centre has not received it whole. */
  | { kind: 'unknown' };

const MAX_ANSWER_BYTES = 256 * 1024;
const TIMEOUT_MS = 20_000;

const Accepted = z.object({ text: z.string().max(16_384), signature: z.string().max(4096) });
const Refused = z.object({ refusals: z.array(CentreRefusal).max(100) });

/** Where a bundle stands at the centre. @param address of the centre, `https://...` */
export async function askReceipt(
  address: string,
  tagManifestSha256: string,
  signal: AbortSignal,
): Promise<Result<Standing, { code: 'CENTRE_UNREACHABLE' }>> {
  const unreachable = err({ code: 'CENTRE_UNREACHABLE' as const });
  const response = await fetch(new URL(`/receipts/${tagManifestSha256}`, address), {
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    redirect: 'error',
  }).catch(() => undefined);
  const body = response && (await boundedBody(response, MAX_ANSWER_BYTES));
  if (!response || !body) return unreachable;
  if (response.status === 404) return ok({ kind: 'unknown' });
  const json = parseBoundedJson(body, MAX_ANSWER_BYTES);
  if (!json.ok) return unreachable;
  if (response.status === 200) {
    const accepted = Accepted.safeParse(json.value);
    return accepted.success ? ok({ kind: 'accepted', signed: accepted.data }) : unreachable;
  }
  const refused = Refused.safeParse(json.value);
  if (!refused.success || (response.status !== 202 && response.status !== 422)) return unreachable;
  return ok({ kind: response.status === 202 ? 'being-checked' : 'refused', refusals: refused.data.refusals });
}
