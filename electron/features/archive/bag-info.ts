import { BUNDLE_FORMAT, type BundleInfo, externalIdentifier } from './bundle-format.ts';
import { openCommand, stockCommands } from './readme-text.ts';

/** Labels of bag-info.txt that a verifier reads back. */
export const LABEL = {
  organization: 'Source-Organization',
  identifier: 'External-Identifier',
  date: 'Bagging-Date',
  oxum: 'Payload-Oxum',
  station: 'Kaodian-Station',
  previous: 'Kaodian-Previous-Tagmanifest-Sha256',
  rehearsal: 'Kaodian-Rehearsal',
} as const;

/** The sites lie in one time zone, whatever the verifier's computer is set to. */
const CHINA_OFFSET_MS = 8 * 3600 * 1000;

/** `2026-05-16 17:20:05 +08:00` */
export const chinaTime = (ms: number): string =>
  Number.isFinite(new Date(ms).getTime())
    ? `${new Date(ms + CHINA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ')} +08:00`
    : '?';

/** The fields of bag-info.txt in order; it is not encrypted, so it names no person. */
export function bagInfoFields(
  info: BundleInfo,
  stationName: string,
  payload: { files: number; bytes: number },
): [string, string][] {
  return [
    [LABEL.organization, info.filingNumber === '' ? info.siteName : `${info.siteName} (${info.filingNumber})`],
    [LABEL.identifier, externalIdentifier(info)],
    [LABEL.date, chinaTime(info.sealedAtMs).slice(0, 10)],
    [LABEL.oxum, `${payload.bytes}.${payload.files}`],
    ['Bag-Software-Agent', 'kaodian-station'],
    ['Kaodian-Format', BUNDLE_FORMAT],
    [LABEL.station, stationName],
    ['Kaodian-Sealed-At', chinaTime(info.sealedAtMs)],
    ...(info.previousTagManifestSha256 ? [[LABEL.previous, info.previousTagManifestSha256] as [string, string]] : []),
    ...(info.rehearsal ? [[LABEL.rehearsal, 'true'] as [string, string]] : []),
    ...stockCommands(stationName).map((command, i): [string, string] => [`Kaodian-Check-${i + 1}`, command]),
    ['Kaodian-Open', openCommand],
  ];
}
