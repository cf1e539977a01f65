import type { CardGuidance } from './port.ts';

/** What the reading saw of picture and card, as far as it came. */
export type CardMeasures = {
  found: 'nothing' | 'other-side' | 'several' | 'writing' | 'front';
  numberBelieved: boolean;
  /** All six fields show writing. */
  complete: boolean;
  /** The card's width in pixels of the picture; null when only writing was found. */
  widthPx: number | null;
  /** Its corners beyond the picture's edge, as a share of its width; 0 when it is all there. */
  beyond: number;
  /** Of the number's row from level, 0 to 180 degrees. */
  angleDeg: number | null;
  /** Luma of paper on the card, else of the picture's brighter part, 0-255. */
  brightness: number;
  /** Share of the card, else of the picture, that is burnt out. */
  burntShare: number;
  /** Height of the writing's lines in pixels, their median; null without writing. */
  writingPx: number | null;
};

/** Below this width digits are under twelve pixels high and are misread. */
const LEAST_WIDTH_PX = 520;
const LEAST_WRITING_PX = 14;
const LEAST_BRIGHTNESS = 70;
const MOST_BURNT_SHARE = 0.02;
const BEYOND_SHARE = 0.02;

/** The one instruction that helps most, or null when the picture gave all there is. */
export function guide(seen: CardMeasures): CardGuidance | null {
  if (seen.found === 'several') return 'one-card';
  if (seen.found === 'other-side') return 'other-side';
  if (seen.numberBelieved && seen.complete) return null;
  if (seen.brightness < LEAST_BRIGHTNESS) return 'more-light';
  if (seen.found === 'nothing') return 'no-card';
  if (seen.beyond > BEYOND_SHARE) return 'whole-card';
  if (seen.burntShare > MOST_BURNT_SHARE) return 'less-glare';
  if (isOnItsSide(seen.angleDeg)) return 'turn-upright';
  const small = seen.widthPx === null ? (seen.writingPx ?? 0) < LEAST_WRITING_PX : seen.widthPx < LEAST_WIDTH_PX;
  return small ? 'closer' : 'hold-still';
}

const isOnItsSide = (angleDeg: number | null): boolean => angleDeg !== null && angleDeg > 45 && angleDeg < 135;
