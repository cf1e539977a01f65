import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../../lib/clock.ts';
import { QUICK, reached, SAM_ID, specimenCard, WALL_MS } from './behaviour.ts';
import { describeSamReader, type LineBench, onReader } from './behaviour-sam.ts';
import { BAUD_RATES } from './sam-commands.ts';
import { openSamReader } from './sam-session.ts';
import { serialTransport } from './serial-transport.ts';
import { type SimulatedReader, startSimulatedReader } from './simulated.ts';
import { tcpTransport } from './tcp-transport.ts';
import type { LineListener, Transport } from './transport.ts';

describeSamReader('a reader over TCP', () => ({
  transportTo: async (reader) => tcpTransport(reader.host, reader.port),
  close: async () => {},
}));

/** The serial driver against a real pseudo terminal; python3 has what Node lacks to open one. */
function ptyLine(): LineBench {
  const bridges: (() => Promise<void>)[] = [];
  let link: string | null = null;
  return {
    async transportTo(reader) {
      if (!link) {
        const folder = await mkdtemp(join(tmpdir(), 'kaodian-pty-'));
        link = join(folder, 'reader');
        const script = join(import.meta.dirname, 'pty-bridge.py');
        const bridge = spawn('python3', [script, reader.host, String(reader.port), link], {
          stdio: ['pipe', 'inherit', 'inherit'],
        });
        const ended = new Promise<void>((resolve) => bridge.once('exit', () => resolve()));
        bridges.push(async () => {
          bridge.stdin.end();
          await ended;
          await rm(folder, { recursive: true });
        });
      }
      return serialTransport(link);
    },
    async close() {
      for (const end of bridges) await end();
    },
  };
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['-c', 'import pty, tty']);
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(process.platform === 'win32' || !hasPython())('with python3 for the pseudo terminal', () => {
  describeSamReader('a reader on a serial port', ptyLine);
});

describe('a defect costs the line, never the station', () => {
  afterEach(() => void vi.restoreAllMocks());
  const complaints = () => vi.spyOn(console, 'error').mockImplementation(() => {});
  const clock = new ManualClock(WALL_MS);
  const timings = QUICK;

  test('an address that cannot even be tried is a lost reader', async () => {
    const said = complaints();
    const reader = openSamReader('door-1', tcpTransport('127.0.0.1', 99_999), { clock, timings });
    await reached(reader, { kind: 'lost', reason: 'not-found', sinceMs: WALL_MS });
    await reader.close();
    expect(said.mock.calls[0]![0]).toBe('the line to door-1 failed:');
  });

  test('a line that throws is lost as if unplugged, and opened again', async () => {
    complaints();
    const peer = await startSimulatedReader({ port: 0 });
    const real = tcpTransport(peer.host, peer.port);
    let broken = true;
    const transport: Transport = {
      label: real.label,
      async open(listener) {
        const opened = await real.open(listener);
        if (!opened.ok || !broken) return opened;
        const write = () => {
          throw new Error('the port is gone');
        };
        return { ok: true, value: { ...opened.value, write } };
      },
    };
    const reader = openSamReader('door-1', transport, { clock, timings });
    await reached(reader, { kind: 'lost', reason: 'unplugged', sinceMs: WALL_MS });
    broken = false;
    await reached(reader, { kind: 'waiting' });
    await reader.close();
    await peer.close();
  });

  test('whoever cannot take up the news does not keep the next from it', async () => {
    const said = complaints();
    const peer = await startSimulatedReader({ port: 0 });
    const reader = openSamReader('door-1', tcpTransport(peer.host, peer.port), { clock, timings });
    const fail = () => {
      throw new Error('database or disk is full');
    };
    reader.onState(fail);
    reader.onCard(fail);
    peer.place(onReader(specimenCard(1)));
    await reached(reader, { kind: 'take-away' });
    await reader.close();
    await peer.close();
    expect(said).toHaveBeenCalledWith("the reader's news could not be taken up:", 'database or disk is full');
  });
});

/** A serial line as it is: what is sent at another speed than the module's is noise to it, and its answers likewise. */
const atItsSpeed = (peer: SimulatedReader): Transport => ({
  label: 'a line with a speed',
  baudRates: BAUD_RATES,
  open(listener, baudRate) {
    const opened = { ...listener, bytes: (chunk: Uint8Array) => peer.baudRate === baudRate && listener.bytes(chunk) };
    return tcpTransport(peer.host, peer.port)
      .open(opened as LineListener)
      .then((line) => {
        if (!line.ok) return line;
        const write = (bytes: Uint8Array) => {
          if (peer.baudRate === baudRate) line.value.write(bytes);
        };
        return { ok: true, value: { ...line.value, write } };
      });
  },
});

describe('a module that another program set to a slow speed', () => {
  const timings = { ...QUICK, replyTimeoutMs: 500, trialTimeoutMs: 150 };
  test.each([19_200, 9_600] as const)('is found at %i, asked to be fast, and serves', async (baudRate) => {
    const peer = await startSimulatedReader({ port: 0, baudRate });
    const reader = openSamReader('door-1', atItsSpeed(peer), { timings });
    while (reader.state().kind !== 'waiting') await setImmediate();
    expect([peer.baudRate, peer.received('set-baud'), reader.samId()]).toEqual([115_200, 1, SAM_ID]);
    await reader.close();
    await peer.close();
  });

  test('one that does not follow is served at its own', async () => {
    const peer = await startSimulatedReader({ port: 0, baudRate: 38_400 });
    peer.fault({ kind: 'status', status: 0x21, command: 'set-baud' });
    const reader = openSamReader('door-1', atItsSpeed(peer), { timings });
    while (reader.state().kind !== 'waiting') await setImmediate();
    expect([peer.baudRate, peer.received('set-baud')]).toEqual([38_400, 1]);
    await reader.close();
    await peer.close();
  });
});
