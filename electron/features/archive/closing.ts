import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.ts';
import type { Counts } from '../checkin/contract.ts';
import { countsOf } from '../checkin/counts.ts';
import { admissionsIn, attemptsIn } from '../checkin/store.ts';
import { inspectionsIn } from '../inspections/store.ts';
import { openInspections } from '../inspections/view.ts';
import { isSettled } from '../paper/counting.ts';
import { scansIn } from '../paper/store.ts';
import { countOf, paperLines } from '../paper/view.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import { undoneRechecks } from '../presence/rechecks.ts';
import type { CameraView } from '../recording/contract.ts';
import { markingProgress } from '../scoring/results.ts';
import { absentIn, stepsOf } from '../session/store.ts';
import { supervisorRecordsIn } from '../supervisor-record/store.ts';
import type { Closing, MissingItem } from './contract.ts';
import { standingSignature } from './declaration-signature.ts';
import type { ArchiveDeps } from './deps.ts';
import { deliverBy, missingItems, type VolumeFacts } from './missing.ts';
import { allBundles, declarationsIn, latestSignOff, type SignOff } from './store.ts';
import { type Stretch, uncoveredStretches } from './uncovered.ts';
import { type VolumeItems, volumeItems } from './volumes.ts';

function volumeFacts(deps: ArchiveDeps, book: PlanBook, sessionId: string): VolumeFacts {
  const rules = deps.rules(sessionId);
  const needsMarks = book.session(sessionId)?.rubricId !== null;
  const counts = peopleOf(deps, book, sessionId);
  const exam = examPeriod(deps, book, sessionId);
  const unrecorded = (camera: CameraView) => uncoveredStretches(exam, camera.stored, camera.gaps);
  const inspections = openInspections(inspectionsIn(deps.db, sessionId));
  const openRechecks = undoneRechecks(deps.db, sessionId);
  return {
    rooms: book.roomsOf(sessionId).map((room) => {
      const progress = markingProgress(deps.db, book, sessionId, room.roomId);
      const { results } = deps.results(sessionId, room.roomId);
      const spreadOpen = results.filter((r) => r.obstacles.some((o) => o.code === 'spread-over-limit'));
      const confirmed = new Set(
        results.flatMap((r) => (r.result === 'passed' || r.result === 'failed' ? [r.candidateId] : [])),
      );
      const admitted = admissionsIn(deps.db, sessionId).filter((a) => a.roomId === room.roomId);
      return {
        roomId: room.roomId,
        name: room.name,
        ...progress,
        needsMarks,
        unconfirmed: admitted.filter((a) => !confirmed.has(a.candidateId)).length,
        rechecksOpen: openRechecks
          .filter((r) => r.roomId === room.roomId)
          .map((r) => book.seat(book.candidate(r.candidateId)!)),
        inspectionsOpen: {
          undone: inspections.filter((i) => i.roomId === room.roomId && !i.recorded).length,
          unsigned: inspections.filter((i) => i.roomId === room.roomId && i.recorded).length,
        },
        panelAgainst: deps.panelAgainst(sessionId, room.roomId),
        spreadOpen: progress.locked === progress.panel ? spreadOpen.map((r) => r.anonymousNumber) : [],
        cameras: deps.cameras(sessionId, room.roomId).map((camera) => ({
          ...camera,
          gaps: [...camera.gaps, ...(camera.segments > 0 ? unrecorded(camera) : [])],
        })),
      };
    }),
    setAside: counts.setAside,
    supervisors: deps.supervisors(sessionId),
    supervisorRecords: {
      key: book.plan.centre.supervisionRecipient !== undefined,
      written: supervisorRecordsIn(deps.db, sessionId).length,
    },
    paper: paperFacts(deps, book, sessionId),
    gapLimitMs: rules['recording.gap-limit-seconds'] * 1000,
  };
}

function paperFacts(deps: ArchiveDeps, book: PlanBook, sessionId: string): VolumeFacts['paper'] {
  const state = countOf(deps.paper, book, sessionId);
  return {
    settled: isSettled(state),
    rooms: paperLines(deps.paper, book, sessionId, state).flatMap(({ room, expected, pieces }) =>
      room && expected !== null ? [{ ...room, expected, pieces }] : [],
    ),
  };
}

/** From the start to the planned end, or to the moment the session was closed before it. */
function examPeriod(deps: ArchiveDeps, book: PlanBook, sessionId: string): Stretch {
  const { startsAtMs, endsAtMs } = book.session(sessionId)!;
  const closedMs = stepsOf(deps.db, sessionId).find((s) => s.step === 'closed')?.atMs ?? deps.clock.wallMs();
  return { beginMs: startsAtMs, endMs: Math.max(startsAtMs, Math.min(endsAtMs, closedMs)) };
}

/**
 * Everyone expected, counted once. Closing the session puts whoever never went in on the list of absences; here, who came
 * and was set aside and never settled is not among them: that has to be explained.
 */
function peopleOf(deps: ArchiveDeps, book: PlanBook, sessionId: string): Counts {
  const expected = book.candidatesOf(sessionId).map((c) => c.candidateId);
  const admissions = admissionsIn(deps.db, sessionId);
  const attempts = attemptsIn(deps.db, sessionId);
  const counts = countsOf(expected, admissions, attempts, new Set(), new Set());
  const closed = absentIn(deps.db, sessionId).size > 0;
  return closed ? { ...counts, absent: counts.notYet, notYet: 0 } : counts;
}

