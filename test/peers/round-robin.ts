import { request as ask, createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One address before several: each request goes to the next of them that lives, as a city's load balancer does it. */
export class RoundRobin {
  readonly #server: Server;
  readonly #targets = new Map<string, number>();
  #turn = 0;
  /** Who got the last request of each method. */
  readonly lastOf = new Map<string, string>();

  private constructor(server: Server) {
    this.#server = server;
  }

  static async open(): Promise<RoundRobin> {
    const server = createServer();
    const robin = new RoundRobin(server);
    server.on('request', (request, response) => {
      const live = [...robin.#targets];
      const [name, port] = live[robin.#turn++ % Math.max(1, live.length)] ?? [];
      if (name === undefined) return response.writeHead(503).end();
      robin.lastOf.set(request.method ?? '', name);
      const { method, headers, url } = request;
      const onward = ask({ port, host: '127.0.0.1', method, headers, path: url }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => request.socket.destroy());
      request.on('error', () => onward.destroy());
      return request.pipe(onward);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return robin;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  add(name: string, port: number): void {
    this.#targets.set(name, port);
  }
  take(name: string): void {
    this.#targets.delete(name);
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}
