import { connect } from 'node:net';
import { err, ok, type Result } from '../../lib/result.ts';
import type { Line, LineListener, OpenFailure, Transport } from './transport.ts';

const CONNECT_TIMEOUT_MS = 3_000;

/** A reader behind a transparent serial server, or the simulator. */
export function tcpTransport(host: string, port: number): Transport {
  return { label: `TCP ${host}:${port}`, open: (listener) => openTcp(host, port, listener) };
}

function openTcp(host: string, port: number, listener: LineListener): Promise<Result<Line, OpenFailure>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 5_000 });
    let standing = false;
    let closing = false;
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(new Error('no answer to the connection request')));
    socket.on('connect', () => {
      standing = true;
      socket.setTimeout(0);
      resolve(ok({ write: (bytes) => void socket.write(bytes), close }));
    });
    socket.on('data', (chunk) => {
      if (!closing) listener.bytes(chunk);
    });
    // 'close' always follows 'error', so the outcome is decided there.
    socket.on('error', (error: NodeJS.ErrnoException) => {
      if (standing) return;
      const code = error.code === 'EACCES' || error.code === 'EPERM' ? 'no-permission' : 'not-found';
      resolve(err({ code, detail: error.message }));
    });
    socket.on('close', () => {
      if (standing && !closing) listener.broken();
    });

    function close(): Promise<void> {
      closing = true;
      return new Promise((closed) => {
        if (socket.closed) return closed();
        socket.once('close', () => closed());
        socket.destroy();
      });
    }
  });
}
