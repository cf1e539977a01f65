import { createHash } from 'node:crypto';
import { actorOf, type Caller } from '../../contract/caller.ts';
import { type Db, inTransaction, type WriteDb } from '../../db/database.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Clock } from '../../lib/clock.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { DossierCheck, DossierEdit } from './contract.ts';
import { changedFields } from './dossier-changes.ts';
import { DossierRecord, NEW_DOSSIER } from './dossier-record.ts';
import { examinersEvents } from './events.ts';
import { mergeDossier, servedRows } from './import/merge.ts';
import { readDossiers } from './import/read-dossiers.ts';
import type { OnFile } from './import/violations.ts';
import {
  allServed,
  currentDossier,
  currentDossiers,
  dossierIdsOf,
  insertDossier,
  insertServed,
  type ServedRow,
} from './store.ts';
import { changeOf, type ViewDeps } from './view.ts';

/** A file that was judged good and waits for somebody's word; held in memory only. */
interface CheckedFile {
  fileSha256: string;
  dossiers: { dossierId: string; replaces: number | null; record: DossierRecord; fields: string[] }[];
  unchanged: number;
  served: ServedRow[];
}

export interface ExaminersDeps extends ViewDeps {
  db: Db;
  journal: Journal;
  clock: Clock;
  checks: Map<string, CheckedFile>;
  changed: () => void;
}

const CHECKS_KEPT = 3;

const onFile = (db: Db): OnFile => ({ current: currentDossiers(db), idsOf: (person) => dossierIdsOf(db, person) });

/** Reads and judges a workbook, and tells what it would change. Saves nothing. */
export async function checkDossiers(deps: ExaminersDeps, caller: Caller, bytes: Uint8Array): Promise<DossierCheck> {
  const files = onFile(deps.db);
  const read = await readDossiers(bytes, files, deps.clock.wallMs());
  if (!read.ok) {
    const codes = [...new Set(read.error.map((p) => p.code))];
    const actor = actorOf(caller, 'site-lead');
    inTransaction(deps.db, (w) =>
      deps.journal.append(w, actor, examinersEvents.checkFailed, { problems: read.error.length, codes }),
    );
    return { kind: 'problems', problems: read.error };
  }
  const { rows, warnings } = read.value;
  const current = new Map(files.current.map((v) => [v.dossierId, v]));
  const merged = rows.persons.map((person) => {
    const { name, cardNumber, formerCard } = person;
    const before = current.get(files.idsOf({ name, cardNumber: formerCard ?? cardNumber })[0] ?? '') ?? null;
    const record = mergeDossier(person, rows, before?.record ?? null);
    return { before, record, fields: changedFields(before?.record ?? null, record) };
  });
  const changing = merged.filter((m) => m.fields.length > 0);
  const known = new Set(allServed(deps.db).map(spellServed));
  const served = servedRows(rows).filter((row) => !known.has(spellServed(row)));
  const checkId = newId('CHECK');
  deps.checks.set(checkId, {
    fileSha256: createHash('sha256').update(bytes).digest('hex'),
    dossiers: changing.map(({ before, record, fields }) => ({
      dossierId: before?.dossierId ?? newId('DS'),
      replaces: before?.versionId ?? null,
      record,
      fields,
    })),
    unchanged: merged.length - changing.length,
    served,
  });
  for (const old of [...deps.checks.keys()].slice(0, -CHECKS_KEPT)) deps.checks.delete(old);
  return {
    kind: 'ready',
    checkId,
    changes: changing.map(({ before, record }) => ({
      kind: before ? 'changed' : 'added',
      name: record.name,
      cardNumber: record.cardNumber,
      ...changeOf(before?.record ?? null, record),
    })),
    unchanged: merged.length - changing.length,
    served: served.length,
    warnings,
  };
}

const spellServed = (s: ServedRow): string => JSON.stringify([s.cardNumber, s.name, s.sessionId, s.siteId, s.roomId]);

type KeepError = { code: 'CHECK_EXPIRED' } | { code: 'CHANGED_MEANWHILE' };

