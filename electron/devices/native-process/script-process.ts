import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startNodeProcess } from './node-process.ts';
import type { NativeProcess } from './port.ts';

const PORT = JSON.stringify(new URL('./station-port.ts', import.meta.url).href);

/** For tests: a real process with the text of a script, in which `port` is its line to the station. */
export function startScript(script: string): NativeProcess {
  const dir = mkdtempSync(join(tmpdir(), 'kaodian-script-'));
  const path = join(dir, 'script.mjs');
  writeFileSync(path, `import { stationPort } from ${PORT};\nconst port = stationPort();\n${script}`);
  const started = startNodeProcess(pathToFileURL(path));
  started.onExit(() => rmSync(dir, { recursive: true }));
  return started;
}
