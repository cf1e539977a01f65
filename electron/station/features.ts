import { type KeyObject, randomInt } from 'node:crypto';
import { join } from 'node:path';
import { actorOf, type Caller, theStation } from '../contract/caller.ts';
import { inTransaction, type WriteDb } from '../db/database.ts';
import { discoverCameras } from '../devices/rtsp-camera/discovery.ts';
import type { AppraisalDeps } from '../features/appraisal/service.ts';
import type { ArchiveDeps } from '../features/archive/deps.ts';
import { allBundles, declarationsIn } from '../features/archive/store.ts';
import type { AssignmentDeps } from '../features/assignment/deps.ts';
import { drawInThread } from '../features/assignment/draw/work-in-thread.ts';
import { evaluateAtOpening, evaluateAtSealing, evaluateAtSignOn } from '../features/assignment/record-evaluation.ts';
import { officialSignsOn } from '../features/assignment/sole-provider.ts';
import { panelFaults } from '../features/assignment/standing.ts';
import { forgetPicturesOf } from '../features/checkin/card-picture.ts';
import { abandonAttempts } from '../features/checkin/close-attempt.ts';
import type { CheckinDeps, Doors } from '../features/checkin/deps.ts';
import { forgetFaces } from '../features/checkin/forget-faces.ts';
import { newKnownFaces } from '../features/checkin/known-faces.ts';
import { mayBeSecond, maySettle } from '../features/checkin/procedures.ts';
import { findAdmission } from '../features/checkin/store.ts';
import { consentText } from '../features/consent/consent-text.ts';
import type { ConsentDeps } from '../features/consent/service.ts';
import { latestConsent } from '../features/consent/store.ts';
import type { CoverageDeps } from '../features/coverage/deps.ts';
import { coverageStatement } from '../features/coverage/statement.ts';
import type { DeliveryDeps } from '../features/delivery/deps.ts';
import { readReceipt } from '../features/delivery/receipt.ts';
import { receiptFor } from '../features/delivery/store.ts';
import { recordServed } from '../features/examiners/record-served.ts';
import type { ExaminersDeps } from '../features/examiners/service.ts';
import type { FormsDeps } from '../features/forms/deps.ts';
import { sealedForms } from '../features/forms/sealed-forms.ts';
import { ticketKeyring } from '../features/identity/ticket.ts';
import type { NetworkCamerasDeps } from '../features/network-cameras/deps.ts';
import { findFfmpeg } from '../features/network-cameras/find-ffmpeg.ts';
import { RunningCameras } from '../features/network-cameras/running-cameras.ts';
import type { PlanBook } from '../features/plan/plan-book.ts';
import { blockedPhotoEvidence, type PlanDeps, photoEvidence } from '../features/plan/service.ts';
import type { PresenceDeps } from '../features/presence/deps.ts';
import { cameBack, endPresence } from '../features/presence/leave.ts';
import { awayIn, awayOf } from '../features/presence/where.ts';
import type { PurgeDeps } from '../features/purge/service.ts';
import { openCoverage } from '../features/recording/coverage.ts';
import type { RecordingDeps } from '../features/recording/deps.ts';
import { reservedBytes } from '../features/recording/disk.ts';
import { openSegments } from '../features/recording/open-segments.ts';
import { cameraView } from '../features/recording/room-view.ts';
import { settleRecordings } from '../features/recording/seal-segment.ts';
import { stopRecordingsOf } from '../features/recording/service.ts';
import { rulesRecord } from '../features/rules/bundle-record.ts';
import { rulesEvents } from '../features/rules/events.ts';
import { freezePack, packsOf } from '../features/rules/pack-shelf.ts';
import type { RulesDeps } from '../features/rules/procedures.ts';
import { rubricLibrary } from '../features/scoring/library-store.ts';
import { marksGiven } from '../features/scoring/marks-given.ts';
import { resultPorts, type ScoringDeps } from '../features/scoring/open-sheet.ts';
import { roomResults } from '../features/scoring/results.ts';
import { drawSeat, recordSeed, type SeatingDeps } from '../features/seating/service.ts';
import { admissionWindow } from '../features/session/rules.ts';
import { type SessionDeps, sessionAtDoor, sessionState } from '../features/session/service.ts';
import { absentIn, stepsOf } from '../features/session/store.ts';
import type { SiteDeps } from '../features/site/service.ts';
import { saveSetting, setting } from '../features/site/settings.ts';
import type { StaffDeps } from '../features/staff/service.ts';
import { allStaff, findStaff, memberUnder } from '../features/staff/store.ts';
import { nothingLive, type SupervisionDeps } from '../features/supervision/deps.ts';
import type { TimelineDeps } from '../features/timeline/deps.ts';
import { ViewedSpans } from '../features/timeline/viewed-spans.ts';
import type { SessionId } from '../lib/ids.ts';
import { err } from '../lib/result.ts';
import { ed25519PublicKey, rawKeyOfBlob } from '../lib/ssh-key-text.ts';
import type { Evidence } from '../vault/vault.ts';
import { eventCatalogue } from './catalogue.ts';
import { formsDeps } from './forms-deps.ts';
import type { Foundation } from './foundation.ts';
import { planInUse } from './plan-in-use.ts';
import { stillToEnter } from './still-to-enter.ts';
import { supervisorsThere } from './supervisors-there.ts';
import { trainingPostsOf } from './training-posts.ts';