/** Saves a judged file, all of it or nothing. */
export function keepDossiers(
  deps: ExaminersDeps,
  caller: Caller,
  { checkId, reason }: { checkId: string; reason: string },
): Result<{ added: number; changed: number; served: number }, KeepError> {
  const actor = actorOf(caller, 'site-lead');
  const done = inTransaction(deps.db, (w) => {
    const refused = (code: KeepError['code']) => {
      deps.journal.append(w, actor, examinersEvents.keepRefused, { code });
      return err({ code });
    };
    const checked = deps.checks.get(checkId);
    if (!checked) return refused('CHECK_EXPIRED');
    if (checked.dossiers.some((d) => isOvertaken(w, d))) return refused('CHANGED_MEANWHILE');
    const atMs = deps.clock.wallMs();
    const by = { atMs, byStaffId: caller.member?.staffId ?? '', source: 'import', reason } as const;
    const kept = checked.dossiers.map(({ fields, ...d }) => ({
      ...d,
      fields,
      versionId: insertDossier(w, { ...d, ...by }),
    }));
    const served = checked.served.filter((row) => insertServed(w, row, atMs)).length;
    const dossiers = kept.map(({ dossierId, versionId, replaces, fields }) => ({
      dossierId,
      versionId,
      replaces,
      fields,
    }));
    const { fileSha256, unchanged } = checked;
    deps.journal.append(w, actor, examinersEvents.imported, { fileSha256, dossiers, unchanged, served });
    const added = kept.filter((k) => k.replaces === null).length;
    return ok({ added, changed: kept.length - added, served });
  });
  if (done.ok) {
    // Whatever else was checked was checked against the files of before.
    deps.checks.clear();
    deps.changed();
  }
  return done;
}

/** Somebody else was quicker: the version is replaced, or a file on a new person was made. */
const isOvertaken = (w: WriteDb, d: CheckedFile['dossiers'][number]): boolean =>
  d.replaces === null ? dossierIdsOf(w, d.record).length > 0 : currentDossier(w, d.dossierId)?.versionId !== d.replaces;

export type SaveError =
  | { code: 'NO_SUCH_DOSSIER' }
  | { code: 'CHANGED_MEANWHILE' }
  | { code: 'NOTHING_CHANGED' }
  | { code: 'CARD_TAKEN' }
  | { code: 'DAYS_REVERSED' }
  | { code: 'EXCLUDED_FOR_LIFE' };

/** A new dossier, or a change to the version that somebody read. */
export function saveDossier(
  deps: ExaminersDeps,
  caller: Caller,
  wish: { base: { dossierId: string; versionId: number } | null; edit: DossierEdit; reason: string },
): Result<{ dossierId: string }, SaveError> {
  const actor = actorOf(caller, 'site-lead');
  const { base, edit, reason } = wish;
  const done = inTransaction(deps.db, (w): Result<{ dossierId: string }, SaveError> => {
    const refused = (code: SaveError['code']) => {
      deps.journal.append(w, actor, examinersEvents.changeRefused, { code, dossierId: base?.dossierId ?? null });
      return err({ code });
    };
    const before = base && currentDossier(w, base.dossierId);
    if (base && !before) return refused('NO_SUCH_DOSSIER');
    if (base && before!.versionId !== base.versionId) return refused('CHANGED_MEANWHILE');
    const record = edited(before?.record ?? null, edit);
    const fault = recordFault(w, before, record);
    if (fault) return refused(fault);
    const fields = changedFields(before?.record ?? null, record);
    if (fields.length === 0) return refused('NOTHING_CHANGED');
    const dossierId = before?.dossierId ?? newId('DS');
    const replaces = before?.versionId ?? null;
    const by = { atMs: deps.clock.wallMs(), byStaffId: caller.member?.staffId ?? '', source: 'form', reason } as const;
    const versionId = insertDossier(w, { dossierId, replaces, record, ...by });
    deps.journal.append(w, actor, examinersEvents.changed, { dossierId, versionId, replaces, fields });
    return ok({ dossierId });
  });
  if (done.ok) deps.changed();
  return done;
}

function edited(before: DossierRecord | null, { ties, ...edit }: DossierEdit): DossierRecord {
  const kept = ties?.flatMap((t) => ('keep' in t ? (before?.ties[t.keep] ?? []) : [t]));
  const changes = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  return DossierRecord.parse({ ...(before ?? NEW_DOSSIER), ...changes, ...(kept && { ties: kept }) });
}

function recordFault(
  w: WriteDb,
  before: { dossierId: string; record: DossierRecord } | null,
  record: DossierRecord,
): SaveError['code'] | null {
  if (before?.record.pool === 'excluded' && record.pool !== 'excluded') return 'EXCLUDED_FOR_LIFE';
  if (record.cardFrom !== null && record.cardUntil !== null && record.cardUntil < record.cardFrom)
    return 'DAYS_REVERSED';
  const others = currentDossiers(w).filter((v) => v.dossierId !== before?.dossierId);
  const taken = others.some(
    ({ record: r }) =>
      r.cardNumber === record.cardNumber ||
      (record.documentNumber !== null && r.documentNumber === record.documentNumber),
  );
  return taken ? 'CARD_TAKEN' : null;
}
