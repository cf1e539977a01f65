import type { SimulatedReader } from '../devices/id-reader/simulated.ts';
import type { BundleRow } from '../features/archive/contract.ts';
import type { Plan, PlannedCandidate } from '../features/plan/plan-schema.ts';
import type { SessionId, StaffId } from '../lib/ids.ts';
import type { BrowserWindow } from './browser-window.ts';
import { LEAD, type Player } from './cast.ts';
import type { RehearsalCentre } from './centre.ts';
import { Desk } from './desk.ts';
import { codeOf } from './expectation.ts';
import type { Interruption } from './interruption.ts';
import type { Ledger } from './ledger.ts';
import type { Pictures } from './pictures.ts';
import type { StationProcess } from './station-process.ts';

/** Everything the scenes of one day share. Filled as the day goes. */
export interface Day {
  /** Throw-away folder; gone when the rehearsal ends. */
  readonly folder: string;
  readonly station: StationProcess;
  /** What the lead types to open the station's keys. */
  readonly passphrase: string;
  readonly interruption: Interruption;
  readonly ledger: Ledger;
  readonly centre: RehearsalCentre;
  readonly plan: Plan;
  readonly pictures: Pictures;
  readonly reader: SimulatedReader;
  readonly cast: readonly Player[];
  readonly wishes: { browser: boolean; kill: boolean };
  /** Looks at the data folder between a kill and the restart. */
  readonly whileDown: (dataDir: string) => Promise<void>;
  readonly desks: Map<string, Desk>;
  /** Staff ids by player, as the station gave them. */
  readonly staffIds: Map<string, StaffId>;
  /** Marks as the station acknowledged them: by examiner, candidate, item. */
  readonly marks: Map<string, Map<string, Map<string, number>>>;
  /** What became of each candidate, as the station acknowledged it. */
  readonly outcomes: Map<string, 'admitted' | 'admitted-by-hand' | 'absent'>;
  /** One line of the station's key, as the centre registers it on the day the station is set up. */
  registeredSigners: string;
  /** A checkpoint that left the station in the middle of the day. */
  checkpoint: string | null;
  /** The browser that records a room, while one does. */
  window: BrowserWindow | null;
  /** Segments that were stored when the recording ended. */
  segments: number;
  bundle: BundleRow | null;
  /** The exported copy. */
  bundleDir: string | null;
}

export const SESSION = 'S1' as SessionId;

export const playerOf = (day: Day, key: string): Player => day.cast.find((p) => p.key === key)!;
export const candidateOf = (day: Day, id: string): PlannedCandidate =>
  day.plan.candidates.find((c) => c.candidateId === id)!;
export const sessionOf = (day: Day) => day.plan.sessions[0]!;

/** The candidate behind a row: the rehearsal knows who sits where, the examiner does not. */
export const candidateAt = (day: Day, roomId: string, seat: string): string =>
  day.plan.candidates.find(
    (c) =>
      c.roomId === roomId && day.plan.workstations.some((w) => w.workstationId === c.workstationId && w.label === seat),
  )!.candidateId;

/** The desk of a player, let in when it is first needed: the lead's by the start's address, the others by the lead. */
export async function deskOf(day: Day, key: string): Promise<Desk> {
  const known = day.desks.get(key);
  if (known) return known;
  const entry =
    key === LEAD
      ? day.station.entry
      : (await (await deskOf(day, LEAD)).station.site.newDesk({ path: `/${playerOf(day, key).desk}` })).address;
  const desk = await Desk.enter(day.station, entry, day.interruption);
  day.desks.set(key, desk);
  return desk;
}

/** Moves the station's clock forward to a moment of the plan, by the lead. A moment already passed changes nothing. */
export async function moveClockTo(day: Day, toWallMs: number): Promise<void> {
  const { station } = await deskOf(day, LEAD);
  const { wallMs } = await station.site.state();
  if (wallMs >= toWallMs) return;
  await station.rehearsal.moveClock({ toWallMs });
}

/**
 * A call with the right PIN. Where a scene that mistypes on purpose was played several times over, the PIN is locked
 * for half a minute: the clock is moved past it, as waiting would.
 */
export async function withRightPin<T>(day: Day, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (codeOf(error) !== 'PIN_LOCKED') throw error;
    await moveClockTo(day, (error as { data: { retryAtMs: number } }).data.retryAtMs + 1);
    return call();
  }
}
