/** For tests and benches: a specimen bundle with as much video as wanted. */
import { createHash, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encrypt } from '../../../vault/age/age.ts';
import { type Specimen, sealedSpecimen, specimen } from '../specimen-bundle.ts';
import type { StoredFile } from '../write-bundle.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Adds a segment of video of this many bytes before encryption; the bytes are random. */
export function addVideo(s: Specimen, name: string, sizeBytes: number): void {
  const plain = randomBytes(sizeBytes);
  const bytes = encrypt(plain, [s.centre.recipient]);
  const sourceFile = join(s.folder, `${name}.age`);
  writeFileSync(sourceFile, bytes);
  const [like] = s.wish.stored;
  const facts = { sha256: sha256(plain), sizeBytes, storedSha256: sha256(bytes) };
  const added: StoredFile = { ...like!, ...facts, path: `data/video/R1/C1/${name}.age`, sourceFile };
  s.wish = { ...s.wish, stored: [...s.wish.stored, added] };
}

/** A sealed bundle with `count` segments of video; the caller removes `s.folder`. */
export async function sealedVideo(count: number, sizeBytes: number): Promise<{ s: Specimen; dir: string }> {
  const s = specimen();
  for (let i = 0; i < count; i += 1) addVideo(s, `1${String(i).padStart(5, '0')}`, sizeBytes);
  return { s, dir: await sealedSpecimen(s) };
}
