import type { Caller } from '../../contract/caller.ts';
import type { CardReading } from '../../devices/card-camera/port.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { CardField, CardPicture } from './contract.ts';
import type { CheckinDeps, DoorAt, DoorState, Doors } from './deps.ts';
import { doorState } from './door.ts';
import { type SessionOver, sessionOver } from './door-session.ts';

/**
 * A card as the camera read it, with its crops: in memory alone, one a lane, until staff have confirmed it, another is
 * photographed, the lane moves on, or whoever photographed it leaves, signs out or lets it lie.
 */
export interface KeptCardPicture {
  readonly pictureId: string;
  /** Monotonic time at which it was read. */
  readonly readAtMs: number;
  /** The window that photographed it. */
  readonly connectionId: string;
  readonly reading: CardReading & { upright: Uint8Array };
  /** Who read it. */
  readonly reader: { name: string; models: readonly { file: string; sha256: string }[] };
}

export type CardPictureError =
  | { code: 'PICTURE_UNREADABLE' }
  | { code: 'CARD_CAMERA_UNAVAILABLE'; data: { code: string } }
  | SessionOver;

/** Reads a picture of a card laid before the camera. A picture without a whole card is not kept. */
export async function cardPictured(
  deps: CheckinDeps,
  caller: Caller,
  at: DoorAt,
  picture: Uint8Array,
): Promise<Result<CardPicture, CardPictureError>> {
  const over = sessionOver(deps, at.roomId);
  if (over) return err(over);
  const door = doorState(deps.doors, at);
  const { cardPicturesForgotten } = door;
  const camera = await deps.cardCamera();
  if (!camera.ok) return err({ code: 'CARD_CAMERA_UNAVAILABLE', data: { code: camera.error.code } });
  const { name, models } = camera.value;
  const read = await camera.value.read(picture);
  if (!read.ok) {
    const { code } = read.error;
    if (code === 'image-unreadable' || code === 'image-too-large') return err({ code: 'PICTURE_UNREADABLE' });
    return err({ code: 'CARD_CAMERA_UNAVAILABLE', data: { code } });
  }
  const { guidance, fields, portrait, upright } = read.value;
  const pictureId = newId('P');
  // Whoever asked may have left while it was read: then it is not kept at all.
  const stays = upright !== null && door.cardPicturesForgotten === cardPicturesForgotten;
  const { connectionId } = caller;
  const readAtMs = deps.clock.monotonicMs();
  door.cardPicture = stays
    ? { pictureId, readAtMs, connectionId, reading: { ...read.value, upright }, reader: { name, models } }
    : null;
  return ok({
    pictureId,
    guidance,
    fields: stays ? fields.map(({ crop: _, ...field }) => field) : [],
    portrait: stays && portrait !== null,
  });
}

/** Nothing stays of a card photographed at this lane, nor of one that is being read just now. */
export function forgetCardPicture(door: DoorState): void {
  door.cardPicture = null;
  door.cardPicturesForgotten += 1;
}

/** The window has another person before it, or nobody. */
export function forgetPicturesOf(doors: Doors, { connectionId }: Caller): void {
  for (const door of doors.values()) if (door.cardPicture?.connectionId === connectionId) forgetCardPicture(door);
}

/** Six fields are gone through in well under a minute; a card that lies longer has been left. */
const LEFT_AFTER_MS = 3 * 60_000;

/** Called every second. */
export function forgetPicturesLeft({ doors, clock }: CheckinDeps): void {
  const before = clock.monotonicMs() - LEFT_AFTER_MS;
  for (const door of doors.values())
    if (door.cardPicture && door.cardPicture.readAtMs < before) forgetCardPicture(door);
}

/** What the desk shows beside a field: its crop, the portrait or the whole card (JPEG); null where there is none. */
export function cropOf(doors: Doors, pictureId: string, which: CardField | 'portrait' | 'card'): Uint8Array | null {
  for (const { cardPicture } of doors.values()) {
    if (cardPicture?.pictureId !== pictureId) continue;
    const { reading } = cardPicture;
    if (which === 'portrait') return reading.portrait;
    if (which === 'card') return reading.upright;
    return reading.fields.find(({ field }) => field === which)?.crop ?? null;
  }
  return null;
}
