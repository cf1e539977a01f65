import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SQLite from 'better-sqlite3';
import type { StationClient } from '../../../electron/contract/index.ts';
import { startSimulatedReader } from '../../../electron/devices/id-reader/simulated.ts';
import type { Plan, PlannedCandidate } from '../../../electron/features/plan/plan-schema.ts';
import type { StaffId } from '../../../electron/lib/ids.ts';
import { samplePhotos } from '../../../resources/sample-day/sample-photos.ts';
import { PIN, setUp } from '../../bench/exam-day.ts';
import { noProc, residentMb } from '../../bench/processes.ts';
import { clientOf, enter, root, type ServedStation, serve } from '../../bench/served-station.ts';
import { inspectJournal } from '../journal-on-disk.ts';
import { type LiveMemory, liveMemory } from './live-memory.ts';
import { framesOf } from './soak-frames.ts';
import { type SoakLane, type VisitEnd, visit } from './soak-lane.ts';
import { faceOf, soakPlan, soakResources } from './soak-plan.ts';

/** Every so many candidates one is presented at both lanes at once; each time it is another face. */
const BOTH_LANES_EVERY = 7;
const FRAMES = 6;
const SAMPLE_EVERY = 25;
/** So often in a run what the station still holds is measured, evenly. */
const LIVE_SAMPLES = 5;

export interface SoakProgress {
  checkins: number;
  seconds: number;
  /** Resident memory of the station's process, in MB; null where the system does not tell. */
  rssMb: number | null;
}

export interface SoakResult {
  checkins: number;
  /** Presented at both lanes at the same moment, and how many of these the second lane was told of. */
  presentedTwice: number;
  toldAlreadyIn: number;
  /** Acknowledged, and not on record exactly once; on record, and never acknowledged. */
  lost: string[];
  double: string[];
  unacknowledged: string[];
  /** What went otherwise than at any door, at most the first few. */
  faults: string[];
  journal: { entries: number; faults: string[] };
  /** From the card read to the decision, and from Enter to the record; in the order of the check-ins. */
  decisionMs: number[];
  admitMs: number[];
  /** Resident memory in MB as the run went, and what was held, both with the check-ins done. */
  resident: { checkins: number; rssMb: number }[];
  live: (LiveMemory & { checkins: number })[];
  seconds: number;
}

/**
 * So many check-ins from two lanes, over HTTP, against a station in a process of its own.
 *
 * @param minutes  after which no further session of ten is begun; what was done is judged all the same
 */
