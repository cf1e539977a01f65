import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const has = (command: string): boolean => spawnSync('which', [command]).status === 0;

/** Why no disk of this file system can be made and mounted here, or null. */
export function mountHindrance(fileSystem: 'ext4' | 'vfat' | 'tmpfs'): string | null {
  if (process.getuid?.() !== 0) return 'only root may mount a disk';
  const commands = fileSystem === 'tmpfs' ? ['mount'] : ['losetup', 'mount', 'python3', `mkfs.${fileSystem}`];
  const missing = commands.filter((command) => !has(command));
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  if (fileSystem === 'tmpfs') return null;
  if (spawnSync('losetup', ['-f']).status !== 0) return 'this machine has no loop devices';
  spawnSync('modprobe', [fileSystem]);
  const known = readFileSync('/proc/filesystems', 'utf8')
    .split('\n')
    .some((line) => line.trim().endsWith(fileSystem));
  return known ? null : `this kernel has no ${fileSystem}`;
}

const FS_IOC_SHUTDOWN =
  'import fcntl,os,struct,sys; fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))';

export type LoopDisk = ReturnType<typeof loopDisk>;

/** A disk in a file, mounted at `mount`: to be filled, pulled in the middle of a write, and plugged in again. */
export function loopDisk(fileSystem: 'ext4' | 'vfat', mib: number) {
  const work = mkdtempSync(join(tmpdir(), 'kaodian-disk-'));
  const [image, mount] = [join(work, 'image'), join(work, 'disk')];
  mkdirSync(mount);
  execFileSync('truncate', ['-s', `${mib}M`, image]);
  execFileSync(`mkfs.${fileSystem}`, fileSystem === 'ext4' ? ['-q', '-F', image] : [image], { stdio: 'ignore' });
  const options = fileSystem === 'ext4' ? 'loop,noauto_da_alloc' : 'loop,utf8';
  const plugIn = () => execFileSync('mount', ['-o', options, image, mount]);
  plugIn();
  return {
    mount,
    plugIn,
    /** Taken out of the system's sight at once, whoever still writes. */
    pull: () => execFileSync('umount', ['-l', mount]),
    /** What was not synced is gone, and every further write fails. */
    cutPower() {
      execFileSync('python3', ['-c', FS_IOC_SHUTDOWN, mount]);
      execFileSync('umount', ['-l', mount]);
    },
    mountReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', mount]),
    /** Changes a byte on the medium itself, found by what is written around it; the system's cache knows nothing of it. */
    flipWhere(bytes: Uint8Array) {
      execFileSync('sync', ['-f', mount]);
      const at = readFileSync(image).indexOf(bytes);
      if (at < 0) throw new Error('not found on the disk');
      const fd = openSync(image, 'r+');
      writeSync(fd, Buffer.from([bytes[0]! ^ 1]), 0, 1, at);
      closeSync(fd);
    },
    remove() {
      spawnSync('umount', ['-l', mount]);
      rmSync(work, { recursive: true, force: true });
    },
  };
}
