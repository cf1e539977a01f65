import type { TwoTongues } from '../claims/claim.ts';

/** `[beginMs, endMs, file]` by wall clock; the file relative to the page, null where it was lost or is not for this key. */
export type Stretch = [beginMs: number, endMs: number, file: string | null];

/** One side of the identity triangle as the door recorded it. */
export interface EdgeView {
  edge: string;
  result: string;
  reason: string;
  score: number | null;
  threshold: number | null;
}

export interface AttemptView {
  startedMs: number;
  closedMs: number | null;
  outcome: string;
  decision: string;
  documentBy: string;
  liveness: string;
  edges: EdgeView[];
  by: string;
  second: string | null;
  reason: string | null;
  note: string;
  /** Pictures and papers of this attempt. */
  evidence: { kind: string; file: string | null }[];
}

/** What an examiner locked for one person: marks by item in tenths. */
export interface SheetView {
  examiner: string;
  marks: Record<string, number>;
  vetoes: string[];
  totalTenths: number | null;
  correctedTenths: number | null;
}

export interface DecisionView {
  kind: string;
  number: string;
  text: string;
  reason: string;
  by: string;
  byMs: number;
  second: string | null;
  agrees: boolean | null;
}

export interface ResultView {
  number: string;
  result: string;
  scoreTenths: number | null;
  passTenths: number;
  spreadTenths: number;
  decidedItems: string[];
  sheets: SheetView[];
  decisions: DecisionView[];
}

export interface EventRow {
  seq: number;
  atMs: number;
  event: string;
  who: string;
}

export interface PersonView {
  candidateId: string;
  name: string;
  ticket: string;
  /** Never the whole number: that stands in the file of volume 1. */
  maskedDocument: string;
  roomId: string;
  seat: string;
  photo: string | null;
  /** admitted, by-hand, refused, held, absent, not-come */
  standing: string;
  attempts: AttemptView[];
  consents: { face: string; atMs: number; strokes: number[][][] | null; file: string | null }[];
  movements: { kind: string; atMs: number; by: string; note: string; strokes: number[][][] | null }[];
  rechecks: {
    kind: string;
    atMs: number;
    by: string;
    second: string | null;
    score: number | null;
    file: string | null;
  }[];
  /** When they were in the room, as the coverage was judged. */
  present: [beginMs: number, endMs: number][];
  coverage: string;
  gaps: [beginMs: number, endMs: number][];
  cameras: string[];
  result: ResultView | null;
  events: EventRow[];
}

export interface CameraView {
  cameraId: string;
  label: string;
  segments: Stretch[];
  gaps: [beginMs: number, endMs: number, reason: string][];
}

export interface RoomView {
  roomId: string;
  name: string;
  location: string;
  cameras: CameraView[];
  panel: { name: string; duty: string; checkCode: string | null; lockedMs: number | null; signed: boolean }[];
  changes: { act: string; reason: string; by: string; atMs: number; panel: string[] }[];
  evaluations: { stage: string; atMs: number; clauses: Record<string, number>; decided: number }[];
}

export interface FileRow {
  path: string;
  /** Null where it was not opened. */
  file: string | null;
  kind: 'opened' | 'damaged' | 'missing' | 'other-key';
  title: TwoTongues;
  volume: string;
  subject: string;
  sizeBytes: number;
  beginMs: number | null;
  endMs: number | null;
}

/** Everything the page shows; it stands in the page as JSON and nothing else is fetched. */
export interface SessionView {
  bundle: {
    identifier: string;
    siteName: string;
    rehearsal: boolean;
    sealedAtMs: number;
    label: string;
    occupation: string;
    level: string;
    startsAtMs: number | null;
    endsAtMs: number | null;
  };
  /** The one person opened, or null for everything. */
  only: string | null;
  counts: { items: number; opened: number };
  people: PersonView[];
  rooms: RoomView[];
  rubric: { itemId: string; title: string; maxTenths: number }[];
  /** Every file but video that was opened, and everything that was not. */
  files: FileRow[];
  /** Documents this page rests on that could not be read: what they say is missing here. */
  unread: string[];
  journal: { file: string; firstSeq: number; lastSeq: number; entries: number }[];
  events: Record<string, TwoTongues>;
}

/** One page of the journal. */
export interface JournalView {
  identifier: string;
  rehearsal: boolean;
  /** Sequence number, wall clock, event, who, and data as JSON text. */
  entries: [seq: number, wallMs: number, event: string, who: string, data: string][];
  /** From 1. */
  page: number;
  hasNext: boolean;
  events: Record<string, TwoTongues>;
}
