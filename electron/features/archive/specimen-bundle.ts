/** For tests: a small bundle of specimen data, with everything needed to check it. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signCheckpoint } from '../../journal/checkpoint.ts';
import { entryBytes, type JournalEntry, leafHash } from '../../journal/entry.ts';
import { merkleRoot } from '../../journal/merkle.ts';
import { allowedSignersLine, signSsh } from '../../lib/sshsig.ts';
import { encrypt, generateIdentity } from '../../vault/age/age.ts';
import { manifestText } from './bag-text.ts';
import {
  BUNDLE_NAMESPACE,
  type BundleInfo,
  MANIFEST_FILE,
  SIGNATURE_FILE,
  TAG_FILES,
  TAG_MANIFEST_FILE,
} from './bundle-format.ts';
import { journalDocuments } from './journal-documents.ts';
import { type BundleWish, type StoredFile, writeBundle } from './write-bundle.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const entryOf = (seq: number, sessionId: string | null): JournalEntry => ({
  seq,
  wallMs: 1_778_900_000_000 + seq * 1000,
  monotonicMs: seq * 1000,
  boot: 'B1',
  sessionId,
  actor: { kind: 'staff', staffId: 'T1', role: 'door', desk: 'D1' },
  event: 'checkin.admitted',
  data: { seat: seq, name: '考生（样本）' },
});

export type Specimen = {
  folder: string;
  wish: BundleWish;
  centre: { identity: string; recipient: string };
  supervision: { identity: string; recipient: string };
  allowedSigners: string;
  /** The same checkpoint three entries earlier, as someone outside might have kept it. */
  earlierCheckpoint: string;
  entries: JournalEntry[];
};

/**
 * What to seal, with its evidence files in a new folder; the caller removes `folder`.
 *
 * @param from   another specimen of the same station: its keys are taken, and its journal goes on
 * @param more   entries that the journal has more than that one's
 */
export function specimen(info: Partial<BundleInfo> = {}, from?: Specimen, more = 4): Specimen {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-bundle-'));
  const centre = from?.centre ?? generateIdentity();
  const supervision = from?.supervision ?? generateIdentity();
  const privateKey = from?.wish.stationSigningKey ?? generateKeyPairSync('ed25519').privateKey;
  const sessionId = info.sessionId ?? 'S1';
  const stored = ['0001', '0002'].map((name): StoredFile => {
    const plain = Buffer.from(`video ${name}`);
    const bytes = encrypt(plain, [centre.recipient]);
    const sourceFile = join(folder, `${name}.age`);
    writeFileSync(sourceFile, bytes);
    return {
      path: `data/video/R1/C1/${name}.age`,
      sourceFile,
      sha256: sha256(plain),
      sizeBytes: plain.length,
      storedSha256: sha256(bytes),
      mediaType: 'video/mp4',
      kind: 'video',
      volume: 'video',
      title: { zh: '第 1 考场录像', en: 'Recording of room 1' },
      beginMs: 1_778_900_000_000,
      endMs: 1_778_900_004_000,
      subject: 'C1',
    };
  });
  const before = from?.entries ?? [];
  const added = from ? Array(more).fill(sessionId) : [null, 'S1', 'OTHER', 'S1', null, 'S1', 'OTHER', 'S1'];
  const entries = [...before, ...added.map((id, i) => entryOf(before.length + i, id))];
  const leaves = entries.map((entry) => leafHash(entryBytes(entry)));
  const noteAt = (size: number) =>
    signCheckpoint({ origin: 'STATION-1', size, root: merkleRoot(leaves.slice(0, size)) }, privateKey);
  const shown = entries.filter((e) => e.sessionId === null || e.sessionId === sessionId).map(entryBytes);
  const wish: BundleWish = {
    dir: join(folder, `STATION-1-${sessionId}-${info.number ?? 1}`),
    info: {
      stationId: 'STATION-1',
      siteName: '样本市第一考核点（样本）',
      filingNumber: 'S000000000001',
      sessionId: 'S1',
      number: 1,
      rehearsal: false,
      sealedAtMs: 1_778_920_000_000,
      previousTagManifestSha256: null,
      ...info,
    },
    rulePack: { id: 'base', version: '2026.1' },
    documents: [
      {
        path: 'data/4-results/S1.json.age',
        json: { passed: ['0001'], note: '成绩（样本）' },
        mediaType: 'application/json',
        kind: 'results',
        volume: 4,
        title: { zh: '成绩汇总', en: 'Results' },
      },
      {
        path: 'data/supervision/record.json.age',
        json: { remarks: [] },
        recipients: [supervision.recipient],
        mediaType: 'application/json',
        kind: 'supervision-record',
        volume: 'supervision',
        title: { zh: '督导记录', en: "Supervisor's record" },
      },
      ...journalDocuments(Buffer.concat(leaves), shown),
    ],
    stored,
    recipients: [centre.recipient],
    stationSigningKey: privateKey,
    stationName: 'STATION-1',
    checkpointNote: noteAt(entries.length),
  };
  return {
    folder,
    wish,
    centre,
    supervision,
    allowedSigners: allowedSignersLine('STATION-1', BUNDLE_NAMESPACE, privateKey),
    earlierCheckpoint: noteAt(entries.length - 3),
    entries,
  };
}

/** Seals a specimen and answers its directory. */
export async function sealedSpecimen(s: Specimen): Promise<string> {
  const sealed = await writeBundle(s.wish);
  if (!sealed.ok) throw new Error(sealed.error.code);
  return sealed.value.dir;
}

/** Lists and signs a changed bundle again, as only its own station could: what then still fails is caught by content. */
export function signAgain(dir: string, s: Specimen): void {
  const hashes = (paths: readonly string[]) =>
    new Map(paths.map((path) => [path, sha256(readFileSync(join(dir, path)))]));
  const payload = (readdirSync(join(dir, 'data'), { recursive: true }) as string[]).map((path) => `data/${path}`);
  writeFileSync(join(dir, MANIFEST_FILE), manifestText(hashes(payload.filter((p) => statSync(join(dir, p)).isFile()))));
  const tags = manifestText(hashes(TAG_FILES));
  writeFileSync(join(dir, TAG_MANIFEST_FILE), tags);
  writeFileSync(join(dir, SIGNATURE_FILE), signSsh(Buffer.from(tags), BUNDLE_NAMESPACE, s.wish.stationSigningKey));
}
