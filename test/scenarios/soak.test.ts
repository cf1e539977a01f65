import { expect, test } from 'vitest';
import { buildWhenStale } from '../../electron/desktop/fresh-build.ts';
import { chooseAead } from '../../electron/vault/age/age.ts';
import { root } from '../bench/served-station.ts';
import { soak } from './soak/soak-run.ts';
import { slopeOf } from './soak/straight-line.ts';

const CHECKINS = 60;

test(`${CHECKINS} people through two lanes with real faces: none lost, none twice, the journal holds`, async () => {
  await chooseAead();
  // A station serves the desks too, and does not start without them.
  await buildWhenStale(root, () => {});
  const done = await soak(CHECKINS, Number.POSITIVE_INFINITY, () => {});
  const { checkins, presentedTwice, lost, double, unacknowledged, faults, journal } = done;
  expect({ checkins, presentedTwice, lost, double, unacknowledged, faults, journal: journal.faults }).toEqual({
    checkins: CHECKINS,
    presentedTwice: 9,
    lost: [],
    double: [],
    unacknowledged: [],
    faults: [],
    journal: [],
  });
  // At both lanes at once, one was let in and the other was told so.
  expect(done.toldAlreadyIn).toBe(presentedTwice);
}, 600_000);

test('the slope of memory over check-ins', () => {
  expect(
    slopeOf([
      { x: 0, y: 1 },
      { x: 10, y: 3 },
      { x: 20, y: 5 },
    ]),
  ).toBeCloseTo(0.2);
  expect(slopeOf([{ x: 5, y: 9 }])).toBe(0);
});
