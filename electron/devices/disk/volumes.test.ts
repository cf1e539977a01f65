import { describe, expect, test } from 'vitest';
import { fileSystemUnder, linuxVolumes, parseLsblk, parseMounts } from './linux-volumes.ts';
import { FAT_MAX_FILE_BYTES, maxFileBytesOn } from './port.ts';
import { systemDisks } from './system-disks.ts';
import { parseVolumes } from './windows-volumes.ts';

/** As lsblk 2.38 prints it: the system's disk, a stick, a USB hard disk (not "removable"), a card reader without a card, a CD. */
const LSBLK = JSON.stringify({
  blockdevices: [
    device({ name: 'sda', children: [device({ name: 'sda1', type: 'part', fstype: 'ext4', mountpoint: '/' })] }),
    device({
      name: 'sdb',
      rm: true,
      hotplug: true,
      tran: 'usb',
      model: 'Flash Disk      ',
      children: [
        device({
          name: 'sdb1',
          type: 'part',
          rm: true,
          hotplug: true,
          fstype: 'vfat',
          label: 'EXAM 1',
          mountpoint: '/media/lead/EXAM 1',
        }),
      ],
    }),
    device({
      name: 'sdc',
      hotplug: true,
      tran: 'usb',
      model: 'Portable',
      children: [
        device({ name: 'sdc1', type: 'part', hotplug: true, fstype: 'exfat', mountpoint: '/mnt/disk' }),
        device({ name: 'sdc2', type: 'part', hotplug: true, fstype: 'ext4' }),
      ],
    }),
    device({ name: 'sdd', rm: true, hotplug: true, tran: 'usb' }),
    device({ name: 'sr0', type: 'rom', rm: true, fstype: 'iso9660', mountpoint: '/media/cdrom0' }),
  ],
});
function device(changed: object) {
  const plain = {
    rm: false,
    hotplug: false,
    tran: null,
    fstype: null,
    label: null,
    model: null,
    ro: false,
    mountpoint: null,
  };
  return { type: 'disk', ...plain, ...changed };
}
const MOUNTS = `/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
/dev/sdb1 /media/lead/EXAM\\0401 vfat rw,nosuid,utf8 0 0
/dev/sdc1 /mnt/disk exfat rw 0 0
/dev/loop7 /run/media/lead/\\350\\257\\201\\346\\215\\256 ext4 ro,relatime 0 0
/dev/sdz1 /media/stick xfs rw 0 0
tmpfs /mnt/disk/inner tmpfs rw 0 0
`;

describe('Linux', () => {
  test('the mount table, with names in octal', () => {
    expect(parseMounts(MOUNTS).map((m) => [m.folder, m.fileSystem, m.readOnly])).toEqual([
      ['/', 'ext4', false],
      ['/proc', 'proc', false],
      ['/media/lead/EXAM 1', 'vfat', false],
      ['/mnt/disk', 'exfat', false],
      ['/run/media/lead/证据', 'ext4', true],
      ['/media/stick', 'xfs', false],
      ['/mnt/disk/inner', 'tmpfs', false],
    ]);
    expect(parseMounts('a /x ext4 rw 0 0\nb /x vfat ro 0 0\n')).toEqual([
      { folder: '/x', fileSystem: 'vfat', readOnly: true },
    ]);
  });

  test('what can be pulled is listed, what is built in is not', () => {
    expect(linuxVolumes(parseLsblk(LSBLK), parseMounts(MOUNTS))).toEqual([
      { folder: '/media/lead/EXAM 1', label: 'EXAM 1', fileSystem: 'vfat', readOnly: false },
      { folder: '/mnt/disk', label: 'Portable', fileSystem: 'exfat', readOnly: false },
      { folder: '/run/media/lead/证据', label: '证据', fileSystem: 'ext4', readOnly: true },
      { folder: '/media/stick', label: 'stick', fileSystem: 'xfs', readOnly: false },
    ]);
  });

  test('older lsblk writes flags as "0" and "1"; what is not lsblk is no disk', () => {
    const older = LSBLK.replaceAll(/:(true|false)/g, (_, flag) => `:"${flag === 'true' ? 1 : 0}"`);
    expect(parseLsblk(older)).toEqual(parseLsblk(LSBLK));
    for (const text of ['', 'lsblk: not found', '{"blockdevices":7}', '[]']) expect(parseLsblk(text)).toEqual([]);
  });

  test.each([
    ['/media/lead/EXAM 1/a/b', 'vfat'],
    ['/mnt/disk/inner/x', 'tmpfs'],
    ['/mnt/diskette', 'ext4'],
    ['/home', 'ext4'],
  ])('%s lies on %s', (folder, fileSystem) => {
    expect(fileSystemUnder(folder, parseMounts(MOUNTS))).toBe(fileSystem);
  });
});

describe('Windows', () => {
  const disks = [
    { DeviceID: 'C:', DriveType: 3, FileSystem: 'NTFS', VolumeName: 'Windows' },
    { DeviceID: 'D:', DriveType: 3, FileSystem: 'exFAT', VolumeName: '' },
    { DeviceID: 'E:', DriveType: 2, FileSystem: 'FAT32', VolumeName: 'EXAM' },
    { DeviceID: 'F:', DriveType: 2, FileSystem: null, VolumeName: null },
    { DeviceID: 'G:', DriveType: 5, FileSystem: 'CDFS', VolumeName: 'SETUP' },
    { DeviceID: 'H:', DriveType: 4, FileSystem: 'NTFS', VolumeName: 'share' },
  ];

  test('sticks first, then other disks; never the system, an empty slot, a CD or the network', () => {
    expect(parseVolumes(JSON.stringify(disks), 'C:')).toEqual([
      { folder: 'E:\\', label: 'EXAM E:', fileSystem: 'FAT32', readOnly: false },
      { folder: 'D:\\', label: 'D:', fileSystem: 'exFAT', readOnly: false },
    ]);
  });

  test('one volume comes without a list; a byte order mark is no matter; anything else is no disk', () => {
    expect(parseVolumes(`\ufeff${JSON.stringify(disks[2])}`, 'C:').map((v) => v.folder)).toEqual(['E:\\']);
    for (const text of ['', 'not recognized', '{"DeviceID":"..\\\\","DriveType":2}'])
      expect(parseVolumes(text, 'C:')).toEqual([]);
  });
});

test.each([
  ['vfat', FAT_MAX_FILE_BYTES],
  ['msdos', FAT_MAX_FILE_BYTES],
  ['FAT32', FAT_MAX_FILE_BYTES],
  ['FAT', FAT_MAX_FILE_BYTES],
  ['exfat', null],
  ['exFAT', null],
  ['NTFS', null],
  ['fuseblk', null],
  [null, null],
])('on %s a file may have %s bytes', (fileSystem, max) => {
  expect(maxFileBytesOn(fileSystem)).toBe(max);
});

test('this computer answers for a folder, and has no answer for one that is not there', async () => {
  expect(await systemDisks.under(import.meta.dirname)).toMatchObject({ maxFileBytes: null });
  expect((await systemDisks.under(import.meta.dirname))!.freeBytes).toBeGreaterThan(0);
  expect(await systemDisks.under('/no/such/folder')).toBeNull();
  expect(Array.isArray(await systemDisks.list())).toBe(true);
});
