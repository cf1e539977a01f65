import { err, ok, type Result } from '../../lib/result.ts';
import { MAX_TOKEN_BYTES, nonceOf, readTimestamp, type TimestampError, timestampRequest } from './token.ts';

const TIMEOUT_MS = 20_000;

/**
 * Asks a time-stamp authority for a stamp over a SHA-256 (RFC 3161, 3.4: over HTTP), and checks the answer before it is kept.
 *
 * @returns the whole response as it came, which `openssl ts -verify` reads
 */
export async function askTsa(
  address: string,
  sha256: Uint8Array,
  signal: AbortSignal,
): Promise<Result<{ response: Buffer; atMs: number }, TimestampError | { code: 'TSA_UNREACHABLE' }>> {
  const unreachable = err({ code: 'TSA_UNREACHABLE' as const });
  const request = timestampRequest(sha256);
  const reply = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query' },
    body: new Uint8Array(request),
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    redirect: 'error',
  }).catch(() => undefined);
  if (!reply?.ok) return unreachable;
  const parts: Uint8Array[] = [];
  let total = 0;
  try {
    for await (const part of reply.body ?? []) {
      total += part.length;
      if (total > MAX_TOKEN_BYTES) return unreachable;
      parts.push(part);
    }
  } catch {
    return unreachable;
  }
  const response = Buffer.concat(parts);
  const read = readTimestamp(response, sha256, nonceOf(request));
  return read.ok ? ok({ response, atMs: read.value.atMs }) : read;
}
