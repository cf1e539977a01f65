/**
 * `npm run bench [-- NAME...]`: one line of JSON for each figure on standard output, what goes on on the error output.
 * Nothing here judges a time; the exit code is 1 when a benchmark could not run. The first and the last line say how
 * busy the machine was: figures taken on a busy one are worth their ratio at most.
 */
import { availableParallelism, cpus, loadavg } from 'node:os';
import { type BenchLine, type Benchmark, rounded } from './bench-line.ts';

const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
  'station-start': async () => (await import('./figures/station-start.ts')).stationStart,
  'station-idle-rss': async () => (await import('./figures/station-idle-rss.ts')).stationIdleRss,
  'door-first-paint': async () => (await import('./figures/door-first-paint.ts')).doorFirstPaint,
  faces: async () => async (print) => (await (await import('./faces.ts')).benchFaces()).forEach(print),
  liveness: async () => (await import('./liveness.ts')).benchLiveness,
  'checkin-commit': async () => (await import('./figures/checkin-commit.ts')).checkinCommit,
  'card-to-decision': async () => (await import('./figures/card-to-decision.ts')).cardToDecision,
  'mark-keystroke': async () => (await import('./figures/mark-keystroke.ts')).markKeystroke,
  'put-segment': async () => (await import('./figures/put-segment.ts')).putSegment,
  recording: async () => (await import('./figures/recording.ts')).recording,
  'recording-kill': async () => (await import('./figures/recording-kill.ts')).recordingKill,
  'recording-soak': async () => (await import('./figures/recording-soak.ts')).recordingSoak,
  'live-never-costs': async () => (await import('./figures/live-never-costs.ts')).liveNeverCosts,
  'seal-1gib': async () => (await import('./figures/seal.ts')).seal,
  'verify-1gib': async () => (await import('./figures/verify.ts')).verify,
  'export-512mib': async () => (await import('./figures/export.ts')).exportBench,
  'upload-512mib': async () => (await import('./figures/upload.ts')).upload,
  age: async () => (await import('./figures/age.ts')).age,
  journal: async () => (await import('./figures/journal.ts')).journal,
  'evaluate-panels': async () => (await import('./figures/evaluate-panels.ts')).evaluatePanels,
  'panel-draw': async () => (await import('./figures/panel-draw.ts')).panelDraw,
  coverage: async () => (await import('./figures/coverage.ts')).coverage,
  rtsp: async () => (await import('./figures/rtsp.ts')).rtsp,
  rehearsal: async () => (await import('./figures/rehearsal.ts')).rehearsal,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in BENCHMARKS));
if (unknown.length > 0) {
  console.error(`no such benchmark: ${unknown.join(', ')}\nnpm run bench -- [${Object.keys(BENCHMARKS).join('] [')}]`);
  process.exit(2);
}

const print = (line: BenchLine) => console.log(JSON.stringify(line));
const sayHowBusy = (when: 'before' | 'after') =>
  print({
    name: `machine-load.${when}`,
    value: rounded(loadavg()[0]!),
    unit: 'processes',
    note: `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'unknown'}, node ${process.versions.node}`,
  });

// Leaving in order removes the scratch folders and ends the stations.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

sayHowBusy('before');
for (const [name, load] of Object.entries(BENCHMARKS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  console.error(`== ${name}`);
  try {
    await (await load())(print);
  } catch (error) {
    console.error(`${name} could not run:`, error);
    process.exitCode = 1;
  }
}
sayHowBusy('after');
