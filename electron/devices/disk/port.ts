/** What a disk can hold, as the system says it. */
export interface Medium {
  /** `vfat`, `exfat`, `NTFS`, ...; null where the system does not say. */
  fileSystem: string | null;
  /** The largest file it takes; null: none that matters. */
  maxFileBytes: number | null;
  freeBytes: number;
  /** What a file takes up is a multiple of this. */
  blockBytes: number;
}

/** A disk that somebody can take away, at the folder where it appears. */
export interface RemovableDisk extends Medium {
  folder: string;
  label: string;
  sizeBytes: number;
  readOnly: boolean;
}

export interface Disks {
  /** Disks that look removable and answer. Never rejects: one just pulled is left out. */
  list(): Promise<RemovableDisk[]>;
  /** The medium under any folder; null when the folder does not answer. Never rejects. */
  under(folder: string): Promise<Medium | null>;
}

/** A volume as the system lists it, before it was asked how much room it has left. */
export interface Volume {
  folder: string;
  label: string;
  fileSystem: string | null;
  readOnly: boolean;
}

/** FAT counts a file's bytes in 32 bits. */
export const FAT_MAX_FILE_BYTES = 2 ** 32 - 1;

/** The largest file that a file system of this name takes; null: none that matters. */
export const maxFileBytesOn = (fileSystem: string | null): number | null =>
  /^(v?fat(12|16|32)?|msdos(fs)?)$/i.test(fileSystem ?? '') ? FAT_MAX_FILE_BYTES : null;
