import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { systemDisks } from '../devices/disk/system-disks.ts';
import type { ArchiveDeps } from '../features/archive/deps.ts';
import { allBundles, declarationsIn } from '../features/archive/store.ts';
import type { AssignmentDeps } from '../features/assignment/deps.ts';
import { evaluateAtSealing } from '../features/assignment/record-evaluation.ts';
import { panelFaults } from '../features/assignment/standing.ts';
import { type CertificatesDeps, certificatesDocument } from '../features/certificates/service.ts';
import { maySettle } from '../features/checkin/procedures.ts';
import { admissionsIn } from '../features/checkin/store.ts';
import type { CoverageDeps } from '../features/coverage/deps.ts';
import { coverageStatement } from '../features/coverage/statement.ts';
import { lastCosigned } from '../features/delivery/cosigned-store.ts';
import type { DeliveryDeps } from '../features/delivery/deps.ts';
import { readReceipt } from '../features/delivery/receipt.ts';
import { receiptFor } from '../features/delivery/store.ts';
import { recordServed } from '../features/examiners/record-served.ts';
import type { FormsDeps } from '../features/forms/deps.ts';
import { headOf } from '../features/forms/gather-head.ts';
import { sealedForms } from '../features/forms/sealed-forms.ts';
import { standingKeys, standingRotations } from '../features/keys/service.ts';
import type { PaperDeps } from '../features/paper/deps.ts';
import { type PlanDeps, photoEvidence } from '../features/plan/service.ts';
import type { PurgeDeps } from '../features/purge/service.ts';
import type { RecordingDeps } from '../features/recording/deps.ts';
import { settleRecordings } from '../features/recording/seal-segment.ts';
import { rulesRecord } from '../features/rules/bundle-record.ts';
import { resultPorts, type ScoringDeps } from '../features/scoring/open-sheet.ts';
import { partsDocument } from '../features/scoring/parts-document.ts';
import { roomResults } from '../features/scoring/results.ts';
import { readScoreBoard } from '../features/scoring/score-board.ts';
import { stepsOf } from '../features/session/store.ts';
import { keptReplacement } from '../features/site/key-store.ts';
import { saveSetting, setting } from '../features/site/settings.ts';
import type { SupervisorRecordDeps } from '../features/supervisor-record/service.ts';
import { parseAndVerifyCheckpoint } from '../journal/checkpoint.ts';
import { decrypt, encrypt } from '../vault/age/age.ts';
import type { Evidence } from '../vault/vault.ts';
import { centreKeys } from './centre-keys.ts';
import type { ExamDay } from './exam-day.ts';
import type { Foundation } from './foundation.ts';
import type { CamerasOf } from './room-deps.ts';
import { supervisorsThere } from './supervisors-there.ts';

/** Whose records a bundle is made of. */
export interface OnRecord {
  assignment: AssignmentDeps;
  scoring: ScoringDeps;
  recording: RecordingDeps;
  cameras: CamerasOf;
  coverage: CoverageDeps;
  paper: PaperDeps;
  certificates: CertificatesDeps;
  /** Asked later: forms are printed from what the archive knows. */
  forms: () => FormsDeps;
}

const isOurs = (note: string, ring: Foundation['ring'], key: KeyObject): boolean =>
  parseAndVerifyCheckpoint(note, ring.site()?.stationId ?? '', key).ok;

export function archiveDeps(f: Foundation, day: ExamDay, onRecord: OnRecord): ArchiveDeps {
  const { db, journal, clock, vault, ring, shelf, checkPin, changed } = f;
  const { base, book, rules, pack, state, staff } = day;
  const { assignment, scoring, recording, cameras, coverage, paper, certificates, forms } = onRecord;
  return {
    ...base,
    vault,
    ring,
    shelf,
    rules,
    pack,
    rulesRecord: (sessionId) => rulesRecord(db, sessionId, pack(sessionId)),
    checkPin,
    results: (sessionId, roomId) => roomResults(resultPorts(scoring)!, sessionId, roomId),
    parts: (sessionId) => partsDocument(resultPorts(scoring)!, sessionId, (id) => state(id) === 'sealed'),
    sessionState: state,
    cameras,
    settleVideo: (sessionId) => settleRecordings(recording, sessionId),
    staff,
    supervisors: (sessionId) => {
      const { startsAtMs, endsAtMs } = book()!.session(sessionId)!;
      const at = new Map(stepsOf(db, sessionId).map((s) => [s.step, s.atMs]));
      const openedAtMs = at.get('open') ?? startsAtMs;
      return supervisorsThere({ db, journal }, { openedAtMs, endedAtMs: at.get('closed') ?? endsAtMs });
    },
    coverage: (sessionId) => coverageStatement(coverage, sessionId),
    onSealed: (w, sessionId) => recordServed(w, book()!, sessionId, clock.wallMs()),
    paper,
    certificates: (sessionId) => certificatesDocument(certificates, book()!, sessionId),
    panelAgainst: (sessionId, roomId) => [...new Set(panelFaults(assignment, sessionId, roomId).map((f) => f.ruleId))],
    evaluatePanels: (sessionId) => evaluateAtSealing(assignment, sessionId),
    forms: (sessionId) => sealedForms(forms(), book()!, sessionId),
    cosigned: (size) => {
      const note = lastCosigned(db, size)?.note;
      // Signed by a key that is lost it would only be doubted: nothing in the bundle could say whose it was.
      const ours = note !== undefined && standingKeys({ db, ring }).some((key) => isOurs(note, ring, key));
      return ours ? note : null;
    },
    rotations: () => standingRotations({ db }),
    follows: () => keptReplacement(db)?.previousTagManifestSha256 ?? null,
    formHead: (sessionId) => headOf(forms(), book()!, sessionId),
    fontsDir: join(f.options.resourcesDir, 'fonts'),
    bundlesFolder: join(f.options.dataDir, 'bundles'),
    disks: systemDisks,
    rehearsal: f.options.rehearsal ?? false,
    changed: changed('archive'),
  };
}

