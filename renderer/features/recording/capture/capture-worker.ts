import { unreachable } from '../../../../electron/lib/result.ts';
import { CameraCapture } from './camera-capture.ts';
import { FrameStamper } from './frame-stamper.ts';
import type { FromCapture, ToCapture } from './messages.ts';

/** The part of a dedicated worker's global scope that is used here. */
const scope = globalThis as unknown as {
  postMessage(message: FromCapture, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<ToCapture>) => void) | null;
};

const tell = (message: FromCapture, transfer: Transferable[] = []): void => scope.postMessage(message, transfer);

let capture: CameraCapture | null = null;
let work: Promise<void> = Promise.resolve();
const watch = setInterval(() => void capture?.watch(), 500);

async function obey(message: ToCapture): Promise<void> {
  switch (message.kind) {
    case 'overlay':
      capture = new CameraCapture(new FrameStamper(message.glyphs, message.label), tell);
      break;
    case 'source':
      await capture?.open(message);
      break;
    case 'clock':
      capture?.heardClock(message.stationOffsetMs);
      break;
    case 'release':
      await capture?.release();
      tell({ kind: 'released' });
      break;
    case 'end':
      await capture?.release();
      clearInterval(watch);
      tell({ kind: 'ended' });
      break;
    default:
      unreachable(message);
  }
}

// One at a time: a device opened while the last is still being flushed must wait.
scope.onmessage = (event) => {
  work = work.then(() => obey(event.data));
};
