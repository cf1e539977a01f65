import { spawn } from 'node:child_process';
import { lstat, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '../../lib/result.ts';
import { CARD_PHOTO, cardPhotoJpeg } from './card-photo.ts';
import { type DecoderCommand, INPUT_FILE, OUTPUT_FILE } from './command-line.ts';
import type { DecodeFailure, PhotoDecoder } from './port.ts';

/** A bitmap of a card's photo has 38,862 bytes. */
const MAX_OUTPUT_BYTES = 1024 * 1024;
/** A person waits at the door meanwhile. */
const TIME_LIMIT_MS = 3_000;

/**
 * Runs the site's decoder once for each photo. The photo goes in by `{wlt}` (a file of its own folder, gone afterwards)
 * or, without that, on standard input; the picture comes out at `{picture}`, or else on standard output. No shell, hardly
 * an environment, a time and a size limit; what it started itself ends with it. What comes out must be a whole bitmap or
 * JPEG of 102 x 126 pixels.
 */
export function externalDecoder(
  command: DecoderCommand,
  { timeLimitMs = TIME_LIMIT_MS, folderFor = tmpdir() }: { timeLimitMs?: number; folderFor?: string } = {},
): PhotoDecoder {
  return {
    async decode(wlt) {
      const folder = await mkdtemp(join(folderFor, 'kaodian-photo-')).catch((cause: Error) => cause);
      if (folder instanceof Error) return err({ code: 'not-started', detail: folder.message });
      try {
        const picture = await runOnce(command, wlt, folder, timeLimitMs);
        if (!picture.ok) return picture;
        if (picture.value.length === 0) return err({ code: 'no-output', detail: '' });
        const jpeg = await cardPhotoJpeg(picture.value, CARD_PHOTO);
        return jpeg.ok ? jpeg : err({ code: jpeg.error, detail: '' });
      } catch (cause) {
        return err({ code: 'not-started', detail: cause instanceof Error ? cause.message : String(cause) });
      } finally {
        await rm(folder, { recursive: true, force: true }).catch(() => undefined);
      }
    },
  };
}

async function runOnce(
  { file, args }: DecoderCommand,
  wlt: Uint8Array,
  folder: string,
  timeLimitMs: number,
): Promise<Result<Uint8Array, DecodeFailure>> {
  const input = join(folder, 'photo.wlt');
  const output = join(folder, 'photo.bmp');
  const readsFile = args.some((arg) => arg.includes(INPUT_FILE));
  const writesFile = args.some((arg) => arg.includes(OUTPUT_FILE));
  if (readsFile) await writeFile(input, wlt, { mode: 0o600 });
  const ran = await runProgram(
    file,
    args.map((arg) => arg.replaceAll(INPUT_FILE, input).replaceAll(OUTPUT_FILE, output)),
    { folder, stdin: readsFile ? new Uint8Array(0) : wlt, timeLimitMs },
  );
  if (!ran.ok || !writesFile) return ran;
  const written = await lstat(output).catch(() => null);
  if (!written?.isFile()) return err({ code: 'no-output', detail: '' });
  if (written.size > MAX_OUTPUT_BYTES) return err({ code: 'too-large', detail: '' });
  return ok(await readFile(output));
}

/** Standard output of a program that ended with 0 within its limits. */
function runProgram(
  file: string,
  args: readonly string[],
  { folder, stdin, timeLimitMs }: { folder: string; stdin: Uint8Array; timeLimitMs: number },
): Promise<Result<Uint8Array, DecodeFailure>> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      cwd: folder,
      env: minimalEnvironment(folder),
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
      shell: false,
      // A group of its own, so that the limit also ends what the decoder started.
      detached: process.platform !== 'win32',
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    let ended: DecodeFailure | null = null;
    const end = (failure: DecodeFailure) => {
      ended ??= failure;
      killAll(child.pid, () => child.kill('SIGKILL'));
      // A grandchild that escaped the group may hold the pipe open for ever.
      child.stdout.destroy();
    };
    const limit = setTimeout(() => end({ code: 'timed-out', detail: `${timeLimitMs} ms` }), timeLimitMs);
    child.stdout.on('data', (chunk: Uint8Array) => {
      size += chunk.length;
      if (size > MAX_OUTPUT_BYTES) end({ code: 'too-large', detail: '' });
      else chunks.push(chunk);
    });
    child.stdout.on('error', () => undefined);
    // A decoder that reads its photo elsewhere closes standard input early.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
    child.on('error', (cause) => {
      ended ??= { code: 'not-started', detail: cause.message };
      if (child.pid === undefined) settle(null);
    });
    child.on('close', (code) => settle(code));

    function settle(code: number | null): void {
      clearTimeout(limit);
      if (ended) resolve(err(ended));
      else if (code !== 0) resolve(err({ code: 'exit-code', detail: String(code) }));
      else resolve(ok(Buffer.concat(chunks)));
    }
  });
}

function killAll(pid: number | undefined, otherwise: () => void): void {
  if (pid === undefined || process.platform === 'win32') {
    otherwise();
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    otherwise();
  }
}

/** What programs of either system need to start at all, and nothing of the station's own. */
function minimalEnvironment(folder: string): NodeJS.ProcessEnv {
  if (process.platform !== 'win32') return { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: folder, TMPDIR: folder };
  const { SystemRoot = 'C:\\Windows' } = process.env;
  return { SystemRoot, PATH: `${SystemRoot}\\System32`, TEMP: folder, TMP: folder };
}
