import { z } from 'zod';

/** A name or sentence a person reads: one line or several, no control characters but the line feed. */
export const said = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^(?:\P{Cc}|\n)*$/u);

/** Who asks at the centre, as the site is told: it stands on the room's screen and in the journal. */
export const CentrePerson = z.object({ name: said(40).min(1), duty: said(40) });
export type CentrePerson = z.infer<typeof CentrePerson>;

export const AskKind = z.enum(['view', 'question', 'still']);
export type AskKind = z.infer<typeof AskKind>;

/** Why somebody's look into a room ended. */
export const ViewEnd = z.enum([
  /** By the one who looked. */
  'centre',
  /** By the site. */
  'site',
  'session-ended',
  /** The line to the centre was away for longer than the grace. */
  'line-lost',
  /** After a restart of either side the centre no longer knew of it. */
  'forgotten',
  'setting-changed',
]);
export type ViewEnd = z.infer<typeof ViewEnd>;

/** Why a request got no for an answer; `declined`: a person said so. */
export const NoReason = z.enum([
  'declined',
  'no-session',
  'unknown-room',
  'withdrawn',
  'no-picture',
  /** So many are waiting for an answer that no more are taken. */
  'too-many',
]);
export type NoReason = z.infer<typeof NoReason>;

/** How one camera's way to the centre stands, as its window last said. */
export const LiveState = z.enum(['off', 'opening', 'live', 'waiting', 'giving-way', 'no-camera']);
export type LiveState = z.infer<typeof LiveState>;
