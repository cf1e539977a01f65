import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** About a gigabit line's third; a centre's disk keeps up, so that little waits in sockets. */
const BYTES_PER_MS = 40_000;

/** What goes over the line between a station and its centre, and where it is cut. */
export interface CutLine {
  address: string;
  /** Bytes of archives that were sent over the line. */
  sentBytes(): number;
  /** At this many bytes the line stops, and `reached` is called; it stays dead until `mend`. */
  cutAt(bytes: number, reached: () => void): void;
  mend(): void;
  close(): Promise<void>;
}

/** @param port  where the centre listens */
export async function openCutLine(port: number): Promise<CutLine> {
  let sent = 0;
  let limit = Number.POSITIVE_INFINITY;
  let reached = () => {};
  let dead = false;
  /** How often the line was cut. */
  let age = 0;
  const pass = (from: IncomingMessage, answer: ServerResponse) => {
    if (dead) return from.socket.destroy();
    const counts = from.method === 'PATCH';
    const born = age;
    const stale = () => age !== born;
    const { method, url, headers } = from;
    const onward = request({ host: '127.0.0.1', port, method, path: url, headers }, (said) => {
      answer.writeHead(said.statusCode ?? 502, said.headers);
      said.pipe(answer);
      said.once('error', () => answer.destroy());
    });
    const cut = () => {
      from.socket.destroy();
      onward.destroy();
    };
    onward.once('error', cut);
    from.once('close', () => {
      if (!from.complete) onward.destroy();
    });
    from.on('data', (piece: Buffer) => {
      if (counts) sent += piece.length;
      // The next piece comes once this one is through: what lies between the two is little, and dies with the connection.
      from.pause();
      const through = new Promise<void>((done) => onward.write(piece, () => done()));
      const inTime = setTimeout(piece.length / BYTES_PER_MS);
      void Promise.all([through, inTime]).then(() => {
        // A line that was dead never takes up an old connection again: that would leave a hole in the stream.
        if (!dead && !stale()) from.resume();
      });
      if (sent < limit) return;
      dead = true;
      age += 1;
      limit = Number.POSITIVE_INFINITY;
      reached();
    });
    from.once('end', () => onward.end());
  };
  const server = createServer(pass);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sentBytes: () => sent,
    cutAt: (bytes, then) => {
      limit = bytes;
      reached = then;
    },
    mend: () => {
      dead = false;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
