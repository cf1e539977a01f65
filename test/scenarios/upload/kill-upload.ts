import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { TAG_MANIFEST_FILE } from '../../../electron/features/archive/bundle-format.ts';
import { sealedVideo } from '../../../electron/features/archive/export/specimen-video.ts';
import { layOutBundle } from '../../../electron/features/delivery/bundle-archive.ts';
import { sshPublicKeyLine } from '../../../electron/lib/ssh-key-text.ts';
import { freePorts } from '../../peers/free-ports.ts';
import type { CentreFacts } from './centre.ts';
import { openCutLine } from './cut-line.ts';
import type { StationFacts } from './open-delivery.ts';
import { prepareCentre } from './prepare-centre.ts';

export interface KillUploadWish {
  clientKills: number;
  serverKills: number;
  /** Of the archive that is sent. */
  mebibytes: number;
  seed: number;
  said?: (line: { kill: number; who: 'station' | 'centre'; sentMb: number }) => void;
}

export interface KillUploadResult {
  archiveBytes: number;
  sentBytes: number;
  /** Sent more than once, over all kills. */
  sentAgainBytes: number;
  /** The most that one kill cost. */
  mostPerKillBytes: number;
  kills: { station: number; centre: number };
  /** Files at the centre that are not the station's, by path; empty when all are byte-identical. */
  differing: string[];
  refused: string | null;
  receipt: boolean;
}

const root = resolve(import.meta.dirname, '../../..');

