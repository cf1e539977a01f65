import type { Track } from '../../devices/face-engine/port.ts';
import type { CardFields } from '../identity/card-text.ts';
import type { TicketClaims } from '../identity/ticket.ts';
import type { LivenessState } from '../liveness/liveness.ts';
import type { LivenessEvidence } from '../liveness/verdict.ts';
import type { PlannedCandidate, PlannedSession } from '../plan/plan-schema.ts';
import type { CardField, Liveness, Lookalike, OtherDocument, Place } from './attempt-schema.ts';

/** A frame good enough to decide by. The embedding is a template: it stays in memory and goes with the attempt. */
export interface GoodFrame {
  jpeg: Uint8Array;
  sha256: string;
  embedding: Float32Array;
  sharpness: number;
  /** What the site's own passive network makes of it, 0 to 1; null where there is none. */
  passive: number | null;
}

/** A head turn under way: for memory alone. */
export interface HeadTurn {
  state: LivenessState;
  track: Track | null;
  /** Comparisons after the turn that did not find the same face. */
  misses: number;
}

/** What record and journal keep of a head turn: numbers, no picture and no template. */
export interface TurnFact {
  result: 'passed' | 'failed';
  /** Null where it passed. */
  reason: string | null;
  /** The program behind a virtual camera. */
  product: string | null;
  evidence: LivenessEvidence;
  /** Cosine between the frames that were compared and the face after the turn; null where it did not come so far. */
  likenessAfter: number | null;
  /** Mean of the good frames by the site's own passive network; null where there is none. Advice. */
  passive: number | null;
}

/** Good frames after which the faces are compared: one lucky or blurred frame decides nothing. */
export const framesNeeded = 3;

/** Whom the document or ticket names, seen from one door. Both null: nobody the plan knows. */
export interface PersonAtDoor {
  readonly candidate: PlannedCandidate | null;
  /** Set where the plan knows the person, but not for this room and session. */
  readonly elsewhere: PlannedCandidate | null;
  readonly place: Place | null;
}

/**
 * An attempt while it is open: evidence in memory, on record only when it closes. It is one person's in one session from
 * its first moment to its last: whoever else comes gets an attempt of their own.
 */
export interface OpenAttempt extends PersonAtDoor {
  readonly attemptId: string;
  readonly roomId: string;
  readonly lane: number;
  readonly startedAtMs: number;
  /** The session the door worked for when the attempt began; null where the room has none. */
  readonly session: PlannedSession | null;
  document:
    | { by: 'none' }
    | { by: 'typed'; number: string }
    | {
        by: 'reader';
        fields: CardFields;
        text: Uint8Array;
        photo: Uint8Array | null;
        photoForm: 'wlt' | 'jpeg' | null;
        samId: string | null;
        violations: string[];
      }
    /** Photographed and confirmed field by field: nothing proves the card genuine. */
    | {
        by: 'camera';
        number: string;
        name: string;
        /** The card set upright, and the portrait cut from it (JPEG). */
        picture: Uint8Array;
        portrait: Uint8Array | null;
        /** Every confirmed field: as read, empty where nothing was, and as staff say it stands on the card. */
        fields: { field: CardField; read: string; confirmed: string }[];
        /** Who read it, for the record. */
        reader: { name: string; models: readonly { file: string; sha256: string }[]; imageSha256: string };
        violations: string[];
      }
    /** Typed from a permit, passport or military document, with its picture (JPEG). */
    | { by: 'other'; type: OtherDocument; number: string; name: string; picture: Uint8Array; violations: string[] };
  /** `claims` where the ticket was a signed one. */
  ticket: { number: string; claims: TicketClaims | null } | null;
  frames: GoodFrame[];
  /** The newest frame while no engine could look: what two persons saw, never compared. JPEG. */
  picture: Uint8Array | null;
  cardEmbedding: Float32Array | null;
  planEmbedding: Float32Array | null;
  /** Why the plan's photograph could not be used, when it could not. */
  planPhotoFault: string | null;
  engineFault: string | null;
  liveness: Liveness;
  /** The head turn under way; null before its first frame and after its end. */
  turn: HeadTurn | null;
  /** How the head turn ended, in numbers. */
  turnFact: TurnFact | null;
  /** Ends when the frame before has been looked at. */
  looking: Promise<unknown>;
  /** Somebody else this face is taken for, as found first. */
  like: Lookalike | null;
  /** With how many the face was compared, and with how many it could not be; null until that is done. */
  likeSought: { comparedWith: number; notCompared: number } | null;
  /** Who settled it as a different person, and why. */
  likeSettled: { staffId: string; note: string } | null;
  /** When the lead was called to this lane. */
  leadCalledAtMs: number | null;
  /** Closed: what is found from now on is found late. */
  over: boolean;
  /** The doubt was put on record once; it is not repeated with every frame. */
  called: boolean;
  /** Ends when whoever began to close the attempt has done so, or was refused. */
  closing: Promise<unknown>;
}

type Beginning = PersonAtDoor & Pick<OpenAttempt, 'attemptId' | 'roomId' | 'lane' | 'startedAtMs' | 'session' | 'like'>;

export const newAttempt = (beginning: Beginning): OpenAttempt => ({
  ...beginning,
  document: { by: 'none' },
  ticket: null,
  frames: [],
  picture: null,
  cardEmbedding: null,
  planEmbedding: null,
  planPhotoFault: null,
  engineFault: null,
  liveness: { kind: 'not-asked' },
  turn: null,
  turnFact: null,
  looking: Promise.resolve(),
  likeSought: null,
  likeSettled: null,
  leadCalledAtMs: null,
  over: false,
  called: false,
  closing: Promise.resolve(),
});

/** The number of the document in hand, whichever way it came. */
export function documentNumberOf(a: OpenAttempt): string | null {
  if (a.document.by === 'reader') return a.document.fields.number.toUpperCase();
  return a.document.by === 'none' ? null : a.document.number;
}

/** The photograph on the document, where it is a picture an engine can look at (JPEG). */
export function cardPhotoOf({ document }: OpenAttempt): Uint8Array | null {
  if (document.by === 'camera') return document.portrait;
  return document.by === 'reader' && document.photoForm === 'jpeg' ? document.photo : null;
}

/** Mean of the good frames' vectors, of unit length: three frames against one picture. */
export function meanEmbedding(frames: readonly GoodFrame[]): Float32Array {
  const sum = new Float32Array(frames[0]!.embedding.length);
  for (const f of frames) for (let i = 0; i < sum.length; i += 1) sum[i]! += f.embedding[i]!;
  const length = Math.hypot(...sum) || 1;
  return sum.map((v) => v / length);
}

/** The picture that shows who stood there: a frame good enough to compare, else what two persons saw. */
export const livePicture = (a: OpenAttempt): Uint8Array | null => a.frames[0]?.jpeg ?? a.picture;
