import { createHash } from 'node:crypto';
import loadHighs from 'highs';
import { drawFixture } from '../../../electron/features/draw/panels/draw-fixture.ts';
import type { DrawInput } from '../../../electron/features/draw/panels/draw-input.ts';
import { drawPanels } from '../../../electron/features/draw/panels/draw-panels.ts';
import { drawAsProgram } from '../../../electron/features/draw/panels/referee-milp.ts';
import { against, type Benchmark, rounded } from '../bench-line.ts';
import { median, timeMs } from '../measure.ts';

const ROUNDS = 7;
const SEEDS = 2_000;
/** Beyond this the peer is stopped: it is a referee, not an engine. */
const PEER_SECONDS = 120;

const seed = (n: number) => createHash('sha256').update(`bench seed ${n}`).digest();

/** Panels for 500 examiners, 60 rooms and 3 sessions, beside a solver on the same rules; and how even the lottery is. */
export const panelDraw: Benchmark = async (print) => {
  for (const panel of [3, 5]) await fullSize(print, panel);
  uniformity(print);
};

async function fullSize(print: Parameters<Benchmark>[0], panel: number): Promise<void> {
  // Whatever they served before, everybody has the duties of a day to give: with fewer there is no lawful assignment.
  const limits = { inARow: 5, dutiesPerDay: panel > 3 ? 3 : 2 };
  const input = drawFixture(`bench-${panel}`, { examiners: 500, rooms: 60, sessions: 3, panel, limits });
  const times: number[] = [];
  for (let n = 0; n < ROUNDS; n += 1) times.push(await timeMs(() => drawOrThrow(input, n)));
  const ms = median(times);
  const peer = panel === 3 ? await solverMs(input) : null;
  print({
    name: `panel-draw.500x60x3-panels-of-${panel}`,
    value: rounded(ms),
    unit: 'ms',
    goal: '< 500',
    ...(peer && against(ms, peer.ms, 'ms', `HiGHS, the first lawful assignment it finds (${peer.status})`)),
    note: `${(panel + 1) * 180} seats, median of ${ROUNDS}, witness included`,
  });
  print({
    name: `panel-draw.rss-after-panels-of-${panel}`,
    value: rounded(process.memoryUsage().rss / 1e6),
    unit: 'MB',
    ...(panel === 3 ? { note: 'the solver in the same process counts too' } : { goal: '< 250 without the solver' }),
  });
}

function drawOrThrow(input: DrawInput, n: number) {
  const drawn = drawPanels(input, seed(n));
  if (!drawn.ok) throw new Error(drawn.error.code);
  return drawn.value;
}

async function solverMs(input: DrawInput): Promise<{ ms: number; status: string }> {
  const load = loadHighs as unknown as () => Promise<{
    solve(program: string, options: object): { Status: string };
  }>;
  const highs = await load();
  const program = drawAsProgram(input);
  let status = '';
  const ms = await timeMs(() => {
    status = highs.solve(program, { time_limit: PEER_SECONDS }).Status;
  });
  return { ms, status };
}

function uniformity(print: Parameters<Benchmark>[0]): void {
  const input = drawFixture('fair', {
    examiners: 36,
    rooms: 3,
    sessions: 3,
    panel: 3,
    eligiblePercent: 70,
    seniorPercent: 60,
  });
  const duties = new Map<string, number>();
  const leads = new Map<string, number>();
  for (let n = 0; n < SEEDS; n += 1) {
    for (const { examinerId, role } of drawOrThrow(input, n)) {
      duties.set(examinerId, (duties.get(examinerId) ?? 0) + 1);
      if (role === 'lead') leads.set(examinerId, (leads.get(examinerId) ?? 0) + 1);
    }
  }
  const note = `36 examiners, ${SEEDS} seeds; the share by chance alone is about ${rounded(100 / Math.sqrt(SEEDS))} % for rare duties`;
  const seniors = [...new Set<string>(input.panels.flatMap((p) => p.eligible.lead))];
  const markers = [...new Set<string>(input.panels.flatMap((p) => p.eligible.member))];
  print({ name: 'panel-draw.duties-cv', value: rounded(variation(duties, markers)), unit: '%', goal: '<= 3', note });
  print({
    name: 'panel-draw.lead-duties-cv',
    value: rounded(variation(leads, seniors)),
    unit: '%',
    goal: '< 32',
    note,
  });
}

/** Coefficient of variation of the counts, in percent. */
function variation(counts: ReadonlyMap<string, number>, ids: readonly string[]): number {
  const all = ids.map((id) => counts.get(id) ?? 0);
  const mean = all.reduce((a, b) => a + b, 0) / all.length;
  return (100 * Math.sqrt(all.reduce((sum, n) => sum + (n - mean) ** 2, 0) / all.length)) / mean;
}
