import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { killUpload } from './upload/kill-upload.ts';

/** KAODIAN_SEED repeats a run; KAODIAN_UPLOAD_KILLS=100 is the whole of it, some minutes. */
const seed = Number(process.env.KAODIAN_SEED ?? randomInt(2 ** 31));
const KILLS = Number(process.env.KAODIAN_UPLOAD_KILLS ?? 3);
/** What one cut may cost: what lay in sockets and pipes. A request of the queue carries far more. */
const CHUNK_BYTES = 4 * 1024 * 1024;

test(`an upload whose station and centre are killed ${KILLS} times each arrives byte for byte (KAODIAN_SEED=${seed})`, async () => {
  const done = await killUpload({ clientKills: KILLS, serverKills: KILLS, mebibytes: Math.max(32, KILLS * 3), seed });
  console.log(JSON.stringify({ name: 'kill-upload', seed, ...done }));
  expect(done).toMatchObject({
    differing: [],
    refused: null,
    receipt: true,
    kills: { station: KILLS, centre: KILLS },
  });
  expect(done.mostPerKillBytes).toBeLessThanOrEqual(CHUNK_BYTES);
  expect(done.sentAgainBytes).toBeLessThanOrEqual(2 * KILLS * CHUNK_BYTES);
}, 600_000);
