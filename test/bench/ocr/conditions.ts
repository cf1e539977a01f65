import type { Random } from './random.ts';

/** How one picture is taken. Lengths are shares of the picture's width; blur is in pixels of the picture. */
export type Taking = {
  picture: { width: number; height: number };
  /** Of the card, before tilting. */
  cardWidth: number;
  /** About the camera's axis, degrees clockwise. */
  rollDeg: number;
  /** About the card's own axes, degrees: the far edge grows shorter. */
  tiltDeg: { x: number; y: number };
  blurPx: number;
  /** Straight smear, pixels. */
  smearPx: number;
  /** Light, 1 is good. The picture's noise stays, so that little light is also grainy. */
  gain: number;
  noise: number;
  /** A lamp's reflection: brightness added in its middle, 0-255 and beyond, and its radius as a share of the card's width. */
  glare: { peak: number; radius: number } | null;
  jpegQuality: number;
};

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1280, height: 720 },
  { width: 1600, height: 1200 },
  { width: 1920, height: 1080 },
];

const plain = (random: Random): Taking => ({
  picture: random.one(SIZES),
  cardWidth: random.between(0.55, 0.78),
  rollDeg: random.between(-2, 2),
  tiltDeg: { x: random.between(-3, 3), y: random.between(-3, 3) },
  blurPx: random.between(0.3, 0.7),
  smearPx: 0,
  gain: random.between(0.85, 1.05),
  noise: random.between(1, 3),
  glare: null,
  jpegQuality: random.whole(80, 92),
});

/** By the size of a picture 1280 wide: a sharper camera is no less shaken. */
const scaled = (taking: Taking, px: number) => (px * taking.picture.width) / 1280;

const from = (random: Random, change: (taking: Taking) => Partial<Taking>): Taking => {
  const taking = plain(random);
  return { ...taking, ...change(taking) };
};

/**
 * `ruined` has no goal but one: nothing wrong may be taken for right. `hot-glare` burns out what it covers, which may be
 * the number.
 */
export const CONDITIONS: Record<string, (random: Random) => Taking> = {
  clean: plain,
  rotated: (random) => from(random, () => ({ rollDeg: random.between(4, 15) * random.one([-1, 1]) })),
  'mild-blur': (random) => from(random, (t) => ({ blurPx: scaled(t, random.between(1, 1.6)) })),
  'strong-blur': (random) => from(random, (t) => ({ blurPx: scaled(t, random.between(2, 2.6)) })),
  dark: (random) => from(random, () => ({ gain: random.between(0.15, 0.25), noise: random.between(2, 4) })),
  glare: (random) =>
    from(random, () => ({ glare: { peak: random.between(70, 170), radius: random.between(0.1, 0.22) } })),
  perspective: (random) =>
    from(random, () => ({
      cardWidth: random.between(0.6, 0.78),
      rollDeg: random.between(-6, 6),
      tiltDeg: {
        x: random.between(12, 25) * random.one([-1, 1]),
        y: random.between(12, 25) * random.one([-1, 1]),
      },
    })),
  'hot-glare': (random) =>
    from(random, () => ({ glare: { peak: random.between(250, 400), radius: random.between(0.06, 0.12) } })),
  ruined: (random) =>
    from(random, (t) => ({
      cardWidth: random.between(0.3, 0.7),
      blurPx: scaled(t, random.between(2.6, 5)),
      smearPx: random.chance(0.5) ? scaled(t, random.between(3, 9)) : 0,
      gain: random.between(0.1, 1),
      noise: random.between(2, 8),
      jpegQuality: random.whole(35, 75),
    })),
};
