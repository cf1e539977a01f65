import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from 'vitest';
import { type Bench, describeIdReader } from './behaviour.ts';
import { serialTransport } from './serial-transport.ts';
import { tcpTransport } from './tcp-transport.ts';

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
