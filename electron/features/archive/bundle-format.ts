import { z } from 'zod';

/** The SSHSIG namespace of a bundle's signature: a key allowed for bundles signs nothing else by accident. */
export const BUNDLE_NAMESPACE = 'kaodian-bundle';
/** The SSHSIG namespace of a receipt: in allowed_signers it marks the keys of a centre. */
export const RECEIPT_NAMESPACE = 'kaodian-receipt';
export const BUNDLE_FORMAT = 'kaodian-bundle/1';

export const BAGIT_FILE = 'bagit.txt';
export const BAG_INFO_FILE = 'bag-info.txt';
export const MANIFEST_FILE = 'manifest-sha256.txt';
export const TAG_MANIFEST_FILE = 'tagmanifest-sha256.txt';
export const SIGNATURE_FILE = 'tagmanifest-sha256.txt.sig';
export const CHECKPOINT_FILE = 'journal.checkpoint';
export const SIGNERS_FILE = 'allowed_signers';
export const README_FILE = 'README-开包说明.txt';

/** What the tag manifest covers: every file outside `data/` but itself and its signature. */
export const TAG_FILES = [
  BAGIT_FILE,
  BAG_INFO_FILE,
  MANIFEST_FILE,
  README_FILE,
  SIGNERS_FILE,
  CHECKPOINT_FILE,
] as const;
/** All that may stand beside `data/`. */
export const TOP_FILES: readonly string[] = [...TAG_FILES, TAG_MANIFEST_FILE, SIGNATURE_FILE];

/** RFC 8493, 2.1.1, to the byte. */
export const BAGIT_TEXT = 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n';

export const INDEX_PATH = 'data/index.json.age';
/** All leaf hashes of the whole journal up to the checkpoint, 32 bytes each, in order. */
export const LEAVES_PATH = 'data/journal/leaves.bin.age';
/** One canonical JSON line for every entry of this session and of the station as a whole. */
export const ENTRIES_PATH = 'data/journal/entries.jsonl.age';

/** The newest checkpoint that the centre had cosigned before sealing, where one had left. */
export const WITNESSED_PATH = 'data/journal/witnessed.checkpoint.age';
/** The station's rotations of its key, each signed by the key before: an array of text and signature. Only where there were any. */
export const ROTATIONS_PATH = 'data/journal/rotations.json.age';

/** Where each volume (案卷) and each other part lies under `data/`. */
export const VOLUME_FOLDERS = {
  1: '1-enrolment',
  2: '2-plan',
  3: '3-process',
  4: '4-results',
  5: '5-certificates',
  video: 'video',
  journal: 'journal',
  supervision: 'supervision',
} as const;
export const Volume = z.union([
  z.literal([1, 2, 3, 4, 5]),
  z.literal('video'),
  z.literal('journal'),
  z.literal('supervision'),
]);
export type Volume = z.infer<typeof Volume>;

const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const WINDOWS_DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;

/**
 * Whether a payload path is one that every file system and every verifier reads alike: plain ASCII names, forward
 * slashes, no way out of `data/`, nothing Windows keeps for itself. Rarer than what BagIt allows, on purpose.
 */
export function isPayloadPath(path: string): boolean {
  const [top, ...segments] = path.split('/');
  return (
    path.length <= 240 &&
    top === 'data' &&
    segments.length > 0 &&
    segments.every((s) => SEGMENT.test(s) && !s.endsWith('.') && !WINDOWS_DEVICE.test(s))
  );
}

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const TwoTongues = z.strictObject({ zh: z.string().max(300), en: z.string().max(300) });

/** One encrypted file of the bundle, as the index (itself encrypted) describes it. */
export const IndexItem = z
  .strictObject({
    path: z.string().refine((path) => isPayloadPath(path) && path.endsWith('.age')),
    /** Of the plain bytes. */
    sha256: Sha256,
    sizeBytes: z.int().nonnegative(),
    /** Of the file as it lies in the bundle. */
    storedSha256: Sha256,
    mediaType: z.string().regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+(;[ a-z0-9=".,+-]+)?$/i),
    /** What it is: `live-face`, `video`, `score-sheet`, ... */
    kind: z.string().regex(/^[a-z0-9-]{1,60}$/),
    volume: Volume,
    title: TwoTongues,
    /** Wall clock, for what covers an interval. */
    beginMs: z.int().optional(),
    endMs: z.int().optional(),
    /** Whom or what it shows: a candidate, camera or room id. */
    subject: z.string().max(100).optional(),
  })
  .refine((item) => item.path.startsWith(`data/${VOLUME_FOLDERS[item.volume]}/`));
export type IndexItem = z.infer<typeof IndexItem>;

export const BundleInfo = z.strictObject({
  stationId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  siteName: z.string().min(1).max(200),
  filingNumber: z.string().max(100),
  sessionId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/),
  /** 1 for a session's first bundle; a later one supplements it. */
  number: z.int().positive(),
  rehearsal: z.boolean(),
  sealedAtMs: z.int(),
  /** Links the station's bundles in order of sealing; null for its first. */
  previousTagManifestSha256: Sha256.nullable(),
});
export type BundleInfo = z.infer<typeof BundleInfo>;

/** `data/index.json.age`, opened. */
export const BundleIndex = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  bundle: BundleInfo,
  items: z.array(IndexItem),
  rulePack: z.strictObject({ id: z.string().max(100), version: z.string().max(100) }),
});
export type BundleIndex = z.infer<typeof BundleIndex>;

/** The name of the bundle and of its directory. */
export const externalIdentifier = (info: BundleInfo): string => `${info.stationId}-${info.sessionId}-${info.number}`;

/** 封存码: the first twelve hex digits of the tag manifest's hash in groups of four, to be read out and written down. */
export const sealCodeOf = (tagManifestSha256: string): string =>
  tagManifestSha256.slice(0, 12).toUpperCase().match(/.{4}/g)!.join(' ');
