import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serialize } from 'node:v8';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generateIdentity } from '../../electron/vault/age/age.ts';
import type { Keys } from '../harness/recording.ts';
import { LoopDisk, powerHindrance } from './power/loop-disk.ts';
import { drawFilm } from './recording/film.ts';
import { type Acknowledged, acknowledgedIn, judge } from './recording/judge.ts';
import { playable } from './recording/play.ts';

/** KAODIAN_SEED repeats a run. */
const seed = Number(process.env.KAODIAN_SEED ?? randomInt(2 ** 31));
const CUTS = 4;
const why = powerHindrance(['ffmpeg', 'strace']);
if (why !== null) console.warn(`power cuts are not simulated: ${why}`);

describe.skipIf(why !== null)(`power cuts while recording (KAODIAN_SEED=${seed})`, () => {
  const keys: Keys = { centre: generateIdentity(), station: generateIdentity() };
  const work = mkdtempSync(join(tmpdir(), 'kaodian-power-cut-'));
  const [mount, keysFile, filmFile] = ['mount', 'keys', 'film'].map((n) => join(work, n)) as [string, string, string];
  let disk: LoopDisk;

  beforeAll(async () => {
    writeFileSync(keysFile, JSON.stringify(keys));
    writeFileSync(filmFile, serialize(await drawFilm(6)));
  }, 60_000);
  beforeEach(async () => {
    disk = new LoopDisk('256M');
    await disk.plugIn(mount);
  });
  afterEach(() => disk.takeAway());
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** Records until so many fragments are acknowledged, cuts the power, and brings the disk back. */
  async function cut(afterAcknowledged: number, under: readonly string[] = []): Promise<Acknowledged[]> {
    const writer = resolve(import.meta.dirname, 'recording/writer.ts');
    const [file = '', ...args] = [...under, process.execPath, writer, join(mount, 'data'), keysFile, filmFile];
    mkdirSync(join(mount, 'data'));
    execFileSync('sync');
    const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let complaint = '';
    child.stderr.on('data', (text) => {
      complaint += text;
    });
    const ended = new Promise<void>((done) => child.once('close', () => done()));
    await new Promise<void>((enough) => {
      child.stdout.on('data', (text) => {
        said += text;
        if (said.split('\n').length > afterAcknowledged) enough();
      });
      child.once('close', () => enough());
    });
    await disk.cut();
    // What is acknowledged from here on would have had no power: nothing is.
    const promised = acknowledgedIn(said.slice(0, said.lastIndexOf('\n') + 1));
    child.kill('SIGKILL');
    await ended;
    if (promised.length < afterAcknowledged) throw new Error(`the writer ended early: ${complaint}`);
    await disk.comeBack();
    return promised;
  }

  const points = Array.from({ length: CUTS }, (_, i) => 2 + ((seed >>> (i * 4)) % 23) + i * 4);
  test.each(points)(
    'after %i fragments: each is there, opens for the centre and plays',
    async (point) => {
      const promised = await cut(point);
      const { lost, faults, segments } = await judge(join(mount, 'data'), keys, promised);
      expect({ lost, faults }).toEqual({ lost: [], faults: [] });
      const films = segments.map(({ bytes }) => playable(bytes));
      expect(films.filter((f) => f.frames === 0 || f.complaint !== '')).toEqual([]);
      expect(films.reduce((sum, f) => sum + f.frames, 0)).toBeGreaterThanOrEqual(promised.length * 15);
    },
    60_000,
  );

  test('the control: with syncs that do nothing, what was acknowledged is lost', async () => {
    const strace = ['strace', '-f', '-qq', '-o', '/dev/null', '-e', 'trace=fsync,fdatasync'];
    const promised = await cut(20, [...strace, '-e', 'inject=fsync,fdatasync:retval=0']);
    const verdict = await judge(join(mount, 'data'), keys, promised).catch(() => null);
    // The database may not even open; then everything is.
    expect(verdict?.lost.length ?? promised.length).toBeGreaterThan(0);
  }, 60_000);
});
