import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { DetailedError, Upload } from 'tus-js-client';
import { err, ok, type Result } from '../../lib/result.ts';
import { type TarLayout, TarSourceChanged, tarBytes } from '../../lib/write-tar.ts';
import type { SignedAnnouncement } from './announcement.ts';

export type SendWish = {
  /** The centre's address for new uploads. */
  endpoint: string;
  /** Where an earlier try got to; null for a new upload. */
  uploadUrl: string | null;
  layout: TarLayout;
  announcement: SignedAnnouncement;
  /** Bytes of one request; a request that is cut keeps what the centre has written of it. */
  chunkBytes: number;
  /** Asked before every piece, so that a change counts at once; null: as fast as it goes. */
  bytesPerSecond: () => number | null;
  signal: AbortSignal;
  /** The upload has an address now: to be kept before the first byte goes. */
  onUrl: (url: string) => void;
  /** Bytes of the archive that left this machine, those of earlier tries among them. */
  onProgress: (sentBytes: number) => void;
};

export type SendError =
  /** No answer, or none for `STALL_MS`: try again later. */
  | { code: 'CENTRE_UNREACHABLE' }
  /** An answer that trying again soon will not change. `reason`: the centre's code, empty when it gave none. */
  | { code: 'CENTRE_REFUSED'; status: number; reason: string }
  | { code: 'STOPPED' }
  /** A file of the bundle is no longer what it was sealed as. */
  | { code: 'BUNDLE_CHANGED' };

/** Longer than a centre's disk ever takes for a piece, shorter than a person waits. */
const STALL_MS = 60_000;

/**
 * Sends the archive by tus 1.0 from where the centre has it. Resolves once the centre has every byte; whether it accepts the
 * bundle is another question, answered by the receipt. Never throws on what the network does.
 */
export async function sendArchive(wish: SendWish): Promise<Result<true, SendError>> {
  const { layout, signal } = wish;
  if (signal.aborted) return err({ code: 'STOPPED' });
  let sourceFault: unknown;
  let reading: Readable | undefined;
  let stalled: NodeJS.Timeout | undefined;
  const { promise, resolve } = Promise.withResolvers<Result<true, SendError>>();

  const source = {
    size: layout.sizeBytes,
    slice: async (start: number, end: number) => {
      const to = Math.min(end, layout.sizeBytes);
      const body = Readable.from(throttled(tarBytes(layout, start, to), wish.bytesPerSecond), { objectMode: false });
      body.once('error', (cause) => {
        sourceFault = cause;
        stop();
      });
      reading = body;
      return { value: Object.assign(body, { size: to - start }), done: to >= layout.sizeBytes };
    },
    close: () => {},
  };
  const upload = new Upload(Buffer.alloc(0), {
    endpoint: wish.endpoint,
    uploadUrl: wish.uploadUrl,
    uploadSize: layout.sizeBytes,
    chunkSize: wish.chunkBytes,
    metadata: { ...wish.announcement },
    fileReader: { openFile: async () => source },
    storeFingerprintForResuming: false,
    // When to try again is the queue's to say: it remembers beyond this process.
    retryDelays: null,
    onUploadUrlAvailable: () => {
      if (upload.url !== null) wish.onUrl(upload.url);
    },
    onProgress: (sentBytes) => {
      watch();
      wish.onProgress(sentBytes);
    },
    onSuccess: () => resolve(ok(true)),
    onError: (cause) => resolve(err(errorOf(cause))),
  });
  const stop = () => {
    void upload.abort();
    resolve(err(sourceFault instanceof TarSourceChanged ? { code: 'BUNDLE_CHANGED' } : { code: 'STOPPED' }));
  };
  const watch = () => {
    clearTimeout(stalled);
    stalled = setTimeout(() => {
      void upload.abort();
      resolve(err({ code: 'CENTRE_UNREACHABLE' }));
    }, STALL_MS);
  };
  signal.addEventListener('abort', stop, { once: true });
  watch();
  upload.start();
  try {
    return await promise;
  } finally {
    clearTimeout(stalled);
    signal.removeEventListener('abort', stop);
    // A request that was cut leaves its body unread: the file it was reading is closed here.
    reading?.destroy();
    if (sourceFault !== undefined && !(sourceFault instanceof TarSourceChanged)) {
      console.error('a bundle could not be read for sending:', sourceFault);
    }
  }
}

function errorOf(cause: Error | DetailedError): SendError {
  const response = cause instanceof DetailedError ? cause.originalResponse : null;
  if (!response || response.getStatus() === 0 || response.getStatus() === 423 || response.getStatus() >= 500) {
    // 507 is the centre's disk: it says so by name, and it may be mended by tomorrow.
    const reason = response ? reasonIn(response.getBody()) : '';
    return reason === ''
      ? { code: 'CENTRE_UNREACHABLE' }
      : { code: 'CENTRE_REFUSED', status: response!.getStatus(), reason };
  }
  return { code: 'CENTRE_REFUSED', status: response.getStatus(), reason: reasonIn(response.getBody()) };
}

/** The code in a refusal's body; a stranger's text, so only a short plain word is taken. */
function reasonIn(body: string): string {
  return /^\{"code":"([A-Z_]{2,40})"\}/.exec(body.slice(0, 200))?.[1] ?? '';
}

/** Lets pieces through no faster than allowed, counted from when the stretch began. */
async function* throttled(pieces: AsyncIterable<Buffer>, limit: () => number | null): AsyncGenerator<Buffer> {
  let dueMs = performance.now();
  for await (const piece of pieces) {
    const bytesPerSecond = limit();
    const nowMs = performance.now();
    dueMs = Math.max(dueMs, nowMs - 1_000);
    if (bytesPerSecond !== null) {
      dueMs += (piece.length / bytesPerSecond) * 1_000;
      if (dueMs > nowMs) await pause(dueMs - nowMs);
    }
    yield piece;
  }
}
