import { expect, test } from 'vitest';
import { type CardMeasures, guide } from './guidance.ts';

const good: CardMeasures = {
  found: 'front',
  numberBelieved: true,
  complete: true,
  widthPx: 800,
  beyond: 0,
  angleDeg: 1,
  brightness: 190,
  burntShare: 0,
  writingPx: null,
};
const unread = { ...good, numberBelieved: false };

test.each<[string, Partial<CardMeasures>, ReturnType<typeof guide>]>([
  ['nothing to do', { numberBelieved: true }, null],
  [
    'read in the dark, upside down and small: still nothing to do',
    { numberBelieved: true, brightness: 30, angleDeg: 179, widthPx: 300 },
    null,
  ],
  ['two cards, whatever else', { found: 'several', numberBelieved: true }, 'one-card'],
  ['the emblem side', { found: 'other-side', widthPx: null }, 'other-side'],
  ['nothing in good light', { found: 'nothing', widthPx: null }, 'no-card'],
  ['nothing in the dark', { found: 'nothing', widthPx: null, brightness: 20 }, 'more-light'],
  ['a dark card', { brightness: 40 }, 'more-light'],
  ['a corner outside', { beyond: 0.05 }, 'whole-card'],
  ['a lamp on it', { burntShare: 0.06 }, 'less-glare'],
  ['on its side', { angleDeg: 92 }, 'turn-upright'],
  ['upside down is no reason', { angleDeg: 178 }, 'hold-still'],
  ['a small card', { widthPx: 300 }, 'closer'],
  ['small writing without a card', { found: 'writing', widthPx: null, writingPx: 9 }, 'closer'],
  ['large enough and still not read', {}, 'hold-still'],
  ['a field without writing', { numberBelieved: true, complete: false }, 'hold-still'],
])('%s', (_, seen, wanted) => {
  expect(guide({ ...unread, ...seen })).toBe(wanted);
});
