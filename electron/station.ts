import packageJson from '../package.json' with { type: 'json' };
import { type CallContext, guardedImplementer } from './contract/implementer.ts';
import { inTransaction } from './db/database.ts';
import { appraisalProcedures } from './features/appraisal/procedures.ts';
import { ExportDesk } from './features/archive/export/desk.ts';
import { archiveProcedures } from './features/archive/procedures.ts';
import { assignmentProcedures } from './features/assignment/procedures.ts';
import { certificatesProcedures } from './features/certificates/procedures.ts';
import { forgetPicturesLeft } from './features/checkin/card-picture.ts';
import { learnFaces } from './features/checkin/learn-faces.ts';
import { checkinProcedures } from './features/checkin/procedures.ts';
import { consentProcedures } from './features/consent/procedures.ts';
import { coverageProcedures } from './features/coverage/procedures.ts';
import { CheckpointSender } from './features/delivery/checkpoint-sender.ts';
import { deliveryProcedures } from './features/delivery/procedures.ts';
import { DeliveryQueue } from './features/delivery/queue.ts';
import { examinersProcedures } from './features/examiners/procedures.ts';
import { FormsAhead } from './features/forms/forms-ahead.ts';
import { formsProcedures } from './features/forms/procedures.ts';
import { inspectionsProcedures } from './features/inspections/procedures.ts';
import { journalProcedures } from './features/journal/procedures.ts';
import { keysProcedures } from './features/keys/procedures.ts';
import { networkCamerasProcedures } from './features/network-cameras/procedures.ts';
import { paperProcedures } from './features/paper/procedures.ts';
import { planProcedures } from './features/plan/procedures.ts';
import { forgetChecks } from './features/plan/service.ts';
import { presenceProcedures } from './features/presence/procedures.ts';
import { drawWhenDue } from './features/presence/rechecks.ts';
import { purgeProcedures } from './features/purge/procedures.ts';
import { finishPurges } from './features/purge/service.ts';
import { recordingProcedures } from './features/recording/procedures.ts';
import { declareRestart, recoverSpools } from './features/recording/recover.ts';
import { sealIdle } from './features/recording/seal-segment.ts';
import { watchRecordings } from './features/recording/service.ts';
import { rehearsalProcedures } from './features/rehearsal/procedures.ts';
import { RehearsalRunner } from './features/rehearsal/service.ts';
import { rulesProcedures } from './features/rules/procedures.ts';
import { scoringProcedures } from './features/scoring/procedures.ts';
import { sessionProcedures } from './features/session/procedures.ts';
import { siteEvents } from './features/site/events.ts';
import { siteProcedures } from './features/site/procedures.ts';
import { readerSettings } from './features/site/readers.ts';
import { unlockKeys } from './features/site/service.ts';
import { saveSetting, setting } from './features/site/settings.ts';
import { staffProcedures } from './features/staff/procedures.ts';
import { supervisionProcedures } from './features/supervision/procedures.ts';
import { closeSupervision, openLine, tick as superviseTick } from './features/supervision/service.ts';
import { supervisorRecordProcedures } from './features/supervisor-record/procedures.ts';
import { recordViewsOver } from './features/timeline/look-up.ts';
import { timelineProcedures } from './features/timeline/procedures.ts';
import { timestampProcedures } from './features/timestamp/procedures.ts';
import { Timestamps } from './features/timestamp/service.ts';
import { eventCatalogue } from './station/catalogue.ts';
import { Connections } from './station/connections.ts';
import { complain, endure } from './station/endure.ts';
import { type Features, wireFeatures } from './station/features.ts';
import { type Foundation, layFoundation, type StationOptions } from './station/foundation.ts';
import { office } from './station/office.ts';
import { PhotoDesk } from './station/photo-desk.ts';
import { ReaderDesk } from './station/reader-desk.ts';
import { Refusals } from './station/refusals.ts';
import { checkpointWhenDue } from './station/sign-checkpoints.ts';
import { type ClockJump, clockWatch } from './station/watch.ts';

export type { StationOptions } from './station/foundation.ts';

const TICK_MS = 1_000;
/** How often cameras are looked at: an alarm is due within 3 s, and most of them are the frames' own way. */
const WATCH_MS = 500;

export type Station = Awaited<ReturnType<typeof openStation>>;

/**
 * The composition root: opens everything over one data folder and wires it. The only place that constructs.
 *
 * @throws SchemaError, Error when the folder is from a newer version or a rule pack is broken: the station must not start
 */
