import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Centre, type CentreOptions, openCentre } from '../../electron/centre/centre.ts';
import { CENTRE_KEY } from '../../electron/features/plan/plan-fixture.ts';
import { CENTRE, type TestStation } from './open-station.ts';

/** The reference centre behind a real port, which can be stopped, started again, and cut off. */
export class TestCentre {
  readonly folder = mkdtempSync(join(tmpdir(), 'kaodian-centre-'));
  readonly #options: Partial<CentreOptions>;
  /** What the network between does to a request, `POST /uploads`. */
  between: (path: string) => 'pass' | 'cut' | 'away' = () => 'pass';
  /** By its own clock. */
  readonly nowMs = 1_780_000_000_000;
  centre!: Centre;
  #server!: Server;

  constructor(options: Partial<CentreOptions> = {}) {
    this.#options = options;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }
  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** @param port  0 for any */
  async open(port = 0): Promise<void> {
    this.centre = await openCentre({
      dataDir: this.folder,
      name: '样本鉴定中心',
      receiptKey: CENTRE_KEY,
      identities: [CENTRE.identity],
      contentClaims: [],
      clock: { wallMs: () => this.nowMs, monotonicMs: () => 0 },
      rehearsal: false,
      ...this.#options,
    });
    this.#server = createServer((request, response) => {
      const what = this.between(`${request.method} ${request.url}`);
      if (what === 'pass') void this.centre.handle(request, response);
      else if (what === 'away') response.writeHead(503).end();
      else request.socket.destroy();
    });
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
  }

  async shut(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.centre.close();
  }

  /** Makes a station known, with the sessions it may deliver. */
  async knows(st: TestStation, sessionIds: readonly string[] = []): Promise<void> {
    const state = await st.as('site-lead').site.state();
    if (state.kind === 'new') throw new Error('no site');
    const { stationId, siteName, signingKey } = state.site;
    await this.centre.enrol({ stationId, siteName, signingKey });
    await this.centre.expect(stationId, sessionIds);
  }

  async remove(): Promise<void> {
    await this.shut();
    rmSync(this.folder, { recursive: true });
  }
}
