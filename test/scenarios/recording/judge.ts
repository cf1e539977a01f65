import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256Of } from '../../../electron/features/recording/fragment.ts';
import { recoverSpools } from '../../../electron/features/recording/recover.ts';
import { recordingsOf, segmentsOf } from '../../../electron/features/recording/store.ts';
import { ManualClock } from '../../../electron/lib/clock.ts';
import { decrypt } from '../../../electron/vault/age/age.ts';
import { type Keys, openRecording, sessionId } from '../../harness/recording.ts';

export interface Acknowledged {
  readonly cameraId: string;
  readonly sequence: number;
  readonly sha256: string;
}

export interface Judgement {
  /** Acknowledged fragments that no segment holds. */
  readonly lost: Acknowledged[];
  /** What does not hold: files that are not what the record says, records without a file. */
  readonly faults: string[];
  readonly recovered: number;
  /** Every segment as the centre opens it, in order. */
  readonly segments: { cameraId: string; bytes: Uint8Array }[];
}

export const acknowledgedIn = (said: string): Acknowledged[] =>
  said
    .split('\n')
    .slice(0, -1)
    .map((line) => {
      const [cameraId = '', sequence, sha256 = ''] = line.split(' ');
      return { cameraId, sequence: Number(sequence), sha256 };
    });

/** Starts over what a crash left, as the next start of the station does, and compares with what had been promised. */
export async function judge(folder: string, keys: Keys, promised: readonly Acknowledged[]): Promise<Judgement> {
  const st = await openRecording(folder, { clock: new ManualClock(Date.UTC(2026, 10, 21, 4, 0)), keys });
  const faults: string[] = [];
  const held = new Map<string, Set<string>>();
  const segments: Judgement['segments'] = [];
  let recovered = 0;
  try {
    await recoverSpools(st.deps);
    for (const cameraId of new Set(promised.map((p) => p.cameraId))) {
      for (const { recordingId } of recordingsOf(st.db, sessionId, cameraId)) {
        for (const s of segmentsOf(st.db, recordingId)) {
          recovered += Number(s.recovered);
          s.fragmentHashes.forEach((hash, i) => {
            const key = `${cameraId} ${s.sequence + i}`;
            held.set(key, (held.get(key) ?? new Set()).add(hash));
          });
          const evidence = st.deps.vault.find(st.db, s.evidenceId);
          const plain = evidence && open(join(folder, 'vault', evidence.file), keys.centre.identity);
          if (!plain) faults.push(`segment ${s.sequence} of ${cameraId} does not open`);
          else if (sha256Of(plain) !== evidence.sha256)
            faults.push(`segment ${s.sequence} of ${cameraId} is not its hash`);
          else segments.push({ cameraId, bytes: plain });
        }
      }
    }
    if ((await st.deps.vault.spools()).length > 0) faults.push('a spool was left behind');
  } finally {
    await st.abandon();
  }
  for (const [key, hashes] of held) if (hashes.size !== 1) faults.push(`fragment ${key} is there with other bytes too`);
  const lost = promised.filter((p) => !held.get(`${p.cameraId} ${p.sequence}`)?.has(p.sha256));
  return { lost, faults, recovered, segments };
}

function open(file: string, identity: string): Uint8Array | null {
  try {
    const plain = decrypt(readFileSync(file), [identity]);
    return plain.ok ? plain.value : null;
  } catch {
    return null;
  }
}
