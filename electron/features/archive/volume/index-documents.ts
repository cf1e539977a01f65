import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import type { FormHead } from '../../forms/form-facts.ts';
import { isSettled } from '../../paper/counting.ts';
import { scansIn } from '../../paper/store.ts';
import { countOf } from '../../paper/view.ts';
import type { PlanBook } from '../../plan/plan-book.ts';
import { missingOf, volumeOfMissing } from '../closing.ts';
import type { ArchiveDeps } from '../deps.ts';
import { latestSignOff } from '../store.ts';
import type { VolumeItems } from '../volumes.ts';
import type { BundleDocument, StoredFile } from '../write-bundle.ts';
import { indexPdf } from './index-page.ts';
import {
  indexBytes,
  indexPath,
  VOLUME_TITLES,
  type VolumeFile,
  type VolumeIndex,
  type VolumeNumber,
  volumePieces,
} from './volume-index.ts';

const VOLUMES = [1, 2, 3, 4, 5] as const;
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Who answers for a piece, where it is not the site as a whole. */
function responsibleFor(deps: ArchiveDeps, book: PlanBook, sessionId: string): (kind: string) => string {
  const lead = latestSignOff(deps.db, sessionId)?.byName ?? '考点负责人';
  const centre = book.plan.centre.name;
  const by: Record<string, string> = {
    candidates: centre,
    plan: centre,
    'plan-photo': centre,
    'rule-pack': centre,
    'score-sheets': '考评小组',
    'score-decisions': '考评组长',
    results: '考评小组',
    signature: '考评小组',
    form: '考评小组',
    'theory-marks': '成绩管理员',
    'theory-file': '成绩管理员',
    certificates: '成绩管理员',
    'candidates-passed': '成绩管理员',
    'decision-evidence': '考评组长',
    declarations: lead,
    'declarations-signature': lead,
    'lead-signature': lead,
  };
  return (kind) => by[kind] ?? book.plan.site.name;
}

const plainOf = (d: BundleDocument): Uint8Array =>
  'bytes' in d ? d.bytes : Buffer.from(canonicalJson(d.json), 'utf8');

/** Everything a bundle will hold beside the journal and the video. */
interface Contents {
  documents: readonly BundleDocument[];
  /** Printed forms, and their pages by path. */
  stored: readonly StoredFile[];
  pages: ReadonlyMap<string, number | null>;
  evidence: VolumeItems['evidence'];
  madeAtMs: number;
}

type Files = Map<VolumeNumber, VolumeFile[]>;

/** Every file of the five volumes as it will lie in the bundle, in the order of the volumes. */
export function volumeFiles(deps: ArchiveDeps, book: PlanBook, sessionId: string, contents: Contents): Files {
  const responsible = responsibleFor(deps, book, sessionId);
  const scans = new Map(scansIn(deps.db, sessionId).map((s) => [s.evidenceId, s]));
  const dateMs = contents.madeAtMs;
  const files: (VolumeFile & { volume: unknown })[] = [
    ...contents.documents.map((d) => {
      const { path, kind, mediaType, volume, title } = d;
      const bytes = plainOf(d);
      const about = { title: title.zh, responsible: responsible(kind), dateMs, subject: null, pages: null };
      return { path, kind, mediaType, volume, sha256: sha256(bytes), sizeBytes: bytes.length, ...about };
    }),
    ...contents.stored.map(({ path, kind, mediaType, volume, title, sha256, sizeBytes }) => {
      const pages = contents.pages.get(path) ?? null;
      const about = { title: title.zh, responsible: responsible(kind), dateMs, subject: null, pages };
      return { path, kind, mediaType, volume, sha256, sizeBytes, ...about };
    }),
    ...contents.evidence.map(({ item, evidence: { evidenceId } }) => {
      const scan = scans.get(evidenceId);
      const { path, kind, mediaType, volume, title, sha256, sizeBytes, beginMs = null, subject = null } = item;
      const of = { title: scan?.title ?? title.zh, responsible: scan?.byName ?? responsible(kind), dateMs: beginMs };
      return { path, kind, mediaType, volume, sha256, sizeBytes, subject, pages: scan?.pages ?? null, ...of };
    }),
  ];
  return new Map(VOLUMES.map((n) => [n, files.filter((f) => f.volume === n).map(({ volume: _, ...file }) => file)]));
}

/** The generated index of every volume, as data. */
export function volumeIndexes(
  deps: ArchiveDeps,
  book: PlanBook,
  sessionId: string,
  files: Files,
  evidence: VolumeItems['evidence'],
): VolumeIndex[] {
  const count = countOf(deps.paper, book, sessionId);
  const missing = missingOf(deps, book, sessionId);
  const apart = evidence.filter((e) => e.item.volume === 'supervision');
  return VOLUMES.map((volume) => {
    const pieces = count.agreed.get(`volume:${volume}`);
    return {
      format: 'kaodian-volume-index/1',
      sessionId,
      volume,
      title: VOLUME_TITLES[volume],
      pieces: volumePieces(files.get(volume) ?? []),
      paper: !isSettled(count) || pieces === undefined ? null : { pieces, countedBy: count.countedBy },
      missing: missing
        .filter((m) => volumeOfMissing(m.code) === volume)
        .map((m) => ({ itemId: m.itemId, reason: m.declared?.reason ?? '' })),
      apart:
        volume === 3
          ? apart.map(({ item: { path, title, storedSha256 } }) => ({ path, title: title.zh, storedSha256 }))
          : [],
    };
  });
}

/** The indexes as items of the bundle: each once as data and once as a page to print. */
export async function indexDocuments(
  indexes: readonly VolumeIndex[],
  head: FormHead,
  where: { fontsDir: string; madeAtMs: number },
): Promise<BundleDocument[]> {
  const documents: BundleDocument[] = [];
  for (const index of indexes) {
    const of = { volume: index.volume, kind: 'volume-index' } as const;
    const title = { zh: `${index.title} 卷内目录`, en: `Index of volume ${index.volume}` };
    const pdf = await indexPdf(head, index, where);
    documents.push(
      { ...of, title, path: indexPath(index.volume, 'json'), mediaType: 'application/json', bytes: indexBytes(index) },
      { ...of, title, path: indexPath(index.volume, 'pdf'), mediaType: 'application/pdf', bytes: pdf },
    );
  }
  return documents;
}