/** Every feature with what it needs of the others, handed over as functions so that none imports another's store. */
export interface Features {
  site: SiteDeps;
  staff: StaffDeps;
  plan: PlanDeps;
  session: SessionDeps;
  checkin: CheckinDeps;
  consent: ConsentDeps;
  presence: PresenceDeps;
  recording: RecordingDeps;
  networkCameras: NetworkCamerasDeps;
  coverage: CoverageDeps;
  timeline: TimelineDeps;
  scoring: ScoringDeps;
  assignment: AssignmentDeps;
  archive: ArchiveDeps;
  delivery: DeliveryDeps;
  purge: PurgeDeps;
  forms: FormsDeps;
  appraisal: AppraisalDeps;
  examiners: ExaminersDeps;
  rules: RulesDeps;
  supervision: SupervisionDeps;
}

export function wireFeatures(
  f: Foundation,
  hooks: Pick<CheckinDeps, 'bindReader' | 'readerAt'> & Pick<SessionDeps, 'readiness'>,
): Features {
  const { db, journal, clock, vault, ring, shelf, checkPin, changed } = f;
  const book = (): PlanBook | null => shelf.book();
  const { pack, rules } = packsOf(f.packs, () => book()?.plan.rulePack);
  const base = { db, journal, clock };
  const state = (sessionId: string) => sessionState({ db, clock, book }, sessionId);

  const plan: PlanDeps = {
    ...base,
    vault,
    shelf,
    checks: new Map(),
    atDoor: (candidateId) => [...doors.values()].some((d) => d.attempt?.candidate?.candidateId === candidateId),
    siteFilingNumber: () => ring.site()?.filingNumber ?? null,
    planInUse: (next) => planInUse(db, book()?.plan ?? null, next),
    hasRulePack: (id) => f.packs.has(id),
    rubricLibrary: () => rubricLibrary(db).map((r) => r.rubric),
    changed: () => {
      // An attempt stands for a person and a place of the plan before; the door begins anew.
      inTransaction(db, (w) => abandonAttempts(checkin, w, theStation, () => true))();
      for (const door of doors.values()) door.shown = null;
      changed('plan')();
      changed('checkin')();
    },
  };
  const recording: RecordingDeps = {
    ...base,
    vault,
    coverage: openCoverage(db),
    open: openSegments({ vault, clock }),
    reservedBytes,
    places: {
      sessionState: (_db, sessionId) => state(sessionId),
      room: (_db, roomId) => book()?.room(roomId) ?? null,
      seats: (_db, roomId) => book()?.plan.workstations.filter((w) => w.roomId === roomId) ?? [],
      hasCamera: (_db, cameraId) =>
        book()?.plan.rooms.some((r) => r.cameras.some((c) => c.cameraId === cameraId)) ?? false,
      minHeight: () => rules()['recording.min-height'],
      audio: () => rules()['recording.audio'],
    },
    freeBytes: f.freeBytes,
    changed: changed('recording'),
  };
  const cameras = (sessionId: string, roomId: string) =>
    (book()?.room(roomId)?.cameras ?? []).map((c) => cameraView(recording, sessionId as SessionId, c));
  const seating: SeatingDeps = { journal, clock, book, rules };
  const session: SessionDeps = {
    ...base,
    book,
    rules,
    readiness: hooks.readiness,
    onOpened: (w, sessionId) => {
      const { id: packId, version } = pack();
      const sha256 = freezePack(w, sessionId, pack(), clock.wallMs());
      journal.append(w, { kind: 'station' }, rulesEvents.frozen, { packId, version, sha256 }, sessionId);
      recordSeed(seating, w, sessionId);
      evaluateAtOpening(assignment, w, theStation, sessionId);
    },
    onClosed: (w: WriteDb, caller: Caller, sessionId: string) => {
      stopRecordingsOf(recording, w, actorOf(caller, 'site-lead'), sessionId as SessionId);
      endPresence(presence, w, caller, sessionId);
      return abandonAttempts(checkin, w, caller, (a) => a.session?.sessionId === sessionId);
    },
    changed: changed('session'),
  };
  const doors: Doors = new Map();
  const checkin: CheckinDeps = {
    ...base,
    vault,
    engine: () => f.faces.engine,
    cardCamera: () => f.cardCamera.get(),
    knownFaces: newKnownFaces(),
    drawSide: () => (randomInt(2) === 0 ? 'left' : 'right'),
    blockedPhoto: async (blockedId) => {
      const id = blockedPhotoEvidence(plan, blockedId);
      const evidence = id && vault.find(db, id);
      return evidence ? vault.read(evidence) : err({ code: 'missing' });
    },
    alarmed: changed('alarm'),
    leadMay: maySettle(db),
    book,
    rules,
    pack,
    sessionAt: (roomId) => sessionAtDoor(session, roomId),
    planPhoto: async (candidateId) => {
      const id = photoEvidence(plan, candidateId);
      const evidence = id && vault.find(db, id);
      return evidence ? vault.read(evidence) : err({ code: 'missing' });
    },
    ticketKeys: () => ticketKeyring(...centreKeys(book())),
    awayOf: (candidateId) => awayOf(presence, candidateId),
    awayIn: (sessionId) => awayIn(presence, sessionId),
    consentOf: (candidateId) => {
      const signed = latestConsent(db, candidateId);
      return signed && { face: signed.face, atMs: signed.atMs };
    },
    todayIso: f.today,
    changed: changed('checkin'),
    doors,
    checkPin,
    staffMay: mayBeSecond(db),
    isLead: (staffId) => findStaff(db, staffId)?.roles.includes('site-lead') ?? false,
    sessionState: state,
    marksOf: (db, candidateId) => marksGiven(db, book(), candidateId),
    drawSeat: (w, candidate, attemptId) => drawSeat(seating, w, candidate, attemptId),
    cameBack: (w, caller, back) => cameBack(presence, w, caller, back),
    absentIn: (sessionId) => absentIn(db, sessionId),
    bindReader: hooks.bindReader,
    readerAt: hooks.readerAt,
  };
  const presence: PresenceDeps = {
    ...base,
    vault,
    book,
    rules,
    pack,
    engine: checkin.engine,
    planPhoto: checkin.planPhoto,
    consentOf: checkin.consentOf,
    sessionAt: checkin.sessionAt,
    sessionState: state,
    checkPin,
    staffMay: checkin.staffMay,
    open: new Map(),
    changed: changed('presence'),
    alarmed: changed('alarm'),
  };
  const consent: ConsentDeps = {
    ...base,
    vault,
    book,
    text: () => {
      const plan = book()?.plan;
      const site = ring.site()?.siteName ?? plan?.site.name ?? '';
      return consentText(f.consentResource, { site, centre: plan?.centre.name ?? '鉴定中心' });
    },
    sessionState: state,
    isAdmitted: (db, candidateId) => findAdmission(db, candidateId) !== null,
    forgetFaces: (candidateId) => forgetFaces(doors, candidateId),
    changed: changed('checkin'),
  };
  const scoring: ScoringDeps = {
    ...base,
    vault,
    book,
    rules,
    sessionState: state,
    stillToEnter: (sessionId, roomId) => {
      const { lateAtMs } = admissionWindow(book()!.session(sessionId)!.startsAtMs, rules(sessionId));
      return stillToEnter({ db, book: book()!, doors }, { sessionId, roomId, lateAtMs });
    },
    checkPin,
    panelFaults: (sessionId, roomId) =>
      panelFaults(assignment, sessionId, roomId).map(({ ruleId, examinerId, facts }) => ({
        ruleId,
        facts: examinerId === null ? facts : { ...facts, examiner: examinerId },
      })),
    coverageOf: () => ({ kind: 'not-judged' }),
    trainingPostsOf: (name) => trainingPostsOf(db, name),
    nameOf: (staffId) => findStaff(db, staffId)?.name ?? staffId,
    checks: new Map(),
    changed: changed('scoring'),
  };
  const assignment: AssignmentDeps = {
    ...base,
    vault,
    shelf,
    rules,
    pack,
    checkPin,
    sessionState: state,
    staff: () => allStaff(db).map((p) => memberUnder(f.examinerInPlan, p)),
    draws: drawInThread,
    changed: changed('assignment'),
  };
  const supervisors = (sessionId: string) => {
    const { startsAtMs, endsAtMs } = book()!.session(sessionId)!;
    const at = new Map(stepsOf(db, sessionId).map((s) => [s.step, s.atMs]));
    const openedAtMs = at.get('open') ?? startsAtMs;
    return supervisorsThere({ db, journal }, { openedAtMs, endedAtMs: at.get('closed') ?? endsAtMs });
  };
  const coverage: CoverageDeps = {
    ...base,
    book,
    rules,
    pack,
    recorded: recording.coverage,
    sessionState: state,
    checkPin,
    mayAccept: maySettle(db),
    staffName: (staffId) => findStaff(db, staffId)?.name ?? staffId,
    changed: changed('archive'),
  };
  const networkCameras: NetworkCamerasDeps = {
    ...base,
    ring,
    book,
    sessionState: state,
    recording,
    ffmpeg: () => findFfmpeg(process.env),
    discover: () => discoverCameras(),
    running: new RunningCameras(),
    changed: changed('recording'),
  };
  const timeline: TimelineDeps = {
    ...base,
    vault,
    book,
    rules,
    sessionState: state,
    cameras,
    staffName: coverage.staffName,
    catalogue: eventCatalogue,
    viewed: new ViewedSpans(),
  };
  const archive: ArchiveDeps = {
    ...base,
    vault,
    ring,
    shelf,
    rules,
    pack,
    rulesRecord: (sessionId) => rulesRecord(db, sessionId, pack(sessionId)),
    checkPin,
    results: (sessionId, roomId) => roomResults(resultPorts(scoring, sessionId)!, sessionId, roomId),
    sessionState: state,
    cameras,
    settleVideo: (sessionId) => settleRecordings(recording, sessionId),
    staff: () => allStaff(db).map((p) => memberUnder(f.examinerInPlan, p)),
    supervisors,
    coverage: (sessionId) => coverageStatement(coverage, sessionId),
    onSealed: (w, sessionId) => recordServed(w, book()!, sessionId, clock.wallMs()),
    panelAgainst: (sessionId, roomId) => [...new Set(panelFaults(assignment, sessionId, roomId).map((f) => f.ruleId))],
    evaluatePanels: (sessionId) => evaluateAtSealing(assignment, sessionId),
    forms: (sessionId) => sealedForms(forms, book()!, sessionId),
    bundlesFolder: join(f.options.dataDir, 'bundles'),
    rehearsal: f.options.rehearsal ?? false,
    changed: changed('archive'),
  };
  const delivery: DeliveryDeps = {
    ...base,
    setting: { read: () => setting(db, 'delivery'), save: (w, value) => saveSetting(w, 'delivery', value) },
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
    changed: changed('delivery'),
  };
  const purge: PurgeDeps = {
    ...base,
    vault,
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
    checkPin,
    mayBeSecond: (staffId, firstStaffId) => staffId !== firstStaffId && maySettle(db)(staffId),
    staffName: (staffId) => findStaff(db, staffId)?.name ?? staffId,
    changed: changed('delivery'),
  };
  const supervision: SupervisionDeps = {
    ...base,
    vault,
    ring,
    book,
    centreKeys: () => centreKeys(book())[0],
    sessionAt: checkin.sessionAt,
    sessionState: state,
    cameras,
    setting: { read: () => setting(db, 'live'), save: (w, value) => saveSetting(w, 'live', value) },
    live: nothingLive(clock.monotonicMs()),
    changed: changed('supervision'),
  };
  const examiners: ExaminersDeps = {
    ...base,
    book,
    today: f.today,
    hoursWanted: () => rules()['examiners.training'],
    staffName: (staffId) => findStaff(db, staffId)?.name ?? staffId,
    checks: new Map(),
    changed: changed('examiners'),
  };
  const forms = formsDeps(f, archive);
  const rulesDeps: RulesDeps = {
    ...base,
    shelf: f.packs,
    pack: () => pack(),
    today: f.today,
    checkPin,
    centreKeys: () => {
      const centre = book()?.plan.centre;
      return centre ? { trusted: centre.verificationKeys, revoked: centre.revokedKeys ?? [] } : null;
    },
    secondPerson: (staffId) => {
      const person = findStaff(db, staffId);
      const role = person?.roles.find((r) => r === 'supervisor' || r === 'site-lead');
      return person && role ? { staffId, name: person.name, role } : null;
    },
    changed: changed('rules'),
  };
  return {
    site: { db, journal, keyWrap: f.options.keyWrap, ring, changed: changed('site') },
    staff: {
      ...base,
      checkPin,
      signedOn: (caller) => {
        officialSignsOn(assignment, caller);
        evaluateAtSignOn(assignment, caller);
      },
      signedOff: (caller) => forgetPicturesOf(doors, caller),
      examiner: (id) => book()?.examiner(id) ?? null,
      examinerInPlan: f.examinerInPlan,
      changed: changed('staff'),
    },
    plan,
    session,
    checkin,
    consent,
    presence,
    recording,
    networkCameras,
    coverage,
    timeline,
    scoring,
    assignment,
    archive,
    delivery,
    purge,
    forms,
    appraisal: { ...base, book, sessionState: state, checkPin, changed: changed('appraisal') },
    examiners,
    rules: rulesDeps,
    supervision,
  };
}

/** The centre's Ed25519 keys from its card in the plan: those it signs with, and those it has withdrawn. */
function centreKeys(book: PlanBook | null): [trusted: KeyObject[], revoked: KeyObject[]] {
  const keysOf = (lines: readonly string[] = []) =>
    lines.flatMap((line) => {
      const raw = rawKeyOfBlob(Buffer.from(line.split(' ')[1] ?? '', 'base64'));
      return raw ? [ed25519PublicKey(raw)] : [];
    });
  return [keysOf(book?.plan.centre.verificationKeys), keysOf(book?.plan.centre.revokedKeys)];
}