export function paperDeps(f: Foundation, { base, book, rules, state, staff }: ExamDay): PaperDeps {
  const { db, vault, checkPin, changed } = f;
  return {
    ...base,
    vault,
    book,
    rules,
    sessionState: state,
    admitted: (sessionId, roomId) => admissionsIn(db, sessionId).filter((a) => a.roomId === roomId).length,
    staff,
    checkPin,
    changed: changed('archive'),
  };
}

export function certificatesDeps(
  f: Foundation,
  { base, book, state }: ExamDay,
  scoring: ScoringDeps,
): CertificatesDeps {
  return {
    ...base,
    book,
    sessionState: state,
    qualified: (sessionId) => {
      const board = readScoreBoard(scoring, sessionId);
      const rows = board.ok ? board.value.rows : [];
      return rows.filter((r) => r.result === 'passed' && r.qualified).map((r) => r.candidateId);
    },
    changed: f.changed('archive'),
  };
}

export function supervisorRecordDeps(f: Foundation, { base, book, state }: ExamDay): SupervisorRecordDeps {
  const { vault, checkPin, changed } = f;
  return { ...base, vault, book, sessionState: state, checkPin, changed: changed('archive') };
}

export function deliveryDeps(f: Foundation, { base, book }: ExamDay, archive: ArchiveDeps): DeliveryDeps {
  const { db, ring } = f;
  return {
    ...base,
    setting: { read: () => setting(db, 'delivery'), save: (w, value) => saveSetting(w, 'delivery', value) },
    storeKey: {
      read: () => {
        const kept = setting(db, 'object-store-key');
        const identity = ring.keys()?.identity;
        const opened =
          kept !== null && identity !== undefined ? decrypt(Buffer.from(kept, 'base64'), [identity]) : null;
        return opened?.ok ? Buffer.from(opened.value).toString('utf8') : null;
      },
      save: (w, secret) => {
        const sealed = encrypt(Buffer.from(secret, 'utf8'), [ring.site()!.recipient]);
        saveSetting(w, 'object-store-key', Buffer.from(sealed).toString('base64'));
      },
    },
    bundles: () => allBundles(db, archive.bundlesFolder),
    declaredOf: (sessionId) => declarationsIn(db, sessionId).size,
    signer: () => {
      const keys = ring.keys();
      const stationId = ring.site()?.stationId;
      return keys && stationId !== undefined ? { stationId, key: keys.signing } : null;
    },
    stationId: () => ring.site()?.stationId ?? null,
    centre: () => {
      const [keys, revoked] = centreKeys(book());
      return { keys, revoked };
    },
    siteName: () => ring.site()?.siteName ?? '',
    sessionLabel: (sessionId) => book()?.session(sessionId)?.label ?? sessionId,
    rehearsal: f.options.rehearsal ?? false,
    fontsDir: join(f.options.resourcesDir, 'fonts'),
    changed: f.changed('delivery'),
  };
}

/** Nothing is purged but what was delivered: the delivery's bundles and receipts say what that is. */
export function purgeDeps(
  f: Foundation,
  { base, book, rules, staffName }: ExamDay,
  { plan, delivery }: { plan: PlanDeps; delivery: DeliveryDeps },
): PurgeDeps {
  const { db, vault } = f;
  return {
    ...base,
    vault,
    sealedSessions: () =>
      [...new Set(delivery.bundles().map((b) => b.sessionId))].map((sessionId) => ({
        sessionId,
        label: delivery.sessionLabel(sessionId),
      })),
    sessionEndMs: (sessionId) =>
      stepsOf(db, sessionId).find((s) => s.step === 'closed')?.atMs ?? book()?.session(sessionId)?.endsAtMs ?? null,
    bundleOf: (sessionId) => delivery.bundles().findLast((b) => b.sessionId === sessionId) ?? null,
    receiptOf: (bundleId) => {
      const kept = receiptFor(db, bundleId);
      const read = kept && readReceipt(kept);
      return kept && read?.ok ? { ...kept, receiptNumber: read.value.receipt.receiptNumber } : null;
    },
    daysOf: (clauseId) => rules()[clauseId],
    planPhotosOf: (sessionId) => {
      const people = book()?.plan.candidates ?? [];
      const seen = new Map<string, { photo: Evidence; alsoOf: string[] }>();
      for (const c of people.filter((p) => p.sessionId === sessionId)) {
        const id = photoEvidence(plan, c.candidateId);
        const photo = id && vault.find(db, id);
        const others = people.filter((p) => p.photo.sha256 === c.photo.sha256 && p.sessionId !== sessionId);
        if (photo) seen.set(photo.evidenceId, { photo, alsoOf: others.map((p) => p.sessionId) });
      }
      return [...seen.values()];
    },
    signer: delivery.signer,
    checkPin: f.checkPin,
    mayBeSecond: (staffId, firstStaffId) => staffId !== firstStaffId && maySettle(db)(staffId),
    staffName,
    changed: f.changed('delivery'),
  };
}
