import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createWriteStream, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { TAG_MANIFEST_FILE } from '../../../electron/features/archive/bundle-format.ts';
import { sealedVideo } from '../../../electron/features/archive/export/specimen-video.ts';
import { signAnnouncement } from '../../../electron/features/delivery/announcement.ts';
import { layOutBundle } from '../../../electron/features/delivery/bundle-archive.ts';
import { centreTarget } from '../../../electron/features/delivery/upload-target.ts';
import { sshPublicKeyLine } from '../../../electron/lib/ssh-key-text.ts';
import { tarBytes } from '../../../electron/lib/write-tar.ts';
import { prepareCentre } from '../../scenarios/upload/prepare-centre.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { alternating, timeMs } from '../measure.ts';
import { hasCommand, run } from '../processes.ts';
import { removeFolder, root, scratchFolder } from '../served-station.ts';

const ROUNDS = 3;
const SEGMENTS = 128;
const SEGMENT_BYTES = 4 * 1024 * 1024;

/** A server that writes what is PUT into a file, and nothing else. */
const PUT_SERVER = `
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
const server = createServer(async (request, response) => {
  await pipeline(request, createWriteStream(process.argv[2]));
  response.end();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** Sending a sealed bundle of 512 MiB to the reference centre on this machine, by tus; the peer is `curl` with one PUT. */
export const upload: Benchmark = async (print) => {
  if (!hasCommand('curl')) return print({ name: 'upload-512mib', skipped: 'there is no curl command' });
  const folder = scratchFolder();
  const { s, dir } = await sealedVideo(SEGMENTS, SEGMENT_BYTES);
  const running = new Set<ChildProcess>();
  const start = async (args: readonly string[]): Promise<{ child: ChildProcess; said: string }> => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    running.add(child);
    const said = await new Promise<string>((line) => child.stdout.once('data', (text) => line(String(text).trim())));
    return { child, said };
  };
  const end = (child: ChildProcess) =>
    new Promise<void>((gone) => {
      child.once('close', () => gone());
      running.delete(child);
      child.kill('SIGKILL');
    });
  try {
    const layout = await layOutBundle(dir);
    const archive = join(folder, 'archive.tar');
    await pipeline(Readable.from(tarBytes(layout, 0, layout.sizeBytes)), createWriteStream(archive));
    const putServer = join(folder, 'put.mjs');
    writeFileSync(putServer, PUT_SERVER);
    const announced = {
      format: 'kaodian-announcement/1' as const,
      stationId: 'STATION-1',
      bundleId: basename(dir),
      tagManifestSha256: createHash('sha256')
        .update(readFileSync(join(dir, TAG_MANIFEST_FILE)))
        .digest('hex'),
      sizeBytes: layout.sizeBytes,
    };
    const announcement = signAnnouncement(announced, s.wish.stationSigningKey);
    let round = 0;
    const found = await alternating(ROUNDS, {
      async tus() {
        round += 1;
        const { file, port } = await newCentre(
          join(folder, `centre-${round}`),
          sshPublicKeyLine(s.wish.stationSigningKey),
          round,
        );
        const { child } = await start(['test/scenarios/upload/centre.ts', file]);
        const ms = await timeMs(async () => {
          const sent = await centreTarget(`http://127.0.0.1:${port}`).send({
            uploadUrl: null,
            layout,
            announced,
            announcement,
            bytesPerSecond: () => null,
            signal: new AbortController().signal,
            onUrl: () => {},
            onProgress: () => {},
          });
          if (!sent.ok) throw new Error(JSON.stringify(sent.error));
        });
        await end(child);
        removeFolder(join(folder, `centre-${round}`));
        return ms;
      },
      async put() {
        const { child, said } = await start([putServer, join(folder, 'put')]);
        const ms = await timeMs(() => run('curl', ['-sS', '-T', archive, `http://127.0.0.1:${said}/archive`]));
        await end(child);
        return ms;
      },
    });
    const rate = (ms: number) => (layout.sizeBytes / 1e6 / ms) * 1000;
    print({
      name: 'upload-512mib',
      value: rounded(rate(found.tus)),
      unit: 'MB/s',
      goal: 'ratio >= 0.7',
      ...against(
        rate(found.tus),
        rate(found.put),
        'MB/s',
        'curl -T of the same archive to a server that writes it to a file',
      ),
      note: `from the bundle's folder to the centre's disk on one machine; median of ${ROUNDS}`,
    });
  } finally {
    for (const child of running) child.kill('SIGKILL');
    removeFolder(folder);
    removeFolder(s.folder);
  }
};

/** A centre that expects the specimen session; it is started by the file that is answered. */
async function newCentre(dataDir: string, signingKey: string, round: number): Promise<{ file: string; port: number }> {
  const { privateKey } = generateKeyPairSync('ed25519');
  await prepareCentre(dataDir, privateKey, signingKey);
  const port = 38_700 + round;
  const receiptKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  const file = join(dataDir, 'facts.json');
  writeFileSync(file, JSON.stringify({ dataDir, receiptKeyPem, identities: [], port }), { mode: 0o600 });
  return { file, port };
}
