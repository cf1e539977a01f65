import { expect, test } from 'vitest';
import { type FoundBundle, intakeRefusals, type StationRecord } from './intake-rules.ts';

const SHA = (digit: string): string => digit.repeat(64);
const announced = { stationId: 'station-1', bundleId: 'station-1-S1-2', tagManifestSha256: SHA('b') };
const found: FoundBundle = {
  station: 'station-1',
  identifier: 'station-1-S1-2',
  sessionId: 'S1',
  rehearsal: false,
  tagManifestSha256: SHA('b'),
  previousTagManifestSha256: SHA('a'),
  checkpoint: { size: 200, root: 'root at 200' },
  keyVerdict: 'good',
  failedClaims: [],
};
const record: StationRecord = {
  lastTagManifestSha256: SHA('a'),
  previousAccepted: true,
  lastJournalSize: 100,
  rootAtItsSize: null,
  sameName: null,
  sessionPlanned: true,
  rehearsal: false,
};

test.each<[string, Partial<FoundBundle>, Partial<StationRecord>, string[]]>([
  ['the next one in the row', {}, {}, []],
  ['a first one', { previousTagManifestSha256: null }, { lastTagManifestSha256: null, lastJournalSize: 0 }, []],
  ['of another station', { station: 'station-2' }, {}, ['NOT_AS_ANNOUNCED']],
  ['of another name', { identifier: 'station-1-S1-3' }, {}, ['NOT_AS_ANNOUNCED']],
  ['another content', { tagManifestSha256: SHA('c') }, {}, ['NOT_AS_ANNOUNCED']],
  ['a failed claim', { failedClaims: ['marks.1'] }, {}, ['CLAIMS_FAILED']],
  ['its name is taken by another', {}, { sameName: SHA('d') }, ['NAME_TAKEN']],
  ['its name is its own', {}, { sameName: SHA('b') }, []],
  [
    'the one before has not come',
    { previousTagManifestSha256: SHA('e') },
    { previousAccepted: false },
    ['PREVIOUS_MISSING'],
  ],
  ['a second one after the same', { previousTagManifestSha256: SHA('e') }, {}, ['CHAIN_BROKEN']],
  ['a second first', { previousTagManifestSha256: null }, { previousAccepted: false }, ['CHAIN_BROKEN']],
  ['a journal as long as the one before', { checkpoint: { size: 100, root: '' } }, {}, []],
  ['a journal one entry shorter', { checkpoint: { size: 99, root: '' } }, {}, ['JOURNAL_ROLLED_BACK']],
  ['the root that was seen', {}, { rootAtItsSize: 'root at 200' }, []],
  ['another root of the same length', {}, { rootAtItsSize: 'another' }, ['JOURNAL_ROLLED_BACK']],
  [
    'no sound checkpoint where one was seen',
    { checkpoint: null },
    { rootAtItsSize: 'another' },
    ['JOURNAL_ROLLED_BACK'],
  ],
  ['a session not planned', {}, { sessionPlanned: false }, ['SESSION_NOT_PLANNED']],
  ['an exercise at a centre of real ones', { rehearsal: true }, {}, ['REHEARSAL']],
  ['a real one at a centre of exercises', {}, { rehearsal: true }, ['REHEARSAL']],
  [
    'all at once, the gravest first',
    { failedClaims: ['x'], station: '' },
    { sameName: SHA('d'), sessionPlanned: false },
    ['NOT_AS_ANNOUNCED', 'CLAIMS_FAILED', 'NAME_TAKEN', 'SESSION_NOT_PLANNED'],
  ],
])('a bundle: %s', (_, bundle, known, codes) => {
  const refusals = intakeRefusals(announced, { ...found, ...bundle }, { ...record, ...known });
  expect(refusals.map((r) => r.code)).toEqual(codes);
});
