import type { BundleIndex } from '../bundle-format.ts';
import { externalIdentifier } from '../bundle-format.ts';
import type { TwoTongues } from '../claims/claim.ts';
import type { OpenedFile } from '../opened-file.ts';
import type { JournalRead } from './journal-pages.ts';
import { type EvidenceShelf, peopleView } from './people-view.ts';
import type { SessionDocuments } from './read-session.ts';
import { roomsView } from './rooms-view.ts';
import type { FileRow, PersonView, SessionView, Stretch } from './view.ts';

const fileOf = (file: OpenedFile): string | null => (file.kind === 'opened' ? file.file : null);
/** `data/3-process/evidence/E-1.age` is of the evidence E-1. */
const evidenceIdOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1, -'.age'.length);

/** The segments of every camera by wall clock, with what was lost in its place. */
function segmentsOf(files: readonly OpenedFile[]): Map<string, Stretch[]> {
  const segments = new Map<string, Stretch[]>();
  for (const file of files) {
    const { kind, subject = '', beginMs, endMs } = file.item;
    if (kind !== 'video' || beginMs === undefined || endMs === undefined) continue;
    const of = segments.get(subject) ?? [];
    of.push([beginMs, endMs, fileOf(file)]);
    segments.set(subject, of);
  }
  for (const of of segments.values()) of.sort((a, b) => a[0] - b[0]);
  return segments;
}

export function shelfOf(files: readonly OpenedFile[], strokesOf: EvidenceShelf['strokesOf']): EvidenceShelf {
  const byEvidence = new Map(files.map((f) => [evidenceIdOf(f.item.path), fileOf(f)]));
  const photos = new Map(
    files.flatMap((f) => (f.item.kind === 'plan-photo' ? [[f.item.subject ?? '', fileOf(f)]] : [])),
  );
  return {
    fileOf: (evidenceId) => byEvidence.get(evidenceId) ?? null,
    strokesOf,
    photoOf: (candidateId) => photos.get(candidateId) ?? null,
  };
}

/** A row of the files' tab; of video only what is lost: the rest plays under its camera. */
const rowsOf = (files: readonly OpenedFile[]): FileRow[] =>
  files
    .filter((f) => f.kind !== 'opened' || f.item.kind !== 'video')
    .map((f) => ({
      path: f.item.path,
      file: fileOf(f),
      kind: f.kind,
      title: f.item.title,
      volume: String(f.item.volume),
      subject: f.item.subject ?? '',
      sizeBytes: f.item.sizeBytes,
      beginMs: f.item.beginMs ?? null,
      endMs: f.item.endMs ?? null,
    }));

export interface ViewParts {
  index: BundleIndex;
  files: readonly OpenedFile[];
  documents: SessionDocuments;
  unread: readonly string[];
  journal: JournalRead;
  events: ReadonlyMap<string, TwoTongues>;
  shelf: EvidenceShelf;
  /** The one person to show, or null for all. */
  only: string | null;
}

/** Puts everything the page shows together. */
export async function sessionView(parts: ViewParts): Promise<SessionView> {
  const { index, files, documents, journal, only } = parts;
  const people = (await peopleView(documents, parts.shelf)).filter((p) => only === null || p.candidateId === only);
  for (const person of people) person.events = journal.ofPerson.get(person.candidateId) ?? [];
  const rooms = roomsView(documents, segmentsOf(files)).filter((r) => only === null || r.roomId === people[0]?.roomId);
  const session = documents.plan?.session;
  const named = new Set(people.flatMap((p) => p.events.map((e) => e.event)));
  return {
    bundle: {
      identifier: externalIdentifier(index.bundle),
      siteName: index.bundle.siteName,
      rehearsal: index.bundle.rehearsal,
      sealedAtMs: index.bundle.sealedAtMs,
      label: session?.label ?? '',
      occupation: session?.occupation ?? '',
      level: session?.level ?? '',
      startsAtMs: session?.startsAtMs ?? null,
      endsAtMs: session?.endsAtMs ?? null,
    },
    only: only === null ? null : nameOf(people[0], only),
    counts: { items: files.length, opened: files.filter((f) => f.kind === 'opened').length },
    people,
    rooms,
    rubric: documents.plan?.rubric?.items ?? [],
    files: rowsOf(files),
    unread: [...parts.unread],
    journal: journal.pages,
    events: Object.fromEntries([...parts.events].filter(([event]) => named.has(event))),
  };
}

const nameOf = (person: PersonView | undefined, candidateId: string): string => person?.name || candidateId;
