import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { isSignerIdentity } from '../../lib/ssh-key-text.ts';
import { LABEL } from './bag-info.ts';
import { parseBagInfo } from './bag-text.ts';
import { BAG_INFO_FILE, type BundleIndex, sealCodeOf, TAG_MANIFEST_FILE } from './bundle-format.ts';
import { chainClaims } from './claims/chain.ts';
import type { Claim } from './claims/claim.ts';
import { contentsClaims, contentsWithoutKey } from './claims/contents.ts';
import { deliveryClaims, type ReceiptQuestion } from './claims/delivery.ts';
import { journalClaims } from './claims/journal.ts';
import { payloadClaims } from './claims/payload.ts';
import { signatureClaims } from './claims/signature.ts';
import { type StationCardQuestion, stationCardClaims } from './claims/station-card.ts';
import { structureClaims } from './claims/structure.ts';
import { tagFileClaims } from './claims/tag-files.ts';
import { type TimestampQuestion, timestampClaims } from './claims/timestamp.ts';
import { itemReader, type ReadBytes, type ReadJson, type ReadLines } from './item-reader.ts';
import { readBag, readSmall } from './read-bag.ts';

export type { Claim } from './claims/claim.ts';
export type { ReadBytes, ReadJson, ReadLines } from './item-reader.ts';

/** Claims of another feature about what lies inside; asked only when the index opened. Must not throw on odd data. */
export type ContentClaim = (
  index: BundleIndex,
  readJson: ReadJson,
  readLines: ReadLines,
  readBytes: ReadBytes,
) => Claim[] | Promise<Claim[]>;

export type VerifyOptions = {
  /** Text of an allowed_signers file from outside the bundle: who may sign. */
  allowedSigners?: string;
  /** `AGE-SECRET-KEY-1...` of the centre, the station or the supervision; several for several. */
  identity?: string | readonly string[];
  /** Folders of the further media of a bundle that was written to several. */
  also?: readonly string[];
  /** Directory of the station's previous bundle. */
  previous?: string;
  /** Checkpoint notes that were kept outside the station; each has to be the start of the bundle's journal. */
  retainedCheckpoints?: readonly string[];
  /** The centre's station card, read: which keys the station has, and for which sizes of its journal. */
  stationCard?: StationCardQuestion;
  /** The centre's receipt, which comes from beside the bundle. */
  receipt?: ReceiptQuestion['given'];
  /** A third party's time stamp from beside the bundle. */
  timestamp?: TimestampQuestion['given'];
  contentClaims?: readonly ContentClaim[];
  /** Wall time for the report's foot. */
  nowMs?: number;
};

export type VerifyReport = {
  directory: string;
  /** As the bundle itself says; empty where it says nothing. */
  bundle: {
    identifier: string;
    organization: string;
    date: string;
    station: string;
    rehearsal: boolean;
    sealCode: string;
  };
  checkedAtMs: number;
  toolVersion: string;
  withKey: boolean;
  rulePack: string;
  claims: Claim[];
  counts: { pass: number; fail: number; notPresent: number };
};

/**
 * Checks a bundle offline and read-only, whatever it is: a hostile one yields failed claims, never an exception.
 *
 * @throws ErrnoException when `dir` cannot be listed at all
 */
export async function verifyBundle(dir: string, options: VerifyOptions = {}): Promise<VerifyReport> {
  const bag = await readBag(dir, options.also);
  const identities = [options.identity ?? []].flat();
  const infoBytes = await readSmall(bag, BAG_INFO_FILE, 64 * 1024);
  const bagInfo = parseBagInfo(infoBytes?.toString('utf8') ?? '');
  const named = bagInfo.get(LABEL.station) ?? '';
  const station = isSignerIdentity(named) ? named : 'STATION';

  const structure = await structureClaims(bag);
  const payload = await payloadClaims(bag, bagInfo, identities);
  const tagFiles = await tagFileClaims(bag);
  const signature = await signatureClaims(bag, station, options.allowedSigners);
  const contents =
    identities.length === 0
      ? { claims: contentsWithoutKey(), index: undefined }
      : await contentsClaims(bag, bagInfo, payload, identities);
  const { index } = contents;
  const journal = await journalClaims(bag, {
    station,
    stationKey: signature.stationKey,
    identities,
    sessionId: index?.bundle.sessionId,
    retainedCheckpoints: options.retainedCheckpoints ?? [],
    spans: options.stationCard?.spans ?? [],
    allowedSigners: options.allowedSigners,
  });
  const card = await stationCardClaims(bag, station, signature.stationKey, options.stationCard);
  const more: Claim[] = [];
  if (index) {
    const read = itemReader(bag, index, identities);
    for (const ask of options.contentClaims ?? []) more.push(...(await ask(index, read.json, read.lines, read.bytes)));
  }
  const tagManifest = await readSmall(bag, TAG_MANIFEST_FILE, 1024 * 1024);
  const tagManifestSha256 = tagManifest ? createHash('sha256').update(tagManifest).digest('hex') : '';
  const claims = [
    ...[structure, payload.claims, tagFiles, signature.claims, card, journal, contents.claims, more].flat(),
    ...(await chainClaims(bagInfo, options.previous)),
    ...timestampClaims({ given: options.timestamp, tagManifestSha256 }),
    ...deliveryClaims({
      given: options.receipt,
      allowedSigners: options.allowedSigners,
      bundleId: bagInfo.get(LABEL.identifier) ?? '',
      tagManifestSha256,
    }),
  ];
  const count = (result: Claim['result']) => claims.filter((claim) => claim.result === result).length;
  return {
    directory: basename(resolve(dir)),
    bundle: {
      identifier: bagInfo.get(LABEL.identifier) ?? '',
      organization: bagInfo.get(LABEL.organization) ?? '',
      date: bagInfo.get(LABEL.date) ?? '',
      station: named,
      rehearsal: bagInfo.get(LABEL.rehearsal) === 'true',
      sealCode: tagManifestSha256 === '' ? '' : sealCodeOf(tagManifestSha256),
    },
    checkedAtMs: options.nowMs ?? Date.now(),
    toolVersion: packageJson.version,
    withKey: identities.length > 0,
    rulePack: index ? `${index.rulePack.id} ${index.rulePack.version}` : '',
    claims,
    counts: { pass: count('pass'), fail: count('fail'), notPresent: count('not-present') },
  };
}
