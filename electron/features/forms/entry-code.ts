import { err, ok, type Result } from '../../lib/result.ts';

/**
 * The journal entry behind a signature on paper, as a QR code spells it:
 *
 *     KDJ1:<station>:<sequence>:<leaf hash>
 *
 * `KDJ1` is the format; the station is its id; the sequence counts from 0; the hash is the entry's leaf in the journal's
 * Merkle tree (RFC 6962: SHA-256 over 0x00 and the canonical JSON of the entry) in 64 upper-case hex digits, since QR
 * codes pack upper case closer. Who holds the sealed bundle finds the same 32 bytes at that place of the journal's leaves
 * and the entry itself among its lines.
 */
export interface EntryCode {
  station: string;
  seq: number;
  /** Lower-case hex. */
  leaf: string;
}

const SPELLED = /^KDJ1:([A-Za-z0-9][A-Za-z0-9_-]{0,39}):(0|[1-9]\d{0,14}):([0-9A-F]{64})$/;

export const entryCodeText = ({ station, seq, leaf }: EntryCode): string =>
  `KDJ1:${station}:${seq}:${leaf.toUpperCase()}`;

export function parseEntryCode(text: string): Result<EntryCode, { code: 'NO_ENTRY_CODE' }> {
  const parts = SPELLED.exec(text);
  if (!parts) return err({ code: 'NO_ENTRY_CODE' });
  return ok({ station: parts[1]!, seq: Number(parts[2]), leaf: parts[3]!.toLowerCase() });
}