export async function openStation(options: StationOptions) {
  const f = await layFoundation(options);
  const jumps: { atMs: number; jump: ClockJump }[] = [];
  const photoDesk = new PhotoDesk(f);
  const readerDesk = new ReaderDesk(f, () => features, photoDesk);
  const desk = office(f, () => features, { readers: () => readerDesk.list(), jumps });
  const features: Features = wireFeatures(f, {
    bindReader: (at, again) => readerDesk.bind(at, again),
    readerAt: (at) => readerDesk.at(at),
    readiness: desk.readiness,
  });
  const deliveries = new DeliveryQueue(features.delivery);
  const formsAhead = new FormsAhead(features.forms, complain('a form was not printed ahead'));
  const exports = new ExportDesk(features.archive);
  const checkpoints = new CheckpointSender(features.delivery);
  const timestamps = new Timestamps({
    ...{ db: f.db, journal: f.journal, clock: f.clock },
    setting: { read: () => setting(f.db, 'timestamp'), save: (w, value) => saveSetting(w, 'timestamp', value) },
    bundles: features.delivery.bundles,
    changed: f.changed('archive'),
  });
  const connections = new Connections(f.db, f.clock, f.examinerInPlan);
  const refusals = new Refusals(f.db, f.journal, () => f.clock.monotonicMs());
  const runner = new RehearsalRunner({
    clock: f.clock,
    command: options.rehearsalCommand ?? { file: process.execPath, args: ['--version'], env: {} },
    changed: f.changed('rehearsal'),
  });
  let watch = clockWatch(f.clock);

  await startUp(f, features, readerDesk, photoDesk);
  learnFaces(features.checkin);
  const tick = () => {
    const jump = watch();
    if (jump) {
      jumps.push({ atMs: f.clock.wallMs(), jump });
      inTransaction(f.db, (w) => f.journal.append(w, { kind: 'station' }, siteEvents.clockJumped, jump));
      f.changed('alarm')();
    }
    learnFaces(features.checkin);
    forgetPicturesLeft(features.checkin);
    drawWhenDue(features.presence);
    superviseTick(features.supervision);
    recordViewsOver(features.timeline);
    features.networkCameras.running.keep(features.networkCameras);
    forgetChecks(features.plan);
    checkpointWhenDue(f);
    checkpoints.tick();
    deliveries.tick();
    timestamps.tick();
    formsAhead.tick();
    f.hub.publish({ kind: 'tick', wallMs: f.clock.wallMs(), monoMs: f.clock.monotonicMs() });
  };
  const watchCameras = () => {
    watchRecordings(features.recording);
    void sealIdle(features.recording).catch(complain('a segment of video could not be closed'));
    if (!recovered && f.ring.keys() !== null) recover();
  };
  /** What a crash left of video is read once the station's key is open. */
  let recovered = false;
  const recover = () => {
    recovered = true;
    recoverSpools(features.recording).then((found) => {
      if (found === 'keys-locked') recovered = false;
    }, complain('video that a crash left could not be read'));
  };
  const ticking = options.withoutTicks
    ? []
    : [
        setInterval(() => endure('the work of this second was not done', tick), TICK_MS).unref(),
        setInterval(() => endure('the cameras were not looked at', watchCameras), WATCH_MS).unref(),
      ];

  const os = guardedImplementer((caller, path) => {
    const actor = caller.member
      ? ({
          kind: 'staff',
          staffId: caller.member.staffId,
          role: caller.member.roles[0] ?? '',
          desk: caller.desk,
        } as const)
      : ({ kind: 'stranger', from: caller.from } as const);
    refusals.record(actor, caller.member ? 'FORBIDDEN' : 'UNAUTHORIZED', path);
  });
  const router = os.router({
    site: siteProcedures(os, {
      ...features.site,
      common: () => ({
        version: packageJson.version,
        rehearsal: options.rehearsal ?? false,
        shell: options.desktop.kind,
        keyWrap: options.keyWrap.kind,
        wallMs: f.clock.wallMs(),
        faceEngine: f.faces.state,
      }),
      rack: readerDesk,
      photoDecoder: photoDesk,
      hasRoom: (roomId) => f.shelf.book()?.room(roomId) !== undefined,
      freeBytes: f.freeBytes,
      entryPath: (path) => connections.entryPath(path),
    }),
    keys: keysProcedures(os, features.keys),
    staff: staffProcedures(os, features.staff),
    plan: planProcedures(os, features.plan),
    session: sessionProcedures(os, { ...features.session, overview: desk.overview }),
    checkin: checkinProcedures(os, features.checkin),
    consent: consentProcedures(os, features.consent),
    presence: presenceProcedures(os, features.presence),
    inspections: inspectionsProcedures(os, features.inspections),
    recording: recordingProcedures(os, features.recording),
    networkCameras: networkCamerasProcedures(os, features.networkCameras),
    coverage: coverageProcedures(os, features.coverage),
    timeline: timelineProcedures(os, features.timeline),
    timestamp: timestampProcedures(os, timestamps),
    scoring: scoringProcedures(os, features.scoring),
    assignment: assignmentProcedures(os, features.assignment),
    archive: archiveProcedures(os, features.archive, exports),
    paper: paperProcedures(os, features.paper),
    certificates: certificatesProcedures(os, features.certificates),
    supervisorRecord: supervisorRecordProcedures(os, features.supervisorRecord),
    delivery: deliveryProcedures(os, features.delivery, deliveries, checkpoints),
    purge: purgeProcedures(os, features.purge),
    forms: formsProcedures(os, features.forms),
    appraisal: appraisalProcedures(os, features.appraisal),
    examiners: examinersProcedures(os, features.examiners),
    rules: rulesProcedures(os, features.rules),
    journal: journalProcedures(os, { db: f.db, journal: f.journal, ring: f.ring, catalogue: eventCatalogue() }),
    supervision: supervisionProcedures(os, features.supervision),
    rehearsal: rehearsalProcedures(os, {
      db: f.db,
      journal: f.journal,
      runner,
      simulatedClock: f.simulatedClock,
      clockMoved: () => {
        // The rehearsal's own move is on record already; it is no jump of the computer's clock.
        watch = clockWatch(f.clock);
        for (const topic of ['session', 'checkin', 'alarm'] as const) f.changed(topic)();
      },
    }),
    events: os.events.handler(({ signal }) => f.hub.listen({ kind: 'hello', wallMs: f.clock.wallMs() }, signal)),
  });

  return {
    router,
    connections,
    refusals,
    /** Resolves once no time stamp is being fetched. */
    stamped: () => timestamps.settled(),
    /** What happens every second: the clock is watched, checkpoints are signed. */
    tick,
    /** What happens twice a second: silent cameras are noticed, segments that stopped growing are closed. */
    watchCameras,
    db: f.db,
    journal: f.journal,
    dataDir: options.dataDir,
    contextOf: (cookie: string, from: string): CallContext | null => {
      const caller = connections.callerOf(cookie, from);
      return caller && { caller };
    },
    async close() {
      for (const timer of ticking) clearInterval(timer);
      runner.cancel();
      await closeSupervision(features.supervision);
      await exports.close();
      await deliveries.close();
      await timestamps.close();
      await formsAhead.settled();
      await checkpoints.close();
      features.networkCameras.running.close();
      await readerDesk.close();
      await f.faces.engine?.close();
      await f.cardCamera.close();
      await features.recording.open.close();
      f.db.raw.close();
    },
  };
}

