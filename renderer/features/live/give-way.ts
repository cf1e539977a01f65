/** What live view may take of the computer. `small`: the smallest layer alone; `none`: pictures pause. */
export type Room = 'all' | 'small' | 'none';

/** How recording on this window does, over all its cameras. */
export interface RecordingHealth {
  /** Frames that were let go since the recorders began, because the encoder was behind. */
  dropped: number;
  /** Some camera's encoder cannot keep up, or its frames do not come. */
  suffers: boolean;
  /** Fragments that wait for the station. */
  waiting: number;
}

export interface GivingWay {
  room: Room;
  /** Monotonic: the last moment at which recording did not do well. */
  troubleAtMs: number;
  /** Monotonic: when `room` last grew or shrank. */
  changedAtMs: number;
  dropped: number;
}

/** A backlog of this many fragments means that disk or station are behind: a live picture would only add to it. */
const longBacklog = 8;
/** After trouble, live takes one step more only when recording has done well for this long. */
export const calmMs = 20_000;
/** A step that was taken needs this long to show whether it helped. */
export const effectMs = 3_000;

export const undisturbed = (nowMs: number, dropped: number): GivingWay => ({
  room: 'all',
  troubleAtMs: Number.NEGATIVE_INFINITY,
  changedAtMs: nowMs,
  dropped,
});

/** Live makes room at the first sign that recording suffers, and takes it back a step at a time. Looked at once a second. */
export function giveWay(before: GivingWay, health: RecordingHealth, nowMs: number): GivingWay {
  // Recorders begin anew with a count of their own.
  const lost = health.dropped > before.dropped;
  const trouble = lost || health.suffers || health.waiting >= longBacklog;
  const after = { ...before, dropped: health.dropped, troubleAtMs: trouble ? nowMs : before.troubleAtMs };
  if (trouble) {
    if (before.room === 'none' || (before.room === 'small' && nowMs - before.changedAtMs < effectMs)) return after;
    return { ...after, room: before.room === 'all' ? 'small' : 'none', changedAtMs: nowMs };
  }
  const isCalm = nowMs - after.troubleAtMs >= calmMs && nowMs - before.changedAtMs >= calmMs;
  if (before.room === 'all' || !isCalm) return after;
  return { ...after, room: before.room === 'none' ? 'small' : 'all', changedAtMs: nowMs };
}
