import { err, ok, type Result } from '../../lib/result.ts';
import { boundedBody } from './bounded-body.ts';

const MAX_ANSWER_BYTES = 16 * 1024;
const TIMEOUT_MS = 20_000;

export type WitnessError =
  | { code: 'CENTRE_UNREACHABLE' }
  /** The newest tree the centre has seen of this journal is of another size than `oldSize`. */
  | { code: 'OTHER_SIZE'; size: number }
  /** The centre has the station under another key. */
  | { code: 'CHECKPOINT_NOT_SIGNED' }
  | { code: 'STATION_UNKNOWN' }
  /** What the centre has seen of this journal is not the start of this tree. */
  | { code: 'JOURNAL_DIFFERS' };

/**
 * Asks the centre to witness a checkpoint (C2SP tlog-witness, add-checkpoint). Answers the cosignature's lines, not yet believed.
 *
 * @param address  of the centre, `https://...`
 * @param oldSize  of the newest tree it is thought to have seen; 0 for none
 * @param proof    that the tree of `oldSize` is the start of the note's
 */
export async function askWitness(
  address: string,
  { oldSize, proof, note }: { oldSize: number; proof: readonly Uint8Array[]; note: string },
  signal: AbortSignal,
): Promise<Result<string, WitnessError>> {
  const hashes = proof.map((hash) => `${Buffer.from(hash).toString('base64')}\n`);
  const response = await fetch(new URL('/add-checkpoint', address), {
    method: 'POST',
    body: `old ${oldSize}\n${hashes.join('')}\n${note}`,
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    redirect: 'error',
  }).catch(() => undefined);
  const body = response && (await boundedBody(response, MAX_ANSWER_BYTES));
  if (!response || !body) return err({ code: 'CENTRE_UNREACHABLE' });
  switch (response.status) {
    case 200:
      return ok(body.toString('utf8'));
    case 403:
      return err({ code: 'CHECKPOINT_NOT_SIGNED' });
    case 404:
      return err({ code: 'STATION_UNKNOWN' });
    case 409: {
      const size = /^(0|[1-9][0-9]{0,14})\n$/.exec(body.toString('utf8'))?.[1];
      return err(size === undefined ? { code: 'CENTRE_UNREACHABLE' } : { code: 'OTHER_SIZE', size: Number(size) });
    }
    case 422:
      return err({ code: 'JOURNAL_DIFFERS' });
    default:
      return err({ code: 'CENTRE_UNREACHABLE' });
  }
}
