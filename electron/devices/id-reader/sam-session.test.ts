import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ManualClock } from '../../lib/clock.ts';
import { type Bench, describeIdReader, reached, specimenCard, WALL_MS } from './behaviour.ts';
import { openSamReader } from './sam-session.ts';
import { serialTransport } from './serial-transport.ts';
import { startSimulatedReader } from './simulated.ts';
import { tcpTransport } from './tcp-transport.ts';
import type { Transport } from './transport.ts';

describeIdReader('a reader over TCP', () => ({
  transportTo: async (reader) => tcpTransport(reader.host, reader.port),
  close: async () => {},
}));

/** The serial driver against a real pseudo terminal; python3 has what Node lacks to open one. */
function ptyBench(): Bench {
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
  describeIdReader('a reader on a serial port', ptyBench);
});

describe('a defect costs the line, never the station', () => {
  afterEach(() => void vi.restoreAllMocks());
  const complaints = () => vi.spyOn(console, 'error').mockImplementation(() => {});
  const clock = new ManualClock(WALL_MS);
  const timings = { pollMs: 2, settleMs: 5, reopenFirstMs: 5, reopenLastMs: 20 };

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
    peer.place(specimenCard(1));
    await reached(reader, { kind: 'take-away' });
    await reader.close();
    await peer.close();
    expect(said).toHaveBeenCalledWith("the reader's news could not be taken up:", 'database or disk is full');
  });
});
