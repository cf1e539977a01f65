import { ok, type Result } from '../../lib/result.ts';
import { openFaceApiEngine } from './face-api/open.ts';
import { type FaceEngineOpenError, type FaceEnginePlace, openFaceEngine } from './open.ts';
import type { FaceEngine } from './port.ts';

/** `insteadOf`: why the first engine is not the one, in the words of what refused; null when it is. */
export type ChosenEngine = { engine: FaceEngine; insteadOf: { reason: string } | null };

type Open = (where: FaceEnginePlace) => Promise<Result<FaceEngine, FaceEngineOpenError>>;

/**
 * The engine this machine can run: onnxruntime, or face-api where the native library does not load, as on a Windows PC without its
 * C++ runtime. Models that are missing or changed are no reason to change over: somebody has to see to them. When neither
 * opens, the error is the first one's, which is the one to mend.
 *
 * @param only  leaves the choice out, for trials and tests
 */
export async function openUsableFaceEngine(
  modelsDir: string,
  {
    only,
    first = openFaceEngine,
    second = openFaceApiEngine,
    startProcess,
  }: {
    only?: EngineName | undefined;
    first?: Open;
    second?: Open;
    startProcess?: FaceEnginePlace['startProcess'];
  } = {},
): Promise<Result<ChosenEngine, FaceEngineOpenError>> {
  const opened = only === 'face-api' ? null : await first({ modelsDir, startProcess });
  if (opened?.ok) return ok({ engine: opened.value, insteadOf: null });
  if (opened && (only === 'onnxruntime' || opened.error.code !== 'native-library')) return opened;
  const other = await second({ modelsDir, startProcess });
  if (other.ok) return ok({ engine: other.value, insteadOf: { reason: reasonOf(opened?.error) } });
  return opened ?? other;
}

export type EngineName = 'onnxruntime' | 'face-api';

/** KAODIAN_FACE_ENGINE: for a trial of the other engine on a machine that could run either. Anything else is no wish. */
export function engineWish({ KAODIAN_FACE_ENGINE: named }: NodeJS.ProcessEnv): EngineName | undefined {
  return named === 'onnxruntime' || named === 'face-api' ? named : undefined;
}

const reasonOf = (error: FaceEngineOpenError | undefined): string =>
  error?.code === 'native-library' ? error.reason : 'KAODIAN_FACE_ENGINE=face-api';
