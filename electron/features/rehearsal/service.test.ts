import { EventEmitter, once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { codeOf, openTestStation } from '../../../test/harness/open-station.ts';
import { ManualClock } from '../../lib/clock.ts';
import { RehearsalRunner } from './service.ts';

const step = (name: string, result: string) => ({
  step: name,
  title: { zh: '步骤', en: 'Step' },
  result,
  detail: '',
  tookMs: 1,
});
/** A runner of a small program instead of a whole day; `ended` resolves when it is over. */
function runnerOf(program: string) {
  const news = new EventEmitter();
  const runner: RehearsalRunner = new RehearsalRunner({
    clock: new ManualClock(5),
    command: { file: process.execPath, args: ['-e', program], env: {} },
    changed: () => news.emit(runner.status().state === 'running' ? 'news' : 'over'),
  });
  return { runner, ended: () => once(news, 'over'), heard: () => once(news, 'news') };
}
const say = (...lines: unknown[]) => lines.map((l) => `console.log(${JSON.stringify(JSON.stringify(l))});`).join('');

describe('the runner', () => {
  test('hears step by step, the last state of each, and where the results lie', async () => {
    const lines = [
      step('plan', 'running'),
      step('plan', 'as-expected'),
      { folder: '/样本' },
      step('door', 'as-expected'),
    ];
    const { runner, ended } = runnerOf(`console.log('not json');${say(...lines, { step: 7 })}`);
    expect(runner.status().state).toBe('idle');
    const over = ended();
    expect(runner.start()).toMatchObject({ ok: true, value: { state: 'running', startedAtMs: 5 } });
    expect(runner.start()).toEqual({ ok: false, error: { code: 'ALREADY_RUNNING' } });
    await over;
    expect(runner.status()).toMatchObject({ state: 'passed', folder: '/样本', steps: [lines[1], lines[3]] });
  });

  test('a day that did not go as expected, or did not begin, has failed', async () => {
    const day = runnerOf('process.exitCode = 1');
    const over = day.ended();
    day.runner.start();
    await over;
    expect(day.runner.status().state).toBe('failed');

    const news = new EventEmitter();
    const command = { file: '/no/such/program', args: [], env: {} };
    const none: RehearsalRunner = new RehearsalRunner({
      clock: new ManualClock(5),
      command,
      changed: () => none.status().state === 'failed' && news.emit('over'),
    });
    const failed = once(news, 'over');
    none.start();
    await failed;
    expect(none.status().state).toBe('failed');
  });

  test('a cancelled day ends as cancelled, and another can begin', async () => {
    const { runner, ended, heard } = runnerOf(`${say(step('plan', 'running'))}setInterval(() => {}, 1000)`);
    runner.start();
    await heard();
    const over = ended();
    expect(runner.cancel().state).toBe('cancelled');
    await over;
    expect(runner.status().state).toBe('cancelled');
    expect(runner.start().ok).toBe(true);
    const again = ended();
    runner.cancel();
    await again;
  });
});

describe('the clock of a rehearsal', () => {
  test('moves forward only, on record, and counts as no jump', async () => {
    const st = await openTestStation({ rehearsal: true });
    const { rehearsal } = st.as('site-lead');
    const toWallMs = st.clock.wallMs() + 3_600_000;
    expect(await rehearsal.moveClock({ toWallMs })).toEqual({ wallMs: toWallMs });
    st.tick();
    expect(await codeOf(rehearsal.moveClock({ toWallMs: toWallMs - 1 }))).toBe('BACKWARDS');
    for (const slip of [toWallMs + 0.5, 1e15, Number.NaN]) {
      expect(await codeOf(rehearsal.moveClock({ toWallMs: slip }))).toBe('BAD_REQUEST');
    }
    expect(st.journalEvents()).toEqual(['rehearsal.clock-moved', 'rehearsal.clock-refused']);
  });

  test('is moved in no real station', async () => {
    const st = await openTestStation({ plan: null });
    const wish = { toWallMs: st.clock.wallMs() + 1 };
    expect(await codeOf(st.as('site-lead').rehearsal.moveClock(wish))).toBe('NOT_A_REHEARSAL');
    expect(st.journalEvents()).toEqual(['rehearsal.clock-refused']);
  });
});
