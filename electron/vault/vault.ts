import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Db, Migration, ReadDb, WriteDb } from '../db/database.ts';
import { neverEdited } from '../db/database.ts';
import type { EvidenceId } from '../lib/ids.ts';
import { newId } from '../lib/new-id.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { decrypt, encrypt } from './age/age.ts';
import { makeFolder, syncDirectory, writeDurably } from './durable-file.ts';
import { createSpool, readSpool, type Spool, type SpoolContent } from './spool.ts';

export const vaultMigration: Migration = {
  id: 20,
  name: 'vault',
  sql: `
    CREATE TABLE evidence (
      evidence_id TEXT PRIMARY KEY,
      file TEXT NOT NULL UNIQUE,
      session_id TEXT,
      kind TEXT NOT NULL,
      subject TEXT,
      media_type TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      size_bytes INTEGER NOT NULL,
      stored_sha256 TEXT NOT NULL,
      stored_bytes INTEGER NOT NULL,
      begin_ms INTEGER,
      end_ms INTEGER
    ) STRICT;
    CREATE INDEX evidence_by_session ON evidence (session_id, kind);
    ${neverEdited('evidence')}
  `,
};

/** What the vault knows of one encrypted file. `sha256` is of the plain bytes, `storedSha256` of the file as it lies. */
export interface Evidence {
  readonly evidenceId: EvidenceId;
  /** Relative to the vault's folder, with forward slashes. */
  readonly file: string;
  readonly sessionId: string | null;
  readonly kind: EvidenceKind;
  /** Whom or what it shows: a candidate, a camera, an examiner. */
  readonly subject: string | null;
  readonly mediaType: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly storedSha256: string;
  readonly storedBytes: number;
  readonly beginMs: number | null;
  readonly endMs: number | null;
}

export type EvidenceKind =
  | 'plan-file'
  | 'plan-photo'
  | 'live-face'
  | 'card-text'
  | 'card-photo'
  | 'card-picture'
  | 'document-picture'
  /** What a candidate wrote under pledge and consent, and when signing out. */
  | 'consent-signature'
  | 'leave-signature'
  | 'recheck-face'
  /** The approval by which a sole provider trains and assesses. */
  | 'approval-document'
  /** What went to the centre on its request. */
  | 'live-still'
  | 'video'
  | 'signature'
  /** A printed form of a session, made before it is sealed. */
  | 'form'
  /** What proves a decision about marks, and the file theory marks came in. */
  | 'decision-evidence'
  | 'theory-file'
  /** A sheet of paper as it was scanned, and what a supervisor wrote for the supervision's key alone. */
  | 'paper-scan'
  | 'supervisor-record'
  /** Cut of the video, or taken of it, during a look-up. */
  | 'evidence-clip'
  | 'evidence-still';

export type EvidenceLabel = Pick<Evidence, 'sessionId' | 'kind' | 'subject' | 'mediaType' | 'beginMs' | 'endMs'>;

export type VaultError = { code: 'disk-full' } | { code: 'keys-locked' } | { code: 'damaged'; file: string };

/** Encrypted bytes that are safely on disk but not yet on record. */
export type Sealed = Omit<Evidence, 'evidenceId'> & { evidenceId: EvidenceId };

export interface Vault {
  readonly folder: string;
  /**
   * Encrypts to the centre and to the station, writes and syncs. The bytes count only once `keep` has put them on
   * record in the same commit as the fact they prove; a crash in between leaves a file that nothing names.
   *
   * @param centre  the centre's recipient where it is not yet the one in force: what comes with a plan is for the centre
   *   of that plan
   */
  write(plain: Uint8Array, label: EvidenceLabel, centre?: readonly string[]): Promise<Result<Sealed, VaultError>>;
  /** As `write`, for these recipients and nobody else: the station itself cannot read it again. */
  writeFor(recipients: readonly string[], plain: Uint8Array, label: EvidenceLabel): Promise<Result<Sealed, VaultError>>;
  keep(w: WriteDb, sealed: Sealed): void;
  find(db: ReadDb, evidenceId: EvidenceId): Evidence | null;
  ofSession(db: ReadDb, sessionId: string): Evidence[];
  /** Plain bytes, checked against the recorded hash. Needs the station's own key. */
  read(evidence: Evidence): Promise<Result<Uint8Array, VaultError>>;
  /** Opens a spool for what will become evidence of the session once it is whole. */
  openSpool(sessionId: string): Promise<Result<NamedSpool, { code: 'disk-full' }>>;
  /** Names of the spools that lie in the vault, those of this process among them. */
  spools(): Promise<string[]>;
  /** What lies in a spool of an earlier process. Needs the station's own key. */
  readSpool(name: string): Promise<Result<SpoolContent, { code: 'keys-locked' }>>;
  /** Takes a spool away whose records are all on record elsewhere. */
  dropSpool(name: string): Promise<void>;
}