/**
 * What a start puts on record and picks up again: the keys where they can be had, the face engine, the readers where
 * they were. Keys and faces cost a fifth of a second of computing each, on threads of their own: they open side by side.
 */
async function startUp(f: Foundation, features: Features, readerDesk: ReaderDesk, photoDesk: PhotoDesk): Promise<void> {
  const { options } = f;
  const who = { kind: 'station' } as const;
  inTransaction(f.db, (w) => {
    const { version } = packageJson;
    const data = { version, shell: options.desktop.kind, rehearsal: options.rehearsal ?? false };
    f.journal.append(w, who, siteEvents.started, data);
  });
  const automatic = options.keyWrap.kind === 'os-keystore' || options.passphrase !== undefined;
  const unlocking =
    f.ring.site() !== null && automatic ? unlockKeys(features.site, null, options.passphrase ?? null) : null;
  await f.facesOpened;
  const { state } = f.faces;
  const data = state.kind === 'ready' ? { state: state.kind, engine: state.name } : { state: state.code, engine: '' };
  inTransaction(f.db, (w) => f.journal.append(w, who, siteEvents.faceEngine, data));
  await unlocking;
  // What was filmed before the end comes first; the gap begins behind it.
  await recoverSpools(features.recording);
  declareRestart(features.recording);
  photoDesk.use(setting(f.db, 'photo-decoder') ?? '');
  for (const reader of readerSettings(f.db)) readerDesk.use(reader);
  await finishPurges(features.purge);
  openLine(features.supervision);
}