/** The numbers of a linear congruential generator (Numerical Recipes), from 0 up to 1. */
function chances(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** One upload through real processes, each of which is killed again and again at bytes that the seed chooses. */
export async function killUpload(wish: KillUploadWish): Promise<KillUploadResult> {
  const work = mkdtempSync(join(tmpdir(), 'kaodian-kill-upload-'));
  const chance = chances(wish.seed);
  const segments = Math.max(1, Math.round(wish.mebibytes / 4));
  const { s, dir } = await sealedVideo(segments, 4 * 1024 * 1024);
  const centreKey = generateKeyPairSync('ed25519');
  const running = new Set<ChildProcess>();
  const start = (args: string[]): ChildProcess => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], cwd: root });
    running.add(child);
    child.once('close', () => running.delete(child));
    return child;
  };
  const ended = (child: ChildProcess) =>
    new Promise<number | null>((done) => {
      if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode);
      else child.once('close', (code) => done(code));
    });
  const kill = async (child: ChildProcess) => {
    const gone = ended(child);
    child.kill('SIGKILL');
    await gone;
  };
  const [port] = (await freePorts(1)) as [number];
  const line = await openCutLine(port);
  try {
    const centreDir = join(work, 'centre');
    await prepareCentre(centreDir, centreKey.privateKey, sshPublicKeyLine(s.wish.stationSigningKey));
    const centreFacts: CentreFacts = {
      dataDir: centreDir,
      receiptKeyPem: centreKey.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      identities: [s.centre.identity],
      port,
    };
    const centreFile = join(work, 'centre.json');
    writeFileSync(centreFile, JSON.stringify(centreFacts), { mode: 0o600 });
    const facts: StationFacts = {
      dataDir: join(work, 'station'),
      bundleDir: dir,
      tagManifestSha256: createHash('sha256')
        .update(readFileSync(join(dir, TAG_MANIFEST_FILE)))
        .digest('hex'),
      bytes: wish.mebibytes * 1024 * 1024,
      stationKeyPem: s.wish.stationSigningKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      centreKeyPem: createPublicKey(centreKey.privateKey).export({ type: 'spki', format: 'pem' }) as string,
    };
    mkdirSync(facts.dataDir);
    const factsFile = join(work, 'facts.json');
    writeFileSync(factsFile, JSON.stringify(facts));
    const startCentre = async (): Promise<ChildProcess> => {
      const child = start(['test/scenarios/upload/centre.ts', centreFile]);
      await new Promise<void>((listening) => child.stdout!.once('data', () => listening()));
      return child;
    };
    const startStation = () => start(['test/scenarios/upload/station.ts', factsFile, line.address]);

    const layout = await layOutBundle(dir);
    const who = shuffled(
      [...Array(wish.clientKills).fill('station'), ...Array(wish.serverKills).fill('centre')],
      chance,
    ) as ('station' | 'centre')[];
    let centre = await startCentre();
    let station = startStation();
    let mostPerKillBytes = 0;
    const kills = { station: 0, centre: 0 };
    /** What the centre had when it was last asked, and what was sent by then. */
    let before = { held: 0, sent: 0 };
    for (const [i, victim] of who.entries()) {
      // Spread over the archive; what was sent twice does not eat up the room for the kills to come.
      const step = (layout.sizeBytes - before.held) / (who.length - i + 1);
      const at = line.sentBytes() + Math.max(1, Math.floor(step * (0.5 + chance())));
      const cut = new Promise<'cut'>((reached) => line.cutAt(at, () => reached('cut')));
      const how = await Promise.race([cut, ended(station).then(() => 'done' as const)]);
      if (how === 'done') break;
      await kill(victim === 'station' ? station : centre);
      kills[victim] += 1;
      line.mend();
      if (victim === 'centre') centre = await startCentre();
      else station = startStation();
      const held = heldBytes(centreDir);
      mostPerKillBytes = Math.max(mostPerKillBytes, line.sentBytes() - before.sent - (held - before.held));
      before = { held, sent: line.sentBytes() };
      wish.said?.({ kill: i + 1, who: victim, sentMb: Math.round(line.sentBytes() / 1e5) / 10 });
    }
    line.cutAt(Number.POSITIVE_INFINITY, () => {});
    const code = await Promise.race([ended(station), refusedIn(facts.dataDir, running)]);
    const sentBytes = line.sentBytes();
    const refusedFile = join(facts.dataDir, 'refused');
    const result = {
      archiveBytes: layout.sizeBytes,
      sentBytes,
      sentAgainBytes: sentBytes - layout.sizeBytes,
      mostPerKillBytes,
      kills,
      differing: differing(dir, join(centreDir, 'bundles')),
      refused: existsSync(refusedFile) ? readFileSync(refusedFile, 'utf8') : null,
      receipt: code === 0,
    };
    await kill(centre);
    return result;
  } finally {
    for (const child of running) child.kill('SIGKILL');
    await line.close();
    rmSync(work, { recursive: true, force: true });
    rmSync(s.folder, { recursive: true, force: true });
  }
}

function shuffled<T>(list: readonly T[], chance: () => number): T[] {
  const left = [...list];
  return Array.from(list, () => left.splice(Math.floor(chance() * left.length), 1)[0]!);
}

/** Bytes of the one archive that the centre has on its disk. */
function heldBytes(centreDir: string): number {
  const folder = join(centreDir, 'uploads');
  const sizes = readdirSync(folder)
    .filter((name) => !name.endsWith('.json'))
    .map((name) => statSync(join(folder, name)).size);
  return Math.max(0, ...sizes);
}

async function refusedIn(dataDir: string, running: ReadonlySet<ChildProcess>): Promise<number> {
  while (!existsSync(join(dataDir, 'refused')) && running.size > 0) await new Promise((done) => setTimeout(done, 200));
  return 1;
}

/** @param bundles  the centre's folder of bundles, which holds one */
function differing(ours: string, bundles: string): string[] {
  const theirs = join(bundles, readdirSync(bundles)[0] ?? '');
  const files = (readdirSync(ours, { recursive: true }) as string[]).filter((f) => statSync(join(ours, f)).isFile());
  const same = (f: string) =>
    existsSync(join(theirs, f)) && readFileSync(join(ours, f)).equals(readFileSync(join(theirs, f)));
  return files.filter((f) => !same(f));
}
