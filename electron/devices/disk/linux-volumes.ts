import { z } from 'zod';
import { jsonOf } from '../../lib/json-text.ts';
import type { Volume } from './port.ts';

/** A line of /proc/self/mounts. */
export interface Mount {
  folder: string;
  fileSystem: string;
  readOnly: boolean;
}

/** The mount table; of two mounts on one folder the later one counts. Source: proc_pid_mounts(5), fstab(5). */
export function parseMounts(text: string): Mount[] {
  const byFolder = new Map<string, Mount>();
  for (const line of text.split('\n')) {
    const [, folder, fileSystem, options = ''] = line.split(' ').map(unescaped);
    if (!folder || !fileSystem) continue;
    byFolder.delete(folder);
    byFolder.set(folder, { folder, fileSystem, readOnly: options.split(',').includes('ro') });
  }
  return [...byFolder.values()];
}

/** Spaces, tabs and backslashes are written in octal, and so are bytes of a name in UTF-8 by some tools. */
function unescaped(field: string): string {
  const bytes: number[] = [];
  for (let i = 0; i < field.length; i += 1) {
    const octal = /^\\([0-3][0-7]{2})/.exec(field.slice(i, i + 4))?.[1];
    if (octal === undefined) bytes.push(...Buffer.from(field[i]!, 'utf8'));
    else {
      bytes.push(Number.parseInt(octal, 8));
      i += 3;
    }
  }
  return Buffer.from(bytes).toString('utf8');
}

const Device = z.object({
  name: z.string(),
  type: z.string(),
  rm: z.union([z.boolean(), z.enum(['0', '1'])]),
  hotplug: z.union([z.boolean(), z.enum(['0', '1'])]),
  tran: z.string().nullable(),
  fstype: z.string().nullable(),
  label: z.string().nullable(),
  model: z.string().nullable(),
  ro: z.union([z.boolean(), z.enum(['0', '1'])]),
  mountpoint: z.string().nullable(),
});
type Device = z.infer<typeof Device> & { children?: Device[] | undefined };
const DeviceTree: z.ZodType<Device> = Device.extend({
  get children() {
    return z.array(DeviceTree).optional();
  },
});

/** The arguments under which `parseLsblk` reads what `lsblk` prints. Older ones write "0" and "1" for the flags. */
export const LSBLK = ['--json', '--output', 'NAME,TYPE,RM,HOTPLUG,TRAN,FSTYPE,LABEL,MODEL,RO,MOUNTPOINT'] as const;

const yes = (flag: boolean | '0' | '1'): boolean => flag === true || flag === '1';

/** Mounted volumes of disks that can be pulled; empty for what is not lsblk's. Source: lsblk(8). */
export function parseLsblk(text: string): Volume[] {
  const read = z.object({ blockdevices: z.array(DeviceTree) }).safeParse(jsonOf(text));
  if (!read.success) return [];
  const volumes: Volume[] = [];
  const walk = (device: Device, removable: boolean, model: string | null): void => {
    const pulled = removable || yes(device.rm) || yes(device.hotplug) || device.tran === 'usb';
    const named = device.model?.trim() || model;
    const folder = device.mountpoint;
    // A CD is removable too, and takes nothing.
    if (pulled && folder?.startsWith('/') && device.type !== 'rom') {
      const label = device.label?.trim() || named || device.name;
      volumes.push({ folder, label, fileSystem: device.fstype, readOnly: yes(device.ro) });
    }
    for (const child of device.children ?? []) walk(child, pulled, named);
  };
  for (const device of read.data.blockdevices) walk(device, false, null);
  return volumes;
}

/** Where desktops put what somebody plugs in: `/media/NAME`, `/media/USER/NAME`, `/run/media/USER/NAME`. */
const PLUGGED_IN = /^(\/media\/[^/]+(\/[^/]+)?|\/run\/media\/[^/]+\/[^/]+)$/;

/**
 * Removable volumes from both sources: what lsblk knows to be removable, and what is mounted where plugged-in disks appear. The mount
 * table says the file system and whether it may be written to.
 */
export function linuxVolumes(lsblk: readonly Volume[], mounts: readonly Mount[]): Volume[] {
  const known = new Map(lsblk.map((v) => [v.folder, v]));
  return mounts.flatMap(({ folder, fileSystem, readOnly }) => {
    const volume = known.get(folder);
    if (!volume && !PLUGGED_IN.test(folder)) return [];
    const label = volume?.label ?? folder.slice(folder.lastIndexOf('/') + 1);
    return [{ folder, label, fileSystem, readOnly: readOnly || volume?.readOnly === true }];
  });
}

/** The file system under a folder: that of the innermost mount that holds it. */
export function fileSystemUnder(folder: string, mounts: readonly Mount[]): string | null {
  const holding = mounts.filter(({ folder: at }) => at === '/' || folder === at || folder.startsWith(`${at}/`));
  return holding.toSorted((a, b) => b.folder.length - a.folder.length)[0]?.fileSystem ?? null;
}
