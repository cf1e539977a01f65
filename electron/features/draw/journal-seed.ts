import { createHash } from 'node:crypto';
import type { Journal } from '../../journal/journal.ts';

/** The state of the journal from which something was drawn: what nobody could choose, and everybody can repeat. */
export interface JournalSeed {
  /** Entries under the root; the entry that records the draw is the next, with this sequence number. */
  size: number;
  /** Merkle root over them (RFC 6962, SHA-256), lower-case hex. */
  root: string;
}

/** The seed as it is now. Inside a transaction, right before the draw's own entry is appended. */
export function journalSeed(journal: Pick<Journal, 'root'>): JournalSeed {
  const { size, root } = journal.root();
  return { size, root: Buffer.from(root).toString('hex') };
}

/** The bytes a draw for a session begins from: SHA-256( root || session id as UTF-8 ). */
export const seedBytes = ({ root }: Pick<JournalSeed, 'root'>, sessionId: string): Uint8Array =>
  createHash('sha256').update(Buffer.from(root, 'hex')).update(sessionId, 'utf8').digest();
