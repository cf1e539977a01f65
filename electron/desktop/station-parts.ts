export interface Closable {
  close(): Promise<void>;
}

export interface RunningServer extends Closable {
  origin: string;
  /** The address a window opens first: carries a fresh one-time token each time it is asked for. */
  entryUrl(path?: string): string;
}

/** The station and its server as a shell sees them; what the station must be handed is the station's to say. */
export interface StationParts<Station extends Closable, Options> {
  openStation(options: Options): Promise<Station>;
  startServer(
    station: Station,
    options: { host: '127.0.0.1'; port: number; rendererDir: string },
  ): Promise<RunningServer>;
}

/**
 * Opens the station and its server; closes what was opened when a later step fails, and in reverse order at the end.
 * `close` may be called again: every call waits for the same closing.
 */
export async function runStation<Station extends Closable, Options>(
  parts: StationParts<Station, Options>,
  options: Options,
  served: { port: number; rendererDir: string },
): Promise<RunningServer & { station: Station }> {
  const station = await parts.openStation(options);
  let server: RunningServer;
  try {
    server = await parts.startServer(station, { host: '127.0.0.1', ...served });
  } catch (cause) {
    await station.close();
    throw new Error(`the station's server could not listen on 127.0.0.1:${served.port}`, { cause });
  }
  let closing: Promise<void> | undefined;
  return {
    station,
    origin: server.origin,
    entryUrl: (path) => server.entryUrl(path),
    close: () => {
      closing ??= server.close().finally(() => station.close());
      return closing;
    },
  };
}
