import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { samplePlan } from '../../resources/sample-day/sample-plan.ts';
import { startSimulatedReader } from '../devices/id-reader/simulated.ts';
import type { Plan } from '../features/plan/plan-schema.ts';
import { newCast } from './cast.ts';
import { openCentre } from './centre.ts';
import type { Day } from './day.ts';
import { NotAsExpected, StationGone } from './expectation.ts';
import { Interruption, type KillPoint } from './interruption.ts';
import { Ledger } from './ledger.ts';
import { drawnPictures, realPictures } from './pictures.ts';
import { standUpAgain } from './stand-up-again.ts';
import { type PowerDisk, type ServeCommand, StationProcess } from './station-process.ts';
import type { Played, Step } from './step.ts';
import { daySteps, stationSteps } from './steps/day-steps.ts';

export interface RehearsalWishes {
  serve: ServeCommand;
  /** Record a room by a real browser, where there is one. */
  browser: boolean;
  /** Real photographs of people; false: drawn specimens, and everyone is admitted by two persons. */
  faces: boolean;
  /** Kill the station once in the middle of the day. */
  kill: boolean;
  /** Kill it so often besides, at points drawn from the seed. */
  kills?: { count: number; seed: number };
  /** A disk of the station's own: then every kill is a power cut. */
  disk?: PowerDisk;
  /** Looks at the data folder of a station that was killed, before it is started again. */
  whileDown?: (dataDir: string) => Promise<void>;
  /** Told of every step when it begins and when it ends. */
  onStep?: (step: Played) => void;
  signal?: AbortSignal;
}

export interface Rehearsed {
  steps: Played[];
  asExpected: boolean;
  tookMs: number;
  calls: number;
  kills: readonly (KillPoint & { path: string })[];
  complaints: string;
  day: Day;
}

/** The session starts so much after the rehearsal does; its clock is moved there. */
const START_IN_MS = 40 * 60_000;
const MINUTE_MS = 60_000;

/**
 * Plays the sample exam day against a station process of its own, and hands the day over before everything of it is
 * taken away.
 *
 * @param keep  called with the finished day while its folder still stands
 */
export async function rehearse(wishes: RehearsalWishes, keep: (r: Rehearsed) => Promise<void>): Promise<Rehearsed> {
  const folder = await mkdtemp(join(tmpdir(), 'kaodian-rehearsal-'));
  const reader = await startSimulatedReader({ port: 0 });
  const passphrase = randomBytes(12).toString('base64url');
  const station = new StationProcess(wishes.serve, folder, passphrase, wishes.disk ?? null);
  let day: Day | null = null;
  try {
    const pictures = (wishes.faces ? await realPictures() : null) ?? (await drawnPictures());
    const centre = openCentre();
    const startsAtMs = Math.ceil((Date.now() + START_IN_MS) / MINUTE_MS) * MINUTE_MS;
    const plan = withPassport(samplePlan({ startsAtMs, centre: centre.card, photoHashes: pictures.hashes }));
    const today: Day = {
      folder,
      station,
      passphrase,
      interruption: new Interruption(() => station.kill()),
      ledger: new Ledger(),
      centre,
      plan,
      pictures,
      reader,
      cast: newCast(plan.examiners),
      wishes: { browser: wishes.browser, kill: wishes.kill },
      whileDown: wishes.whileDown ?? (async () => {}),
      desks: new Map(),
      staffIds: new Map(),
      marks: new Map(),
      outcomes: new Map(),
      registeredSigners: '',
      checkpoint: null,
      window: null,
      segments: 0,
      bundle: null,
      bundleDir: null,
    };
    day = today;
    const begunMs = performance.now();
    const steps = daySteps(today);
    if (wishes.kills) today.interruption.plan(wishes.kills.count, stationSteps(steps), wishes.kills.seed);
    wishes.signal?.addEventListener('abort', () => void station.stop());
    const played = await playAll(today, steps, wishes);
    const rehearsed: Rehearsed = {
      steps: played,
      asExpected: played.every((s) => s.result !== 'not-as-expected'),
      tookMs: Math.round(performance.now() - begunMs),
      calls: today.interruption.calls,
      kills: today.interruption.done,
      complaints: await station.complaints(),
      day: today,
    };
    await keep(rehearsed);
    return rehearsed;
  } finally {
    await day?.window?.close().catch(() => undefined);
    await station.stop();
    await wishes.disk?.takeAway();
    await reader.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The sample plan, in which C12 has a passport (a specimen number) and no resident card. */
const withPassport = (plan: Plan): Plan => ({
  ...plan,
  candidates: plan.candidates.map((c) =>
    c.candidateId === 'C12' ? { ...c, documentType: 'other' as const, documentNumber: 'E00000012' } : c,
  ),
});

async function playAll(day: Day, steps: readonly Step[], wishes: RehearsalWishes): Promise<Played[]> {
  const played: Played[] = [];
  for (const [i, step] of steps.entries()) {
    wishes.signal?.throwIfAborted();
    const about = { step: step.id, title: step.title };
    wishes.onStep?.({ ...about, result: 'running', found: { zh: '', en: '' }, tookMs: 0 });
    const begunMs = performance.now();
    day.interruption.beginStep(i);
    const outcome = await playOne(day, step);
    wishes.signal?.throwIfAborted();
    await day.interruption.endStep();
    const done = { ...about, ...outcome, tookMs: Math.round(performance.now() - begunMs) };
    played.push(done);
    wishes.onStep?.(done);
    if (done.result === 'not-as-expected' && step.vital) break;
  }
  return played;
}

/** Plays a step, again from its beginning as often as the station is killed in its middle. */
async function playOne(day: Day, step: Step): Promise<Pick<Played, 'result' | 'found'>> {
  for (;;) {
    try {
      const found = await step.play(day);
      return { result: found.skipped ? 'skipped' : 'as-expected', found };
    } catch (error) {
      if (!(error instanceof StationGone)) return failed(error);
    }
    try {
      await standUpAgain(day);
    } catch (error) {
      return failed(error);
    }
  }
}

function failed(error: unknown): Pick<Played, 'result' | 'found'> {
  const text = error instanceof NotAsExpected ? error.message : describe(error);
  return { result: 'not-as-expected', found: { zh: text, en: text } };
}

const describe = (error: unknown): string => {
  const { code, data } = error as { code?: unknown; data?: unknown };
  if (code !== undefined) return `unexpected ${String(code)} ${JSON.stringify(data ?? null).slice(0, 300)}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
