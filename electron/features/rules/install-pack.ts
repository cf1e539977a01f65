import { createHash, type KeyObject } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Clock } from '../../lib/clock.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { sshFingerprint } from '../../lib/ssh-key-text.ts';
import { sshPublicKeyLine, verifySsh } from '../../lib/sshsig.ts';
import type { PackPreview, PackRefusal } from './contract.ts';
import { rulesEvents } from './events.ts';
import { MAX_PACK_BYTES, parsePackFile } from './load-rule-pack.ts';
import type { PackShelf } from './pack-shelf.ts';
import { type Clause, RULES_NAMESPACE, type RulePackFile } from './rule-pack.ts';
import { insertPack } from './store.ts';
import { isInForce, type PackFile, wholePack } from './whole-pack.ts';

/** Public key lines from the centre's card in the plan. */
export interface CentreKeys {
  trusted: readonly string[];
  revoked: readonly string[];
}

export interface InstallDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  shelf: PackShelf;
  /** null while there is no plan, and so no centre whose word counts. */
  centreKeys: () => CentreKeys | null;
  /** Calendar day at the site. */
  today: () => string;
  changed: () => void;
}

export interface SignedPack {
  pack: Uint8Array;
  signature: Uint8Array;
}

type Refused = { code: 'RULE_PACK_REFUSED'; data: { reason: PackRefusal; detail: string } };

interface Judged {
  text: string;
  signature: string;
  candidate: PackFile;
  preview: PackPreview;
}

/** Reads a pack the centre has signed and tells what it would change; installs nothing. */
export function checkPack(deps: InstallDeps, caller: Caller, signed: SignedPack): Result<PackPreview, Refused> {
  const judged = judgePack(deps, signed);
  if (!judged.ok) return refuse(deps, caller, signed, judged.error);
  return ok(judged.value.preview);
}

/** Installs a pack the centre has signed. Sessions that were opened keep the one they were opened with. */
export function installPack(deps: InstallDeps, caller: Caller, signed: SignedPack): Result<PackPreview, Refused> {
  const judged = judgePack(deps, signed);
  if (!judged.ok) return refuse(deps, caller, signed, judged.error);
  const { text, signature, candidate, preview } = judged.value;
  const { sha256, signedBy } = candidate;
  inTransaction(deps.db, (w) => {
    const by = { atMs: deps.clock.wallMs(), byStaffId: caller.member?.staffId ?? '' };
    const { packId, version, before } = preview;
    insertPack(w, { packId, version, sha256, text, signature, signedBy: signedBy!, ...by });
    const data = { packId, version, sha256, signedBy: signedBy!, before };
    deps.journal.append(w, actorOf(caller, 'site-lead'), rulesEvents.installed, data);
  });
  deps.shelf.reload();
  deps.changed();
  return ok(preview);
}

function refuse(
  deps: InstallDeps,
  caller: Caller,
  { pack }: SignedPack,
  data: Refused['data'],
): Result<never, Refused> {
  const fileSha256 = createHash('sha256').update(pack).digest('hex');
  inTransaction(deps.db, (w) =>
    deps.journal.append(w, actorOf(caller, 'site-lead'), rulesEvents.installRefused, { ...data, fileSha256 }),
  );
  return err({ code: 'RULE_PACK_REFUSED', data });
}

