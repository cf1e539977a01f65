import { expect, test } from 'vitest';
import { ok } from '../../lib/result.ts';
import type { ReaderTrouble } from './port.ts';
import { COMMANDS } from './sam-commands.ts';
import { encodeFrame } from './sam-frame.ts';
import { SamLine } from './sam-line.ts';
import { DEFAULT_TIMINGS } from './sam-timings.ts';
import type { Timers } from './timers.ts';
import type { LineListener } from './transport.ts';

/** A line whose far end and whose time are moved by hand. */
async function lineByHand() {
  const alarms = new Map<() => void, number>();
  const timers: Timers = {
    after(ms, run) {
      alarms.set(run, ms);
      return () => void alarms.delete(run);
    },
  };
  let far: LineListener | null = null;
  let written = 0;
  const troubles: ReaderTrouble[] = [];
  const transport = {
    label: 'by hand',
    open: async (listener: LineListener) => {
      far = listener;
      const write = () => {
        written += 1;
      };
      return ok({ write, close: async () => {} });
    },
  };
  const opened = await SamLine.open(transport, {
    timers,
    timings: DEFAULT_TIMINGS,
    onTrouble: (t) => troubles.push(t),
  });
  if (!opened.ok || !far) throw new Error('not open');
  const listener: LineListener = far;
  return {
    line: opened.value,
    far: listener,
    troubles,
    written: () => written,
    waitingFor: () => [...alarms.values()],
    /** Every delay that is running ends. */
    timePasses: () => {
      for (const run of [...alarms.keys()]) {
        alarms.delete(run);
        run();
      }
    },
  };
}

const NONE = encodeFrame(Uint8Array.of(0, 0, 0x80));
const FOUND = encodeFrame(Uint8Array.of(0, 0, 0x9f, 0, 0, 0, 0));
const GARBLED = NONE.with(-1, 0);
const turn = () => new Promise<void>((resolve) => queueMicrotask(resolve));

test('an answer ends the wait of five seconds', async () => {
  const { line, far, waitingFor } = await lineByHand();
  const asked = line.ask(COMMANDS.findCard);
  expect(waitingFor()).toEqual([5_000]);
  far.bytes(NONE);
  expect(await asked).toMatchObject({ ok: true, value: { status: 0x80, resent: false } });
  expect(waitingFor()).toEqual([]);
});

test('without a whole answer in time the module is silent, however many bytes came', async () => {
  const { line, far, timePasses } = await lineByHand();
  const asked = line.ask(COMMANDS.findCard);
  far.bytes(NONE.subarray(0, -1));
  timePasses();
  expect(await asked).toEqual({ ok: false, error: 'silent' });
});

test('an answer that comes too late is not taken for the next one', async () => {
  const { line, far, timePasses } = await lineByHand();
  const first = line.ask(COMMANDS.findCard);
  far.bytes(NONE.subarray(0, 6));
  timePasses();
  await first;
  far.bytes(NONE);
  const second = line.ask(COMMANDS.findCard);
  far.bytes(FOUND);
  expect(await second).toMatchObject({ ok: true, value: { status: 0x9f } });
});

test('the tail of a garbled answer runs out before the command is sent again', async () => {
  const { line, far, troubles, timePasses, waitingFor, written } = await lineByHand();
  const asked = line.ask(COMMANDS.findCard);
  far.bytes(Uint8Array.of(...GARBLED, ...FOUND));
  await turn();
  await turn();
  expect([waitingFor(), written()]).toEqual([[DEFAULT_TIMINGS.settleMs], 1]);
  far.bytes(FOUND);
  timePasses();
  await turn();
  await turn();
  expect(written()).toBe(2);
  far.bytes(NONE);
  expect(await asked).toMatchObject({ ok: true, value: { status: 0x80, resent: true } });
  expect(troubles).toEqual([{ command: 'find-card', code: 'checksum', status: null }]);
});

test('a second command in flight is a defect', async () => {
  const { line } = await lineByHand();
  void line.ask(COMMANDS.findCard);
  await expect(line.ask(COMMANDS.findCard)).rejects.toThrow('in flight');
});

test('a broken line ends what is asked and all that is asked later', async () => {
  const { line, far } = await lineByHand();
  const asked = line.ask(COMMANDS.findCard);
  far.broken();
  expect(await asked).toEqual({ ok: false, error: 'line-lost' });
  expect(await line.ask(COMMANDS.findCard)).toEqual({ ok: false, error: 'line-lost' });
});
