import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import { ModelManifest } from './manifest.ts';
import type { ModelVerifyError } from './verify-models.ts';

/** `manifest.json` of a models folder. */
export async function readManifest(modelsDir: string): Promise<Result<ModelManifest, ModelVerifyError>> {
  try {
    const parsed = ModelManifest.safeParse(JSON.parse(await readFile(join(modelsDir, 'manifest.json'), 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return err({ code: 'manifest-unreadable', reason: `${issue?.path.join('.')}: ${issue?.message}` });
  } catch (cause) {
    return err({ code: 'manifest-unreadable', reason: cause instanceof Error ? cause.message : String(cause) });
  }
}