export function missingOf(deps: ArchiveDeps, book: PlanBook, sessionId: string): MissingItem[] {
  const declared = declarationsIn(deps.db, sessionId);
  return missingItems(volumeFacts(deps, book, sessionId)).map((item) => {
    const d = declared.get(item.itemId);
    return { ...item, declared: d ? { reason: d.reason, byName: d.byName, atMs: d.atMs } : null };
  });
}

/** Names exactly what a signature stands for: every item of the volumes and every declaration. */
export function digestOf({ documents, evidence }: VolumeItems, missing: readonly MissingItem[]): string {
  const state = {
    documents: documents.map((d) => ({ path: d.path, json: d.json })),
    // The lead's own signature comes after what it signs for.
    evidence: evidence.filter((e) => e.item.kind !== 'lead-signature').map((e) => [e.item.path, e.evidence.sha256]),
    missing: missing.map((m) => [m.itemId, m.declared?.reason ?? null]),
  };
  return createHash('sha256').update(canonicalJson(state)).digest('hex');
}

/** As `stateDigest`, without the self-test: what a self-test is a test of. */
export function contentDigest(deps: ArchiveDeps, book: PlanBook, sessionId: string): string {
  const { documents, evidence } = volumeItems(deps, book, sessionId);
  const tested = documents.filter((d) => d.kind !== 'self-test');
  return digestOf({ documents: tested, evidence }, missingOf(deps, book, sessionId));
}

/** The digest of the state as it is on record now. */
export const stateDigest = (deps: ArchiveDeps, book: PlanBook, sessionId: string): string =>
  digestOf(volumeItems(deps, book, sessionId), missingOf(deps, book, sessionId));

/** The lead's signature under the closing, while it stands for the state on record, and for good once that is sealed. */
export function standingSignOff(deps: ArchiveDeps, book: PlanBook, sessionId: string): SignOff | null {
  const signOff = latestSignOff(deps.db, sessionId);
  if (!signOff) return null;
  const sealed = deps.sessionState(sessionId) === 'sealed';
  return sealed || signOff.stateSha256 === stateDigest(deps, book, sessionId) ? signOff : null;
}

const IN_VOLUME_FOUR = new Set<MissingItem['code']>([
  'marks-not-locked',
  'marks-not-signed',
  'spread-open',
  'not-confirmed',
  'paper-not-counted',
  'paper-differs',
]);

/** The volume in which something is missing: papers and results, or the process. */
export const volumeOfMissing = (code: MissingItem['code']): 3 | 4 => (IN_VOLUME_FOUR.has(code) ? 4 : 3);

/** Where the closing of a session stands. */
export function closingView(deps: ArchiveDeps, book: PlanBook, sessionId: string): Closing {
  const session = book.session(sessionId)!;
  const people = peopleOf(deps, book, sessionId);
  const rooms = book.roomsOf(sessionId);
  const progress = rooms.map((r) => markingProgress(deps.db, book, sessionId, r.roomId));
  const cameras = rooms.flatMap((r) => deps.cameras(sessionId, r.roomId));
  const missing = missingOf(deps, book, sessionId);
  const items = volumeItems(deps, book, sessionId);
  const { documents, evidence } = items;
  const signOff = latestSignOff(deps.db, sessionId);
  const signed = standingSignature(deps.db, sessionId);
  const bundle = allBundles(deps.db, deps.bundlesFolder).findLast((b) => b.sessionId === sessionId) ?? null;
  const stands = signOff && (bundle !== null || signOff.stateSha256 === digestOf(items, missing));
  return {
    sessionId: session.sessionId,
    label: session.label,
    state: deps.sessionState(sessionId)!,
    people: { expected: people.expected, admitted: people.admitted, absent: people.absent, setAside: people.setAside },
    marks: {
      rooms: rooms.length,
      locked: progress.filter((p) => p.panel > 0 && p.locked === p.panel).length,
      signed: progress.filter((p) => p.panel > 0 && p.signed === p.panel).length,
    },
    video: {
      cameras: cameras.length,
      segments: cameras.reduce((n, c) => n + c.segments, 0),
      bytes: cameras.reduce((n, c) => n + c.bytes, 0),
      gaps: cameras.reduce((n, c) => n + c.gaps.length, 0),
    },
    volumes: [1, 2, 3, 4, 5].map((volume) => ({
      volume,
      items:
        documents.filter((d) => d.volume === volume).length + evidence.filter((e) => e.item.volume === volume).length,
      missing: missing.filter((m) => volumeOfMissing(m.code) === volume).length,
    })),
    missing,
    declarationsSignedBy: signed && { name: signed.byName, atMs: signed.atMs },
    paper: { settled: isSettled(countOf(deps.paper, book, sessionId)), scans: scansIn(deps.db, sessionId).length },
    supervisor: {
      key: book.plan.centre.supervisionRecipient !== undefined,
      records: supervisorRecordsIn(deps.db, sessionId).length,
    },
    keysOpen: deps.ring.keys() !== null,
    deliverByMs: deliverBy(session.endsAtMs, deps.rules(session.sessionId)['archive.deliver-within-working-days']),
    signedOffBy: stands ? { name: signOff.byName, atMs: signOff.atMs } : null,
    bundle,
  };
}
