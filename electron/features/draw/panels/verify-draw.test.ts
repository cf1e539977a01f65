import { expect, test } from 'vitest';
import { commitTo, type SeedShare, seedOf, shareHash } from './commitment.ts';
import { drawFixture } from './draw-fixture.ts';
import { drawPanels, witnessOf } from './draw-panels.ts';
import { PublishedDraw, verifyDraw } from './verify-draw.ts';

const shares: SeedShare[] = [
  { party: 'centre', share: '11'.repeat(32) },
  { party: 'site', share: '22'.repeat(16) },
  { party: 'supervisor', share: '33'.repeat(20) },
];

function published(): PublishedDraw {
  const input = drawFixture('published', { examiners: 50, rooms: 4, sessions: 2, panel: 3 });
  const witness = witnessOf(input);
  if (!witness.ok) throw new Error(witness.error.code);
  const commitment = commitTo(
    input,
    witness.value,
    shares.map((s) => ({ party: s.party, sha256: shareHash(s) })),
  );
  const drawn = drawPanels(input, seedOf(commitment, shares)!);
  if (!drawn.ok) throw new Error(drawn.error.code);
  const draw = { format: 'kaodian-published-draw/1', input, commitment, shares, drawn: drawn.value };
  return PublishedDraw.parse(JSON.parse(JSON.stringify(draw)));
}
const failed = (draw: PublishedDraw) => verifyDraw(draw).flatMap((f) => (f.passed ? [] : [f.question]));
const sound = published();

test('a draw as published passes every question', () => {
  expect(verifyDraw(sound).map((f) => [f.question, f.passed])).toEqual([
    ['input-sound', true],
    ['commitment-fits-input', true],
    ['witness-fits', true],
    ['shares-fit', true],
    ['drawn-again', true],
    ['every-rule-kept', true],
  ]);
});

test.each<[string, (d: PublishedDraw) => void, string[]]>([
  ['one seat given to another', (d) => swap(d, 0, 5), ['drawn-again']],
  [
    'an examiner added after the commitment',
    (d) => void d.input.examiners.push({ examinerId: 'E9999' as never, inARow: 0 }),
    ['commitment-fits-input', 'drawn-again'],
  ],
  [
    'a limit loosened after the commitment',
    (d) => {
      d.input.limits.dutiesPerDay = 3;
    },
    ['commitment-fits-input'],
  ],
  [
    'a share exchanged when the others were known',
    (d) => {
      d.shares[1]!.share = '44'.repeat(16);
    },
    ['shares-fit'],
  ],
  ['a share left out', (d) => void d.shares.pop(), ['shares-fit']],
  [
    'a witness of the operator’s choice',
    (d) => {
      d.commitment.witnessSha256 = '0'.repeat(64);
    },
    ['witness-fits', 'drawn-again'],
  ],
  [
    'a party added to the commitment',
    (d) => void d.commitment.shares.push({ party: 'friend', sha256: '0'.repeat(64) }),
    ['shares-fit'],
  ],
  ['seats left out', (d) => void d.drawn.pop(), ['drawn-again', 'every-rule-kept']],
  [
    'another version of the draw',
    (d) => {
      d.commitment.code = 'kaodian-panel-draw/0';
    },
    ['commitment-fits-input'],
  ],
])('%s is found', (_what, change, questions) => {
  const draw = structuredClone(sound);
  change(draw);
  expect(failed(draw)).toEqual(expect.arrayContaining(questions));
});

test('who sits where may not break a rule, drawn or not', () => {
  const draw = structuredClone(sound);
  draw.drawn[1]!.examinerId = draw.drawn[0]!.examinerId;
  expect(failed(draw)).toContain('every-rule-kept');
});

function swap(d: PublishedDraw, a: number, b: number): void {
  const held = d.drawn[a]!.examinerId;
  d.drawn[a]!.examinerId = d.drawn[b]!.examinerId;
  d.drawn[b]!.examinerId = held;
}
