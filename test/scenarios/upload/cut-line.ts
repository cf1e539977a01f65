import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

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
  const pass = (from: IncomingMessage, answer: ServerResponse) => {
    if (dead) return from.socket.destroy();
    const counts = from.method === 'PATCH';
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
      if (dead) return;
      if (counts) sent += piece.length;
      if (!onward.write(piece)) {
        from.pause();
        onward.once('drain', () => from.resume());
      }
      if (sent < limit) return;
      dead = true;
      limit = Number.POSITIVE_INFINITY;
      from.pause();
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
