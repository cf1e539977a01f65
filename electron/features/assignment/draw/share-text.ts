import { createHash, randomBytes } from 'node:crypto';

/** Random bytes in front of what somebody said: a number of six digits would be found from its hash. */
const SALT_BYTES = 16;

export interface Share {
  /** Hex, 16 to 64 bytes: what goes into the seed. */
  share: string;
  /** What a person typed, or the name of the file. */
  said: string;
}

/** The station's own: 32 random bytes. */
export const ownShare = (): Share => ({ share: randomBytes(32).toString('hex'), said: '' });

/** What somebody typed, as a share: 16 random bytes, then the text in UTF-8, cut to the 48 bytes there are. */
export function typedShare(text: string): Share {
  const salted = Buffer.concat([randomBytes(SALT_BYTES), Buffer.from(text, 'utf8').subarray(0, 48)]);
  return { share: salted.toString('hex'), said: text };
}

/** A file as a share: its SHA-256. */
export const fileShare = (name: string, bytes: Uint8Array): Share => ({
  share: createHash('sha256').update(bytes).digest('hex'),
  said: name.slice(0, 120),
});
