import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { run } from '../processes.ts';
import type { Drawn } from './draw-set.ts';

/** Why Tesseract cannot be the peer here, or null. */
export function withoutTesseract(): string | null {
  const { error, stdout } = spawnSync('tesseract', ['--list-langs'], { encoding: 'utf8' });
  if (error) return 'tesseract is not installed';
  return /^chi_sim$/m.test(stdout) ? null : 'tesseract has no chi_sim';
}

/** How many of the pictures' numbers stand in what Tesseract reads, and how long it takes for each, milliseconds. */
export async function tesseractNumbers(dir: string, set: readonly Drawn[]) {
  let exact = 0;
  const start = performance.now();
  for (const { file, specimen } of set) {
    const text = await run('tesseract', [join(dir, file), 'stdout', '-l', 'chi_sim', '--psm', '11']);
    if (text.replace(/\s/g, '').toUpperCase().includes(specimen.number)) exact += 1;
  }
  return { exact, wallMs: (performance.now() - start) / set.length };
}
