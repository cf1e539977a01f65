import { openCardCamera } from '../devices/card-camera/open.ts';
import type { CardCamera } from '../devices/card-camera/port.ts';
import type { StartNativeProcess } from '../devices/native-process/port.ts';
import { ok, type Result } from '../lib/result.ts';

export interface LazyCardCamera {
  /** Opens it the first time; where that failed, the next call tries again. */
  get(): Promise<Result<CardCamera, { code: string }>>;
  close(): Promise<void>;
}

/** The reading of photographed cards, opened when first asked for: most doors have a reader that works. */
export function lazyCardCamera(
  instead: CardCamera | undefined,
  startProcess: StartNativeProcess | undefined,
): LazyCardCamera {
  let opening: Promise<Result<CardCamera, { code: string }>> | null = instead ? Promise.resolve(ok(instead)) : null;
  return {
    async get() {
      opening ??= openCardCamera({ startProcess });
      const opened = await opening;
      if (!opened.ok) opening = null;
      return opened;
    },
    async close() {
      const opened = await opening;
      if (opened?.ok) await opened.value.close();
    },
  };
}
