import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFrame, type FrameEvent, FrameParser, MAX_LENGTH } from './sam-frame.ts';

const bytes = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const parse = (...chunks: Uint8Array[]): FrameEvent[] => {
  const parser = new FrameParser('answer');
  return chunks.flatMap((chunk) => parser.push(chunk));
};
const frame = (body: string): FrameEvent => ({ kind: 'frame', body: bytes(body) });
const body = fc.uint8Array({ minLength: 3, maxLength: MAX_LENGTH - 1 });

describe('answers as published', () => {
  test.each([
    ['find ok', 'AAAAAA9669 0008 00009F 00000000 97', '00009F 00000000'],
    ['find none', 'AAAAAA9669 0004 000080 84', '000080'],
    ['select ok', 'AAAAAA9669 000C 000090 0000000000000000 9C', '000090 0000000000000000'],
    ['select bad', 'AAAAAA9669 0004 000081 85', '000081'],
    ['read bad', 'AAAAAA9669 0004 000041 45', '000041'],
    ['empty', 'AAAAAA9669 0004 000091 95', '000091'],
  ])('%s', (_name, wire, wanted) => {
    expect(parse(bytes(wire))).toEqual([frame(wanted)]);
    expect(encodeFrame(bytes(wanted))).toEqual(bytes(wire));
  });
});

test.each([
  ['wrong checksum', 'AAAAAA9669 0004 000080 85', [{ kind: 'bad-checksum' }]],
  ['LEN too big', 'AAAAAA9669 0FFA 000080 84', [{ kind: 'bad-length', length: 4090 }]],
  ['LEN too small', 'AAAAAA9669 0003 000080', [{ kind: 'bad-length', length: 3 }]],
  ['not yet whole', 'AAAAAA9669 0004 0000', []],
  ['one AA only', 'AA9669 0004 000080 84', []],
  [
    'a right frame after a wrong one',
    'AAAAAA9669 0004 000080 85 AAAAAA9669 0004 000080 84',
    [{ kind: 'bad-checksum' }, frame('000080')],
  ],
] as const)('%s', (_name, wire, wanted) => {
  expect(parse(bytes(wire))).toEqual(wanted);
});

test('a preamble inside a frame does not begin another', () => {
  const inner = bytes('000090 AAAAAA9669 0004 000080 84 0000');
  expect(parse(encodeFrame(inner))).toEqual([{ kind: 'frame', body: inner }]);
});

test('frames come through any cutting, with any number of AA before each', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(6), body), { maxLength: 4 }),
      fc.infiniteStream(fc.integer({ min: 1, max: 700 })),
      (sent, cuts) => {
        const stream = Uint8Array.from(
          sent.flatMap(([lone, b]) => [...new Uint8Array(lone).fill(0xaa), ...encodeFrame(b)]),
        );
        const parser = new FrameParser('answer');
        const got: FrameEvent[] = [];
        for (let at = 0; at < stream.length; ) {
          const size = cuts.next().value;
          got.push(...parser.push(stream.subarray(at, at + size)));
          at += size;
        }
        expect(got).toEqual(sent.map(([, b]) => ({ kind: 'frame', body: b })));
      },
    ),
  );
});

test('one changed byte after the preamble is never taken for the same frame', () => {
  fc.assert(
    fc.property(body, fc.nat(), fc.integer({ min: 1, max: 255 }), (b, place, change) => {
      const wire = encodeFrame(b);
      const at = 5 + (place % (wire.length - 5));
      wire[at]! ^= change;
      const accepted = parse(wire).filter((e) => e.kind === 'frame' && Buffer.compare(e.body, b) === 0);
      expect(accepted).toEqual([]);
    }),
  );
});

test('hostile bytes: never a throw, never a body beyond the bound', () => {
  const noise = fc.oneof(
    fc.uint8Array({ maxLength: 9_000, size: 'max' }),
    fc.uint8Array({ maxLength: 6_000, size: 'max' }).map((b) => Uint8Array.of(0xaa, 0xaa, 0x96, 0x69, ...b)),
  );
  fc.assert(
    fc.property(fc.array(noise, { maxLength: 5 }), (chunks) => {
      for (const event of parse(...chunks)) {
        if (event.kind === 'frame') expect(event.body.length).toBeLessThan(MAX_LENGTH);
      }
    }),
  );
});

test('a body too long for a frame is a defect of the caller', () => {
  expect(() => encodeFrame(new Uint8Array(MAX_LENGTH))).toThrow(RangeError);
});
