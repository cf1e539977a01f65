import { z } from 'zod';
import { jsonOf } from '../../lib/json-text.ts';
import type { Volume } from './port.ts';

/** What PowerShell is asked; each volume with its drive letter comes back as JSON, alone or in a list. */
export const LIST_VOLUMES =
  'Get-CimInstance Win32_LogicalDisk | Select-Object DeviceID,DriveType,FileSystem,VolumeName | ConvertTo-Json -Compress';

const LogicalDisk = z.object({
  DeviceID: z.string().regex(/^[A-Z]:$/),
  /** 2 removable, 3 fixed, 4 network, 5 CD. A USB hard disk counts as fixed. Source: Win32_LogicalDisk. */
  DriveType: z.int(),
  /** Null for a drive without a disk in it. */
  FileSystem: z.string().nullable(),
  VolumeName: z.string().nullable(),
});
const REMOVABLE = 2;
const FIXED = 3;

/** Volumes that may be taken away: all but the system's own, sticks first. Empty for what is not such a list. */
export function parseVolumes(text: string, systemDrive: string): Volume[] {
  const read = z
    .union([z.array(LogicalDisk), LogicalDisk.transform((one) => [one])])
    .safeParse(jsonOf(text.replace(/^\ufeff/, '')));
  if (!read.success) return [];
  const system = systemDrive.slice(0, 2).toUpperCase();
  return read.data
    .filter((d) => d.FileSystem !== null && (d.DriveType === REMOVABLE || d.DriveType === FIXED))
    .filter((d) => d.DeviceID !== system)
    .sort((a, b) => a.DriveType - b.DriveType)
    .map(({ DeviceID, FileSystem, VolumeName }) => ({
      folder: `${DeviceID}\\`,
      label: VolumeName ? `${VolumeName} ${DeviceID}` : DeviceID,
      fileSystem: FileSystem,
      readOnly: false,
    }));
}
