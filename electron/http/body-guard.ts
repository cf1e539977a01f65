import type { IncomingHttpHeaders } from 'node:http';

const MIB = 1024 * 1024;

/** Calls that carry files, and how much of one: a whole plan with 5,000 photographs, a fragment of video, a frame. */
const FILE_CALLS: ReadonlyMap<string, number> = new Map([
  ['plan/check', 600 * MIB],
  ['plan/checkPackage', 600 * MIB],
  ['recording/putFragment', 24 * MIB],
  ['checkin/presentFace', 8 * MIB],
  ['timeline/keepStill', 8 * MIB],
  ['paper/addScan', 33 * MIB],
  ['certificates/check', 8 * MIB],
]);
/** All other calls are a few kilobytes; a larger body is no desk's. */
const PLAIN_BYTES = MIB;

/** The call that carries files at this path, `plan/check`; null for every other path. */
export function fileCallOf(pathname: string): string | null {
  const call = pathname.replace(/^\/(rpc|api)\//, '');
  return FILE_CALLS.has(call) ? call : null;
}

export type BodyRefusal = { status: 411; reason: 'LENGTH_MISSING' } | { status: 413; reason: 'BODY_TOO_LARGE' };

/**
 * Why the body of a call is refused before a byte of it is read; null when it may come. Its length has to be declared:
 * every browser does, and Node's parser takes exactly as many bytes as were declared, so that nothing needs counting.
 *
 * @param pathname  `/rpc/...` or `/api/...`
 */
export function bodyRefusal(pathname: string, headers: IncomingHttpHeaders): BodyRefusal | null {
  if (headers['transfer-encoding'] !== undefined) return { status: 411, reason: 'LENGTH_MISSING' };
  const limit = FILE_CALLS.get(fileCallOf(pathname) ?? '') ?? PLAIN_BYTES;
  const fits = Number(headers['content-length'] ?? 0) <= limit;
  return fits ? null : { status: 413, reason: 'BODY_TOO_LARGE' };
}
