import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../../lib/result.ts';
import type { ModelVerifyError } from '../verify-models.ts';
import { FaceApiManifest } from './manifest.ts';

/** `face-api.json` of a models folder. */
export async function readFaceApiManifest(modelsDir: string): Promise<Result<FaceApiManifest, ModelVerifyError>> {
  try {
    const parsed = FaceApiManifest.safeParse(JSON.parse(await readFile(join(modelsDir, 'face-api.json'), 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return err({ code: 'manifest-unreadable', reason: `${issue?.path.join('.')}: ${issue?.message}` });
  } catch (cause) {
    return err({ code: 'manifest-unreadable', reason: cause instanceof Error ? cause.message : String(cause) });
  }
}
