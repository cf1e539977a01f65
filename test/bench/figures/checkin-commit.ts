import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { StationClient } from '../../../electron/contract/index.ts';
import { inTransaction, openDatabase } from '../../../electron/db/database.ts';
import { residentCardText } from '../../../electron/devices/id-reader/cards.ts';
import { checkinEvents } from '../../../electron/features/checkin/events.ts';
import {
  type AttemptRecord,
  findRecord,
  insertAdmission,
  insertAttempt,
} from '../../../electron/features/checkin/store.ts';
import type { PlannedCandidate } from '../../../electron/features/plan/plan-schema.ts';
import { type Journal, openJournal } from '../../../electron/journal/journal.ts';
import { systemClock } from '../../../electron/lib/clock.ts';
import type { AttemptId } from '../../../electron/lib/ids.ts';
import { migrations } from '../../../electron/station/migrations.ts';
import { sampleCard } from '../../../resources/sample-day/sample-card.ts';
import { FAKE_READER } from '../../harness/fake-reader.ts';
import { against, type BenchLine, type Benchmark, rounded } from '../bench-line.ts';
import { benchPlan, ROOM, SESSION, setUp, signAll } from '../exam-day.ts';
import { median, percentile, timeMs } from '../measure.ts';
import { clientOf, ENTRIES, enter, removeFolder, type ServedStation, scratchFolder, serve } from '../served-station.ts';

const CHECKINS = 300;
const WARM_UP = 20;
/** What a door's camera gives: a frame of 640 x 480 as JPEG. */
const FRAME_BYTES = 60_000;
const FRAMES = 3;
/** A head turn takes seven; they come no faster than a camera could give them. */
const TURN_FRAMES = 12;
const FRAME_MS = 12;

/**
 * Whole check-ins over HTTP, card, ticket, three frames and the head turn each; the time is that of `checkin.admit` alone: two files
 * encrypted, written and synced, then the commit with its journal entry. After each, on the same disk: one write of
 * 8 KiB with its sync, the least that any durable answer costs.
 */
export const checkinCommit: Benchmark = async (print) => {
  const folder = scratchFolder();
  const station = await serve(ENTRIES.standIn, join(folder, 'data'));
  const bare = openSync(join(folder, 'bare-write'), 'w');
  try {
    const lead = clientOf(station, await enter(station));
    const day = benchPlan(10, CHECKINS + WARM_UP);
    await setUp(lead, day);
    await lead.site.addReader({ label: '读卡器 1', address: FAKE_READER });
    await lead.session.open({ sessionId: SESSION });
    await signAll(lead, day);
    await lead.checkin.lane({ roomId: ROOM });

    const admitMs: number[] = [];
    const writeMs: number[] = [];
    const admitted: string[] = [];
    for (const candidate of day.plan.candidates.slice(12)) {
      const attemptId = await identify(station, lead, candidate);
      admitMs.push(await timeMs(() => lead.checkin.admit({ attemptId })));
      writeMs.push(await timeMs(() => writeAndSync(bare, 8_192)));
      admitted.push(attemptId);
    }
    const [admits, writes] = [admitMs.slice(WARM_UP), writeMs.slice(WARM_UP)];
    report(
      print,
      'checkin-commit',
      admits,
      writes,
      `checkin.admit over HTTP, ${CHECKINS} of them, real files and disk`,
    );
    await station.stop();
    const commits = commitTimes(folder, admitted.slice(0, WARM_UP), bare);
    report(
      print,
      'checkin-commit.sqlite',
      commits.commitMs,
      commits.writeMs,
      'the commit alone: rows and journal entry',
    );
  } finally {
    closeSync(bare);
    if (station.child.exitCode === null) await station.stop();
    removeFolder(folder);
  }
};

function report(print: (line: BenchLine) => void, name: string, values: number[], peers: number[], note: string): void {
  for (const [suffix, share] of [
    ['p50', 0.5],
    ['p99', 0.99],
  ] as const) {
    const value = percentile(values, share);
    print({
      name: `${name}.${suffix}`,
      value: rounded(value),
      unit: 'ms',
      goal: suffix === 'p50' ? '< 25' : '< 100',
      ...against(value, percentile(peers, share), 'ms', `8 KiB and fdatasync, ${suffix}`),
      note,
    });
  }
}

