import { randomBytes } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { StationEvent } from '../contract/events.ts';
import { type Db, openDatabase } from '../db/database.ts';
import type { DesktopPort } from '../desktop/port.ts';
import type { CardCamera } from '../devices/card-camera/port.ts';
import { type SimulatedClock, simulatedClock } from '../devices/clock/simulated.ts';
import { engineWish, openUsableFaceEngine } from '../devices/face-engine/choose.ts';
import type { FaceEngine } from '../devices/face-engine/port.ts';
import type { KeyWrap } from '../devices/keys/port.ts';
import type { StartNativeProcess } from '../devices/native-process/port.ts';
import { assignedPanel } from '../features/assignment/store.ts';
import { type ConsentResource, loadConsentResource } from '../features/consent/consent-text.ts';
import { centreRecipients } from '../features/plan/plan-schema.ts';
import { type PlanShelf, planShelf } from '../features/plan/service.ts';
import { readPackFile } from '../features/rules/load-rule-pack.ts';
import { type PackShelf, packShelf } from '../features/rules/pack-shelf.ts';
import type { PackFile } from '../features/rules/whole-pack.ts';
import { findDrawnSeat } from '../features/seating/store.ts';
import type { FaceEngineState } from '../features/site/contract.ts';
import { type KeyRing, keyRing } from '../features/site/service.ts';
import { setting } from '../features/site/settings.ts';
import { loadSite } from '../features/site/store.ts';
import { type CheckPin, pinChecker } from '../features/staff/pin.ts';
import type { ExaminerInPlan } from '../features/staff/store.ts';
import { type Journal, openJournal } from '../journal/journal.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { chooseAead } from '../vault/age/age.ts';
import { freeBytes } from '../vault/durable-file.ts';
import { openVault, type Vault } from '../vault/vault.ts';
import { type LazyCardCamera, lazyCardCamera } from './card-camera.ts';
import { EventHub } from './event-hub.ts';
import { localDay } from './local-day.ts';
import { migrations } from './migrations.ts';
import type { OpenReader } from './reader-post.ts';

export interface StationOptions {
  dataDir: string;
  resourcesDir: string;
  modelsDir: string;
  clock?: Clock;
  /** A throw-away station whose clock can be moved and whose bundles say so. */
  rehearsal?: boolean;
  desktop: DesktopPort;
  keyWrap: KeyWrap;
  /** Opens the keys at start where a passphrase wraps them; never kept, never logged. */
  passphrase?: string | undefined;
  /** Command that runs a rehearsal; the shells know how they can be started again. */
  rehearsalCommand?: { file: string; args: readonly string[]; env: NodeJS.ProcessEnv };
  /** Leaves the face engine out: for tests of everything else. */
  withoutFaces?: boolean;
  /** Takes the place of the station's own face engine. */
  faceEngine?: FaceEngine;
  /** Takes the place of the station's own reading of photographed cards. */
  cardCamera?: CardCamera;
  /** How this shell starts the processes of the networks; left out, as Node does. */
  startProcess?: StartNativeProcess;
  /** Takes the place of the readers at a TCP or serial address. */
  openReader?: OpenReader;
  /** Leaves the ticking to whoever opened the station: see `tick` of the station. */
  withoutTicks?: boolean;
}

/** What every feature stands on, constructed once. */
export interface Foundation {
  options: StationOptions;
  db: Db;
  clock: Clock;
  simulatedClock: SimulatedClock | null;
  journal: Journal;
  vault: Vault;
  ring: KeyRing;
  shelf: PlanShelf;
  checkPin: CheckPin;
  examinerInPlan: ExaminerInPlan;
  hub: EventHub;
  packs: PackShelf;
  /** Calendar day at the site. */
  today: () => string;
  consentResource: ConsentResource;
  /** Not there yet until `facesOpened`; the door calls a person meanwhile. */
  faces: { engine: FaceEngine | null; state: FaceEngineState };
  facesOpened: Promise<void>;
  cardCamera: LazyCardCamera;
  freeBytes: () => Promise<number>;
  changed: (topic: (StationEvent & { kind: 'changed' })['topic']) => () => void;
}

