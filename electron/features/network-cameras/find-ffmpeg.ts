import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The system's ffmpeg: the one named by KAODIAN_FFMPEG, or the first on PATH; null where there is none. */
export function findFfmpeg(env: NodeJS.ProcessEnv): string | null {
  const named = env.KAODIAN_FFMPEG;
  const names = process.platform === 'win32' ? ['ffmpeg.exe'] : ['ffmpeg'];
  const places = named
    ? [named]
    : (env.PATH ?? '').split(delimiter).flatMap((folder) => (folder === '' ? [] : names.map((n) => join(folder, n))));
  return places.find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
