import type { JournalEntry } from '../../journal/entry.ts';
import type { CameraId } from '../../lib/ids.ts';
import type { PlanBook } from '../plan/plan-book.ts';
import type { Interval } from '../recording/rules.ts';
import type { TimelineEvent } from './contract.ts';
import type { TimelineDeps } from './deps.ts';
import { placeOf, STATION_EVENTS } from './lanes.ts';

/** More than a session of a whole site writes of these; beyond it the oldest are left out. */
const MOST_ENTRIES = 20_000;

/** What happened in a room during a session, and at the station meanwhile, oldest first. */
export function roomEvents(
  deps: TimelineDeps,
  book: PlanBook,
  { sessionId, roomId }: { sessionId: string; roomId: string },
  span: Interval,
): TimelineEvent[] {
  const known = [...deps.catalogue().keys()].filter((event) => placeOf(event) !== null);
  const page = (events: readonly string[], session: string | null) =>
    deps.journal.page({ beforeSeq: null, limit: MOST_ENTRIES, sessionId: session, events, contains: '' });
  const during = (entry: JournalEntry) => entry.wallMs >= span.beginMs && entry.wallMs <= span.endMs;
  const entries = [...page(known, sessionId), ...page(STATION_EVENTS, null).filter(during)];
  // Late video showed that nothing was missing there: no alarm for who looks back.
  const filled = new Set(entries.flatMap(({ data }) => (isFilled(data) ? [data.gapId] : [])));
  return entries
    .filter(({ data }) => !filled.has((data as { gapId?: string } | null)?.gapId ?? ''))
    .flatMap((entry) => eventView(deps, book, roomId, entry) ?? [])
    .sort((a, b) => a.atMs - b.atMs || a.seq - b.seq);
}

const isFilled = (data: unknown): data is { gapId: string; filled: true } =>
  typeof data === 'object' && data !== null && 'filled' in data && data.filled === true && 'gapId' in data;

/** Null for what concerns another room. */
function eventView(deps: TimelineDeps, book: PlanBook, roomId: string, entry: JournalEntry): TimelineEvent | null {
  const place = placeOf(entry.event);
  const meaning = deps.catalogue().get(entry.event)?.meaning;
  if (place === null || meaning === undefined) return null;
  const data = entry.data as Record<string, unknown>;
  const text = (key: string) => (typeof data[key] === 'string' ? data[key] : null);
  const candidate = book.candidate(text('candidateId') ?? '');
  const cameraId = text('cameraId');
  const camera = book.room(roomId)?.cameras.find((c) => c.cameraId === cameraId);
  const elsewhere =
    (text('roomId') ?? candidate?.roomId ?? roomId) !== roomId || (cameraId !== null && camera === undefined);
  if (elsewhere) return null;
  const staffId = text('staffId') ?? (entry.actor.kind === 'staff' ? entry.actor.staffId : null);
  const aboutStaff = entry.event.startsWith('staff.') || entry.event.startsWith('scoring.');
  const examiner = text('examinerId');
  const who = candidate
    ? `${book.seat(candidate)} ${candidate.name}`.trim()
    : camera
      ? camera.label
      : aboutStaff
        ? (examiner && book.examiner(examiner)?.name) || (staffId === null ? '' : deps.staffName(staffId))
        : '';
  return {
    seq: entry.seq,
    atMs: momentOf(entry, data),
    event: entry.event,
    meaning,
    ...place,
    candidateId: candidate?.candidateId ?? null,
    staffId,
    cameraId: camera ? (camera.cameraId as CameraId) : null,
    who,
    note: text('note') ?? text('reason') ?? '',
  };
}

/** When it happened, which for some is not when it went on record. */
function momentOf(entry: JournalEntry, data: Record<string, unknown>): number {
  const key =
    entry.event === 'recording.gap-ended'
      ? 'endMs'
      : entry.event === 'timeline.bookmarked'
        ? 'atMs'
        : /^(recording\.gap-begun|timeline\.(clip-cut|still-kept))$/.test(entry.event)
          ? 'beginMs'
          : null;
  const at = key === null ? undefined : data[key];
  return typeof at === 'number' ? at : entry.wallMs;
}
