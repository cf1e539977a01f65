/** The station, as seen from a process that `StartNativeProcess` has started. */
export interface StationPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** Electron's way of talking to a utility process, as far as it is used. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/**
 * This process's line to the station, whichever shell has started it. When the station is gone, so is this process.
 *
 * @throws Error in a process that no station has started
 */
export function stationPort(): StationPort {
  const { parentPort } = process as { parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
    };
  }
  if (!process.send) throw new Error('this script is a process of the station, and no program by itself');
  process.on('disconnect', () => process.exit());
  return {
    post: (message) => void process.send?.(message),
    onMessage: (listener) => void process.on('message', listener),
  };
}