export async function soak(
  checkins: number,
  minutes: number,
  onProgress: (progress: SoakProgress) => void,
): Promise<SoakResult> {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-soak-'));
  const readers = await Promise.all([startSimulatedReader({ port: 0 }), startSimulatedReader({ port: 0 })]);
  process.env.KAODIAN_SOAK_RESOURCES = soakResources(join(root, 'resources'), join(folder, 'resources'));
  let station: ServedStation | null = null;
  try {
    const photos = await samplePhotos();
    if (!photos.ok) throw new Error(`the npm package ${photos.error.package} is not installed`);
    const plan = soakPlan(checkins, photos.value.hashes);
    const frames = new Map<string, Uint8Array[]>();
    for (const [face, hash] of photos.value.hashes) {
      frames.set(face, await framesOf(photos.value.photos.get(hash)!, FRAMES));
    }
    station = await serve(join(import.meta.dirname, 'soak-station.ts'), join(folder, 'data'));
    const lead = clientOf(station, await enter(station));
    await setUp(lead, { plan, photos: photos.value.photos });
    const lanes = await openLanes(station, lead, readers);
    const run = new Run(station, lead, plan, frames, onProgress);
    const untilMs = performance.now() + minutes * 60_000;
    for (const { sessionId } of plan.sessions) {
      if (performance.now() > untilMs) break;
      await run.session(sessionId, lanes);
    }
    await station.stop();
    const journal = await inspectJournal(join(folder, 'data'));
    return { ...run.result(admittedOnDisk(join(folder, 'data/station.db'))), journal };
  } finally {
    delete process.env.KAODIAN_SOAK_RESOURCES;
    if (station && station.child.exitCode === null) await station.stop();
    await Promise.all(readers.map((reader) => reader.close()));
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openLanes(
  station: ServedStation,
  lead: StationClient,
  readers: Awaited<ReturnType<typeof startSimulatedReader>>[],
): Promise<SoakLane[]> {
  const lanes: SoakLane[] = [];
  for (const [i, reader] of readers.entries()) {
    const address = `tcp:${reader.host}:${reader.port}`;
    const { readerId } = await lead.site.addReader({ label: `读卡器 ${i + 1}`, address });
    const { staffId } = await lead.staff.add({
      name: `门岗${i + 1}（样本）`,
      roles: ['door'],
      pin: PIN,
      examinerId: null,
    });
    lanes.push({ lane: i === 0 ? 1 : 2, client: await window(station, lead, staffId), reader, readerId });
  }
  return lanes;
}

async function window(station: ServedStation, lead: StationClient, staffId: StaffId): Promise<StationClient> {
  const { address } = await lead.site.newDesk({ path: '/' });
  const client = clientOf(station, await enter({ entry: new URL(address, station.origin).href }));
  await client.staff.signIn({ staffId, pin: PIN, desk: 'door' });
  return client;
}

class Run {
  readonly #station: ServedStation;
  readonly #lead: StationClient;
  readonly #plan: Plan;
  readonly #frames: ReadonlyMap<string, readonly Uint8Array[]>;
  readonly #onProgress: (progress: SoakProgress) => void;
  readonly #begunMs = performance.now();
  readonly #acknowledged = new Map<string, number>();
  readonly #faults: string[] = [];
  readonly #decisionMs: number[] = [];
  readonly #admitMs: number[] = [];
  #presentedTwice = 0;
  #toldAlreadyIn = 0;
  #done = 0;
  readonly #resident: SoakResult['resident'] = [];
  readonly #live: SoakResult['live'] = [];

  constructor(
    station: ServedStation,
    lead: StationClient,
    plan: Plan,
    frames: ReadonlyMap<string, readonly Uint8Array[]>,
    onProgress: (progress: SoakProgress) => void,
  ) {
    this.#station = station;
    this.#lead = lead;
    this.#plan = plan;
    this.#frames = frames;
    this.#onProgress = onProgress;
  }

  /** Both lanes stand at the session's room, and take whoever is next. */
  async session(sessionId: PlannedCandidate['sessionId'], lanes: readonly SoakLane[]): Promise<void> {
    const queue = this.#plan.candidates.filter((c) => c.sessionId === sessionId);
    const { roomId } = queue[0]!;
    await this.#lead.session.open({ sessionId });
    for (const { readerId, lane } of lanes) await this.#lead.site.placeReader({ readerId, roomId, lane });
    const twice = queue.filter((c) => Number(c.candidateId.slice(1)) % BOTH_LANES_EVERY === 0);
    const once = queue.filter((c) => !twice.includes(c));
    for (const candidate of twice) await this.#atBoth(lanes, candidate);
    await Promise.all(
      lanes.map(async (lane) => {
        for (let next = once.shift(); next; next = once.shift()) await this.#visit(lane, next);
      }),
    );
    if (this.#done >= (this.#plan.candidates.length * (this.#live.length + 1)) / LIVE_SAMPLES) {
      this.#live.push({ checkins: this.#done, ...(await liveMemory(this.#station.child)) });
    }
  }

  async #atBoth(lanes: readonly SoakLane[], candidate: PlannedCandidate): Promise<void> {
    this.#presentedTwice += 1;
    const ends = await Promise.all(lanes.map((lane) => this.#visit(lane, candidate)));
    this.#toldAlreadyIn += ends.filter((end) => end?.kind === 'already-in').length;
  }

  async #visit(lane: SoakLane, candidate: PlannedCandidate): Promise<VisitEnd | null> {
    const { candidateId } = candidate;
    const face = faceOf(Number(candidateId.slice(1)));
    try {
      const end = await visit(lane, candidate, this.#frames.get(face)!);
      if (end.kind === 'admitted') this.#admitted(candidateId, end);
      return end;
    } catch (error) {
      this.#faults.push(`lane ${lane.lane}, ${candidateId}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }

  #admitted(candidateId: string, { decisionMs, admitMs }: { decisionMs: number; admitMs: number }): void {
    this.#acknowledged.set(candidateId, (this.#acknowledged.get(candidateId) ?? 0) + 1);
    this.#decisionMs.push(decisionMs);
    this.#admitMs.push(admitMs);
    this.#done += 1;
    if (this.#done % SAMPLE_EVERY !== 0) return;
    const rssMb = noProc() === null ? residentMb(this.#station.pid) : null;
    if (rssMb !== null) this.#resident.push({ checkins: this.#done, rssMb });
    this.#onProgress({ checkins: this.#done, seconds: this.#seconds(), rssMb });
  }

  /** @param onDisk how often each candidate was let in, by the journal */
  result(onDisk: ReadonlyMap<string, number>): Omit<SoakResult, 'journal'> {
    const all = this.#plan.candidates.map((c) => c.candidateId);
    const [said, kept] = [(id: string) => this.#acknowledged.get(id) ?? 0, (id: string) => onDisk.get(id) ?? 0];
    return {
      checkins: this.#done,
      presentedTwice: this.#presentedTwice,
      toldAlreadyIn: this.#toldAlreadyIn,
      lost: all.filter((id) => said(id) > 0 && kept(id) === 0),
      double: all.filter((id) => said(id) > 1 || kept(id) > 1),
      unacknowledged: all.filter((id) => said(id) === 0 && kept(id) > 0),
      faults: this.#faults.slice(0, 20),
      decisionMs: this.#decisionMs,
      admitMs: this.#admitMs,
      resident: this.#resident,
      live: this.#live,
      seconds: this.#seconds(),
    };
  }

  #seconds(): number {
    return Math.round((performance.now() - this.#begunMs) / 100) / 10;
  }
}

/** How often the journal of a station that is not running says that each candidate was let in. */
function admittedOnDisk(path: string): Map<string, number> {
  const db = new SQLite(path, { readonly: true });
  try {
    const rows = db.prepare("SELECT bytes FROM journal_entries WHERE event = 'checkin.admitted'").all() as {
      bytes: Buffer;
    }[];
    const ids = rows.map(
      ({ bytes }) => (JSON.parse(bytes.toString('utf8')) as { data: { candidateId: string } }).data.candidateId,
    );
    return new Map([...Map.groupBy(ids, (id) => id)].map(([id, times]) => [id, times.length]));
  } finally {
    db.close();
  }
}