export interface NamedSpool {
  readonly name: string;
  readonly spool: Spool;
}

interface Deps {
  db: Db;
  folder: string;
  /** Whom everything is encrypted to; `centre` stands in for the centre in force. */
  recipients: (centre?: readonly string[]) => string[];
  identity: () => string | null;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export async function openVault(deps: Deps): Promise<Vault> {
  await makeFolder(deps.folder);
  await dropPartials(deps.folder);
  const madeFolders = new Set<string>();

  const folderFor = async (sessionId: string | null): Promise<string> => {
    const name = sessionId ?? 'station';
    if (!madeFolders.has(name)) {
      await mkdir(join(deps.folder, name), { recursive: true, mode: 0o700 });
      await syncDirectory(deps.folder);
      madeFolders.add(name);
    }
    return name;
  };

  const writeFor: Vault['writeFor'] = async (recipients, plain, label) => {
    const stored = encrypt(plain, recipients);
    const evidenceId = newId('E') as EvidenceId;
    try {
      const file = `${await folderFor(label.sessionId)}/${evidenceId}.age`;
      await writeDurably(join(deps.folder, file), stored);
      return ok({
        ...label,
        evidenceId,
        file,
        sha256: sha256(plain),
        sizeBytes: plain.length,
        storedSha256: sha256(stored),
        storedBytes: stored.length,
      });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return err({ code: 'disk-full' });
      throw new Error('the vault could not write a file', { cause });
    }
  };

  return {
    folder: deps.folder,
    write: (plain, label, centre) => writeFor(deps.recipients(centre), plain, label),
    writeFor,
    keep(w, s) {
      w.prepare(
        `INSERT INTO evidence (evidence_id, file, session_id, kind, subject, media_type, sha256, size_bytes,
           stored_sha256, stored_bytes, begin_ms, end_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ).run(
        s.evidenceId,
        s.file,
        s.sessionId,
        s.kind,
        s.subject,
        s.mediaType,
        s.sha256,
        s.sizeBytes,
        s.storedSha256,
        s.storedBytes,
        s.beginMs,
        s.endMs,
      );
    },
    find(db, evidenceId) {
      const row = db.prepare(`${SELECT} WHERE evidence_id = ?`).get(evidenceId);
      return (row as Evidence | undefined) ?? null;
    },
    ofSession(db, sessionId) {
      return db.prepare(`${SELECT} WHERE session_id = ? ORDER BY file`).all(sessionId) as Evidence[];
    },
    async read(evidence) {
      const identity = deps.identity();
      if (identity === null) return err({ code: 'keys-locked' });
      const stored = await readFile(join(deps.folder, evidence.file)).catch(() => null);
      const plain = stored && decrypt(stored, [identity]);
      if (!plain?.ok || sha256(plain.value) !== evidence.sha256) return err({ code: 'damaged', file: evidence.file });
      return ok(plain.value);
    },
    async openSpool(sessionId) {
      try {
        const name = `${await folderFor(sessionId)}/${newId('O')}${SPOOL}`;
        return ok({ name, spool: await createSpool(join(deps.folder, name), () => deps.recipients()) });
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'ENOSPC') return err({ code: 'disk-full' });
        throw new Error('the vault could not open a spool', { cause });
      }
    },
    async spools() {
      const entries = await readdir(deps.folder, { recursive: true });
      return entries.filter((e) => e.endsWith(SPOOL)).map((e) => e.replaceAll('\\', '/'));
    },
    async readSpool(name) {
      const identity = deps.identity();
      if (identity === null) return err({ code: 'keys-locked' });
      return ok(await readSpool(join(deps.folder, name), identity));
    },
    async dropSpool(name) {
      await rm(join(deps.folder, name), { force: true });
    },
  };
}

const SPOOL = '.spool';

const SELECT = `SELECT evidence_id AS evidenceId, file, session_id AS sessionId, kind, subject, media_type AS mediaType,
  sha256, size_bytes AS sizeBytes, stored_sha256 AS storedSha256, stored_bytes AS storedBytes,
  begin_ms AS beginMs, end_ms AS endMs FROM evidence`;

/** Files cut off in the middle of a write were never acknowledged. */
async function dropPartials(folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true })) {
    if (entry.endsWith('.partial')) await rm(join(folder, entry), { force: true });
  }
}