/**
 * Opens database, journal, vault and rule packs over one data folder, and begins to open the face engine.
 *
 * @throws Error when a rule pack is broken, SchemaError when the folder is from a newer version: then the station must not start
 */
export async function layFoundation(options: StationOptions): Promise<Foundation> {
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  // Electron's node:crypto has no ChaCha20-Poly1305: the cipher is chosen before anything is encrypted.
  await chooseAead();
  const faces: Foundation['faces'] = { engine: null, state: { kind: 'unavailable', code: 'starting', detail: '' } };
  const facesOpened = openFaces(options).then((opened) => void Object.assign(faces, opened));
  const db = openDatabase(join(options.dataDir, 'station.db'), migrations);
  const real = options.clock ?? systemClock;
  // Kept over restarts: a rehearsal killed at nine in the morning of its day must not wake up the evening before.
  const moving = options.rehearsal ? simulatedClock(real, Number(setting(db, 'rehearsal-ahead-ms') ?? 0)) : null;
  const clock = moving ?? real;
  const journal = openJournal(db, clock, randomBytes(8).toString('hex'));
  const ring = keyRing();
  const stored = loadSite(db);
  if (stored) ring.accept(stored.card, null);
  const shelf: PlanShelf = planShelf(
    db,
    (candidateId) => findDrawnSeat(db, candidateId)?.workstationId ?? null,
    (sessionId, roomId) => assignedPanel(db, shelf.adopted()!.summary.digest, sessionId, roomId),
  );
  const vault = await openVault({
    db,
    folder: join(options.dataDir, 'vault'),
    recipients: (centre = shelf.book() ? centreRecipients(shelf.book()!.plan.centre) : []) => [
      ...centre,
      ring.site()!.recipient,
    ],
    identity: () => ring.keys()?.identity ?? null,
  });
  const today = () => localDay(clock.wallMs());
  const packs = packShelf(db, await shippedPacks(join(options.resourcesDir, 'rule-packs')), today);
  // All of them must be sound: a broken one would be found on the exam day otherwise.
  for (const id of packs.files().keys()) packs.now(id);
  const hub = new EventHub();
  return {
    options,
    db,
    clock,
    simulatedClock: moving,
    journal,
    vault,
    ring,
    shelf,
    checkPin: pinChecker({ db, journal, clock }),
    examinerInPlan: (who) => shelf.book()?.examinerIdOf(who) ?? null,
    hub,
    packs,
    today,
    consentResource: await loadConsentResource(join(options.resourcesDir, 'consent'), 'national'),
    faces,
    facesOpened,
    cardCamera: lazyCardCamera(options.cardCamera, options.startProcess),
    freeBytes: () => freeBytes(options.dataDir),
    changed: (topic) => () => hub.publish({ kind: 'changed', topic }),
  };
}

async function openFaces(options: StationOptions): Promise<Foundation['faces']> {
  if (options.faceEngine) return { engine: options.faceEngine, state: readyState(options.faceEngine, null) };
  if (options.withoutFaces) {
    return { engine: null, state: { kind: 'unavailable', code: 'left-out', detail: '' } };
  }
  const opened = await openUsableFaceEngine(options.modelsDir, {
    only: engineWish(process.env),
    startProcess: options.startProcess,
  });
  if (!opened.ok) {
    const { code, ...detail } = opened.error;
    return { engine: null, state: { kind: 'unavailable', code, detail: JSON.stringify(detail) } };
  }
  const { engine, insteadOf } = opened.value;
  return { engine, state: readyState(engine, insteadOf?.reason ?? null) };
}

const readyState = ({ name, thresholds }: FaceEngine, insteadOf: string | null): FaceEngineState => ({
  kind: 'ready',
  name,
  threshold: thresholds.fmr1e3,
  insteadOf,
});

/** Files of the packs that come with the station. */
async function shippedPacks(folder: string): Promise<ReadonlyMap<string, PackFile>> {
  const names = (await readdir(folder)).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : []));
  const packs = new Map<string, PackFile>();
  for (const name of new Set(['national', ...names])) {
    const pack = await readPackFile(folder, name);
    if (!pack.ok) throw new Error(`the rule pack ${name} is unusable: ${JSON.stringify(pack.error)}`);
    packs.set(name, pack.value);
  }
  return packs;
}
