/**
 * Where things stand on the front of a resident card, in millimetres from its top left corner. Taken from public pictures
 * of cards; print is off by half a millimetre and more, so everything read here allows for two.
 */
export const CARD = { width: 85.6, height: 54 } as const;

/** Middles of the number's first and last character. */
export const NUMBER_ENDS = { first: 29.5, last: 77.4, y: 47 } as const;

/** The photograph, 102 : 126, with a little of what is around it. */
export const PORTRAIT = { left: 53.9, top: 6.2, width: 26.8, height: 33.1 } as const;

/** Left of this stand labels, right of it what is printed for the person; the address and the rest end before the photograph. */
export const VALUES = { left: 15.1, right: 54 } as const;
/** Between the nation's label and the nation. */
export const NATION_LEFT = 33.6;

/** From one Han character to the next; the name is printed larger. */
export const PITCH = { name: 3.7, address: 3.1 } as const;

/** The middles of rows and how far up and down a row's middle may be found; `pitch` between lines of the address. */
export const ROWS = {
  name: { middle: 8.4, from: 4, to: 11.8 },
  sex: { middle: 14.9, from: 11.8, to: 18.1 },
  birth: { middle: 21.3, from: 18.1, to: 24.9 },
  address: { middle: 28.3, from: 24.9, to: 42.5, pitch: 4.55 },
} as const;

const { name, sex, birth, address } = ROWS;
export const ROW_MIDDLES = [
  name.middle,
  sex.middle,
  birth.middle,
  ...[0, 1, 2].map((line) => address.middle + line * address.pitch),
];
/** Where rows begin: labels, values, and the second label of a row with its value. */
export const COLUMN_STARTS = [5.5, 15.3, 24.9, 33.9];
