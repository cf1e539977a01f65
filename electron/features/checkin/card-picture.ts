import type { CardReading } from '../../devices/card-camera/port.ts';
import { newId } from '../../lib/new-id.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import type { CardField, CardPicture } from './contract.ts';
import type { CheckinDeps, DoorAt, Doors } from './deps.ts';
import { doorState } from './door.ts';
import { type SessionOver, sessionOver } from './door-session.ts';

/**
 * A card as the camera read it, with its crops: in memory alone, one a lane, until staff have confirmed it, another is
 * photographed or the lane moves on.
 */
export interface KeptCardPicture {
  readonly pictureId: string;
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
  at: DoorAt,
  picture: Uint8Array,
): Promise<Result<CardPicture, CardPictureError>> {
  const over = sessionOver(deps, at.roomId);
  if (over) return err(over);
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
  const door = doorState(deps.doors, at);
  door.cardPicture = upright && { pictureId, reading: { ...read.value, upright }, reader: { name, models } };
  return ok({
    pictureId,
    guidance,
    fields: upright ? fields.map(({ crop: _, ...field }) => field) : [],
    portrait: portrait !== null,
  });
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
