import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { VOLUME_FOLDERS } from '../bundle-format.ts';

/** The volumes by number and name, as they stand on their covers. */
export const VOLUME_TITLES = {
  1: '第一卷 报名与资格',
  2: '第二卷 备案与计划',
  3: '第三卷 考核过程',
  4: '第四卷 试卷与成绩',
  5: '第五卷 证书',
} as const;
export type VolumeNumber = keyof typeof VOLUME_TITLES;

/** Where the index of a volume lies in the bundle: as data, and as a page to print. */
export const indexPath = (volume: VolumeNumber, kind: 'json' | 'pdf'): string =>
  `data/${VOLUME_FOLDERS[volume]}/volume-index.${kind}.age`;

/** One file of a volume, as the bundle's own index will list it. */
export interface VolumeFile {
  path: string;
  title: string;
  kind: string;
  mediaType: string;
  sha256: string;
  sizeBytes: number;
  /** Null for data, and where a file does not say it. */
  pages: number | null;
  responsible: string;
  dateMs: number | null;
  subject: string | null;
}

export interface VolumePiece {
  number: number;
  title: string;
  responsible: string;
  dateMs: number | null;
  pages: number | null;
  sizeBytes: number;
  remark: string;
  files: Pick<VolumeFile, 'path' | 'sha256' | 'mediaType' | 'sizeBytes'>[];
}

/** 卷内目录: `kaodian-volume-index/1`. */
export interface VolumeIndex {
  format: 'kaodian-volume-index/1';
  sessionId: string;
  volume: VolumeNumber;
  title: string;
  pieces: VolumePiece[];
  /** Pieces of paper in this volume, as two entries agreed; null where nobody counted. */
  paper: { pieces: number; countedBy: string[] } | null;
  /** What is missing here and was declared. */
  missing: { itemId: string; reason: string }[];
  /** What belongs here and is sealed for somebody else alone. */
  apart: { path: string; title: string; storedSha256: string }[];
}

/** What was taken of one person in one go is one piece (件) of several files. */
const TAKEN_TOGETHER = new Set([
  'live-face',
  'card-text',
  'card-photo',
  'card-picture',
  'document-picture',
  'consent-signature',
  'leave-signature',
  'recheck-face',
]);
const TOGETHER_TITLE = '入场与在场核验材料';

const pieceOf = (files: readonly VolumeFile[], title: string, remark: string, number: number): VolumePiece => {
  const [first] = files as [VolumeFile];
  const dates = files.flatMap((f) => f.dateMs ?? []);
  const pages = files.flatMap((f) => f.pages ?? []);
  return {
    number,
    title,
    responsible: first.responsible,
    dateMs: dates.length === 0 ? null : Math.min(...dates),
    pages: pages.length === 0 ? null : pages.reduce((n, p) => n + p, 0),
    sizeBytes: files.reduce((n, f) => n + f.sizeBytes, 0),
    remark,
    files: files.map(({ path, sha256, mediaType, sizeBytes }) => ({ path, sha256, mediaType, sizeBytes })),
  };
};

/**
 * The pieces of a volume, numbered from 1 in the order of the files; the files taken of one person stand together where
 * the first of them stands.
 */
export function volumePieces(files: readonly VolumeFile[]): VolumePiece[] {
  const together = Map.groupBy(
    files.filter((f) => TAKEN_TOGETHER.has(f.kind) && f.subject !== null),
    (f) => f.subject,
  );
  const done = new Set<string | null>();
  const pieces: VolumePiece[] = [];
  for (const file of files) {
    const group = TAKEN_TOGETHER.has(file.kind) ? together.get(file.subject) : undefined;
    if (!group) {
      const of = file.subject === null || file.kind === 'paper-scan' ? '' : ` ${file.subject}`;
      pieces.push(pieceOf([file], `${file.title}${of}`, '', pieces.length + 1));
    } else if (!done.has(file.subject)) {
      done.add(file.subject);
      const remark = group.length === 1 ? '' : `${group.length} 个文件`;
      pieces.push(pieceOf(group, `${TOGETHER_TITLE} ${file.subject}`, remark, pieces.length + 1));
    }
  }
  return pieces;
}

export const indexBytes = (index: VolumeIndex): Buffer => Buffer.from(canonicalJson(index), 'utf8');

/** Printed into the properties of the index's PDF, so that the page names the data it was made from. */
export const indexMark = (bytes: Uint8Array): string =>
  `kaodian-volume-index/1 ${createHash('sha256').update(bytes).digest('hex')}`;