/** The signature first: of a file nobody vouches for, nothing inside is believed or shown. */
function judgePack(deps: InstallDeps, signed: SignedPack): Result<Judged, Refused['data']> {
  const no = (reason: PackRefusal, detail = '') => err({ reason, detail });
  if (signed.pack.length > MAX_PACK_BYTES || signed.signature.length > 4096) return no('too-large');
  const centre = deps.centreKeys();
  if (!centre) return no('no-centre');
  const signature = Buffer.from(signed.signature).toString('utf8');
  const checked = verifySsh(signature, signed.pack, RULES_NAMESPACE);
  if (!checked.ok) return no(checked.error.code === 'BAD_ARMOR' ? 'not-signed' : 'bad-signature');
  const { publicKey } = checked.value;
  const signedBy = sshFingerprint(publicKey);
  if (isAmong(publicKey, centre.revoked)) return no('withdrawn-key', signedBy);
  if (!isAmong(publicKey, centre.trusted)) return no('unknown-key', signedBy);

  const text = textOf(signed.pack);
  const parsed = text === null ? err(['(UTF-8)']) : parsePackFile(text);
  if (!parsed.ok) return no('malformed', parsed.error.slice(0, 5).join(', '));
  const file = parsed.value;
  const today = deps.today();
  if (!isInForce(file, today)) {
    const early = file.effectiveFrom !== undefined && today < file.effectiveFrom;
    return early ? no('not-yet-in-force', file.effectiveFrom) : no('no-longer-in-force', file.effectiveUntil);
  }
  const sha256 = createHash('sha256').update(signed.pack).digest('hex');
  const present = deps.shelf.files().get(file.id);
  if (present?.sha256 === sha256) return no('already-installed', String(file.version));
  if (present && present.file.version > file.version) return no('older-version', String(present.file.version));
  if (present?.file.version === file.version) return no('version-taken', String(file.version));
  const beneath = present?.signedBy === null ? present : present?.beneath;
  const candidate: PackFile = { file, sha256, signedBy, ...(beneath && { beneath }) };
  const unusable = firstUnusable(deps, candidate, today);
  if (unusable !== null) return no('unusable', unusable);
  return ok({ text: text!, signature, candidate, preview: previewOf(candidate, present?.file ?? null) });
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The first pack that this one would break, itself or one that stands on it, today or on a day on which one of its clauses
 * begins or ends: what a station goes by must be whole on every day to come.
 */
function firstUnusable({ shelf }: InstallDeps, candidate: PackFile, today: string): string | null {
  const files = new Map(shelf.files()).set(candidate.file.id, candidate);
  const days = new Set([today]);
  for (const c of [...files.values()].flatMap((f) => f.file.clauses)) {
    if (c.effectiveFrom && c.effectiveFrom > today) days.add(c.effectiveFrom);
    if (c.effectiveUntil && c.effectiveUntil >= today) days.add(dayAfter(c.effectiveUntil));
  }
  for (const id of files.keys()) {
    for (const day of [...days].sort()) {
      const whole = wholePack((asked) => files.get(asked), id, day);
      if (whole.ok) continue;
      const { error } = whole;
      const what =
        error.code === 'values'
          ? error.faults
              .map((f) => f.clauseId)
              .slice(0, 5)
              .join(', ')
          : error.code;
      return `${id} ${day}: ${what}`;
    }
  }
  return null;
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

function previewOf({ file, signedBy }: PackFile, before: RulePackFile | null): PackPreview {
  const old = new Map((before?.clauses ?? []).map((c) => [c.id, c]));
  const now = new Map(file.clauses.map((c) => [c.id, c]));
  const ends = (c: Clause | undefined) => (c ? { severity: c.severity, value: c.value ?? null } : null);
  const clauses = [...new Set([...old.keys(), ...now.keys()])].flatMap((id): PackPreview['clauses'] => {
    const [was, is] = [old.get(id), now.get(id)];
    if (was && is && canonicalJson(was) === canonicalJson(is)) return [];
    const kind = was ? (is ? 'changed' : 'removed') : 'added';
    return [{ id, kind, text: (is ?? was)!.text, before: ends(was), after: ends(is) }];
  });
  const { id, version, title } = file;
  return { packId: id, version, before: before?.version ?? null, title, signedBy: signedBy!, clauses };
}

/** Key lines are compared without their comments. */
export const isAmong = (key: KeyObject, lines: readonly string[]): boolean =>
  lines.some((line) => line.split(' ').slice(0, 2).join(' ') === sshPublicKeyLine(key));