/** Card, ticket and face of one candidate, up to where only the admission is left. */
async function identify(station: ServedStation, lead: StationClient, candidate: PlannedCandidate): Promise<AttemptId> {
  const text = [...residentCardText({ ...sampleCard(candidate), name: candidate.name })];
  station.child.send({ text });
  const { attemptId } = await lead.checkin.presentTicket({ roomId: ROOM, text: candidate.ticketNumber });
  let attempt = null;
  for (let i = 0; i < FRAMES; i += 1) {
    const frame = new Blob([`face ${candidate.candidateId} 1 ${i} `, new Uint8Array(FRAME_BYTES)]);
    ({ attempt } = await lead.checkin.presentFace({ attemptId, frame }));
  }
  for (let i = 0; i < TURN_FRAMES && attempt?.liveness.kind === 'going-on'; i += 1) {
    const { say } = attempt.liveness;
    const turned = say === 'turn-left' ? 1 : say === 'turn-right' ? -1 : 0;
    const held = JSON.stringify({ yawDeg: 24 * turned, turn: 0.6 * turned });
    const frame = new Blob([`head ${candidate.candidateId} 1 ${i} ${held} `, new Uint8Array(FRAME_BYTES)]);
    const next = wait(FRAME_MS);
    ({ attempt } = await lead.checkin.presentFace({ attemptId, frame }));
    await next;
  }
  if (attempt?.decision.kind !== 'admit') throw new Error(`the door says ${JSON.stringify(attempt?.decision)}`);
  return attemptId;
}

/** The rows of real check-ins put into a fresh database again and again, each in a commit of its own. */
function commitTimes(folder: string, admitted: readonly string[], bare: number) {
  const source = openDatabase(join(folder, 'data', 'station.db'), migrations);
  const records = admitted.map((attemptId) => findRecord(source, attemptId)!);
  source.raw.close();
  const db = openDatabase(join(folder, 'commits.db'), migrations);
  const journal = openJournal(db, systemClock, 'bench');
  const commitMs: number[] = [];
  const writeMs: number[] = [];
  try {
    for (let i = 0; i < CHECKINS; i += 1) {
      const record = records[i % records.length]!;
      const start = performance.now();
      inTransaction(db, (w) => commitOne(w, journal, record, i));
      commitMs.push(performance.now() - start);
      const written = performance.now();
      writeAndSync(bare, 8_192);
      writeMs.push(performance.now() - written);
    }
  } finally {
    db.raw.close();
  }
  console.error(`   median of the bare write beside the commits: ${rounded(median(writeMs))} ms`);
  return { commitMs, writeMs };
}

function commitOne(w: Parameters<typeof insertAttempt>[0], journal: Journal, record: AttemptRecord, i: number): void {
  const { attempt } = record;
  const attemptId = `A-${i}` as AttemptId;
  insertAttempt(w, { sessionId: SESSION, roomId: ROOM }, 'admitted', { ...record, attempt: { ...attempt, attemptId } });
  insertAdmission(w, SESSION, { candidateId: `C-${i}`, roomId: ROOM, attemptId, atMs: Date.now(), byName: '样本' });
  journal.append(
    w,
    { kind: 'station' },
    checkinEvents.admitted,
    {
      attemptId,
      candidateId: attempt.candidateId,
      roomId: ROOM,
      lane: 1,
      seat: attempt.place?.seat ?? null,
      decision: attempt.decision.kind,
      edges: attempt.edges,
      documentBy: attempt.documentBy,
      ticketPresented: true,
      consent: attempt.consent?.face ?? null,
      liveness: attempt.liveness.kind,
      turn: record.turn,
      like: record.like,
      engine: record.engine?.name ?? null,
      frameSha256: record.frameSha256,
      evidence: record.evidence,
    },
    SESSION,
  );
}

const page = Buffer.alloc(8_192, 1);
function writeAndSync(file: number, bytes: number): void {
  writeSync(file, page, 0, bytes);
  fdatasyncSync(file);
}
