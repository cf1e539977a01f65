import type { CardField, CardPicture } from '../../../electron/features/checkin/contract.ts';
import { mod112CheckCharacter } from '../../../electron/features/identity/contract.ts';

export interface ReviewField {
  field: CardField;
  /** As the camera read it. */
  read: string;
  text: string;
  support: CardPicture['fields'][number]['support'];
  /** Staff have looked at this one by itself. */
  seen: boolean;
}

/** A photographed card while staff go through it. `at`: the field under the eye; null: nothing is left to be looked at. */
export interface CardReview {
  pictureId: string;
  portrait: boolean;
  fields: readonly ReviewField[];
  at: number | null;
}

/** What nothing speaks for, or what was changed by hand, is looked at one by one. */
export const wantsEye = (field: ReviewField): boolean => field.support === 'none' || field.text !== field.read;

export function beginReview({ pictureId, portrait, fields }: CardPicture): CardReview {
  const all = fields.map(({ field, text, support }) => ({ field, read: text, text, support, seen: false }));
  return { pictureId, portrait, fields: all, at: nextUnseen(all, -1) };
}

function nextUnseen(fields: readonly ReviewField[], after: number): number | null {
  const order = [...fields.keys()].map((i) => (after + 1 + i) % fields.length);
  return order.find((i) => wantsEye(fields[i]!) && !fields[i]!.seen) ?? null;
}

/** Enter: what is under the eye is right; the next one that wants it. */
export function seeField(review: CardReview): CardReview {
  if (review.at === null) return review;
  const fields = review.fields.map((field, i) => (i === review.at ? { ...field, seen: true } : field));
  return { ...review, fields, at: nextUnseen(fields, review.at) };
}

/** An arrow: any field may be looked at again, also those that something speaks for. */
export function moveTo(review: CardReview, by: 1 | -1): CardReview {
  const count = review.fields.length;
  const from = review.at ?? (by === 1 ? -1 : count);
  return { ...review, at: Math.min(count - 1, Math.max(0, from + by)) };
}

/** Typing corrects the field under the eye; it is to be looked at again. */
export function correct(review: CardReview, text: string): CardReview {
  const fields = review.fields.map((field, i) => (i === review.at ? { ...field, text, seen: false } : field));
  return { ...review, fields };
}

export const allSeen = (review: CardReview): boolean =>
  review.fields.every((field) => field.text.trim() !== '' && (!wantsEye(field) || field.seen));

/** Whether a resident's number ends as its first seventeen digits demand (GB 11643-1999); null while it is no such number. */
export function numberAddsUp(number: string): boolean | null {
  const typed = number.trim().toUpperCase();
  if (!/^\d{17}[\dX]$/.test(typed)) return null;
  return mod112CheckCharacter(typed.slice(0, 17)) === typed[17];
}

/** Enough to stop taking pictures: the number has its support, and nothing needs another picture. */
export const isGoodReading = (picture: CardPicture): boolean =>
  picture.guidance === null && picture.fields.some((f) => f.field === 'number' && f.support === 'check-digit');
