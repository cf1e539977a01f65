import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readlink, rm, rmdir, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PowerDisk } from '../../../electron/rehearsal/station-process.ts';

const run = promisify(execFile);
/** ext4 stops as it stands: nothing more is written, the log is not flushed. */
const FS_IOC_SHUTDOWN =
  'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))';

const has = (command: string) => spawnSync('which', [command]).status === 0;

/** Why a power cut cannot be simulated here, or null. @param tools  what the scenario needs besides */
export function powerHindrance(tools: readonly string[] = []): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount a file system of its own';
  const missing = ['losetup', 'mkfs.ext4', 'mount', 'python3', ...tools].filter((c) => !has(c));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  return spawnSync('losetup', ['-f']).status === 0 ? null : 'this machine has no loop devices';
}

/** A file system in a file, mounted where the data shall lie, whose power can be cut. Root only. */
export class LoopDisk implements PowerDisk {
  readonly #bytes: string;
  #folder = '';
  #mount = '';

  /** @param size  as truncate(1) writes it, a whole number with K, M or G */
  constructor(size = '6G') {
    this.#bytes = size;
  }
  get #image(): string {
    return join(this.#folder, 'disk');
  }
  async plugIn(dataDir: string): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'kaodian-disk-'));
    this.#mount = dataDir;
    await mkdir(dataDir, { recursive: true });
    await writeFile(this.#image, '');
    await truncate(
      this.#image,
      Number.parseInt(this.#bytes, 10) * { K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }[this.#bytes.slice(-1) as 'K']!,
    );
    await run('mkfs.ext4', ['-q', '-F', this.#image]);
    await this.#on();
    // The data folder has to be empty.
    await rmdir(join(dataDir, 'lost+found'));
    await run('sync', ['-f', dataDir]);
  }
  async #on(): Promise<void> {
    // Without this option ext4 forgives what must not need forgiving.
    await run('mount', ['-o', 'loop,noauto_da_alloc', this.#image, this.#mount]);
  }
  async cut(): Promise<void> {
    await run('python3', ['-c', FS_IOC_SHUTDOWN, this.#mount]);
  }
  async comeBack(): Promise<void> {
    await this.#evict();
    await run('umount', [this.#mount]);
    await this.#on();
  }
  /** Whoever still has files open there is the station, left behind by what had been started around it. */
  async #evict(): Promise<void> {
    for (const pid of (await readdir('/proc')).filter(
      (name) => /^[0-9]+$/.test(name) && Number(name) !== process.pid,
    )) {
      const open = await readdir(`/proc/${pid}/fd`).catch(() => []);
      const targets = await Promise.all(open.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
      if (!targets.some((target) => target.startsWith(`${this.#mount}/`))) continue;
      process.kill(Number(pid), 'SIGKILL');
      while (existsSync(`/proc/${pid}/fd/0`)) await setTimeout(20);
    }
  }
  async takeAway(): Promise<void> {
    if (this.#mount !== '') await this.#evict();
    if (this.#mount !== '') spawnSync('umount', ['-l', this.#mount]);
    if (this.#folder !== '') await rm(this.#folder, { recursive: true, force: true });
  }
}
