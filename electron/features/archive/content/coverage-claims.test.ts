import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  admit,
  declareAll,
  MINUTE,
  markAndSign,
  openDoor,
  pinOf,
  S1,
  sessionOf,
} from '../../../../test/harness/exam-day.ts';
import { CENTRE, openTestStation, PIN, type TestStation } from '../../../../test/harness/open-station.ts';
import { type Json, type OpenedBundle, openedBundle } from '../../../../test/harness/opened-bundle.ts';
import { recordCamera } from '../../../../test/harness/record-camera.ts';
import type { CandidateId } from '../../../lib/ids.ts';
import { type BundleIndex, ENTRIES_PATH } from '../bundle-format.ts';
import { signOff } from '../closing-calls.ts';
import { verifyBundle } from '../verify-bundle.ts';
import { COVERAGE_PATH, coverageClaims, RECORDINGS_PATH } from './coverage-claims.ts';
import { PLAN_PATH, PRESENCE_PATH, RESULTS_PATH, RULE_PACK_PATH } from './documents.ts';

let sealed: OpenedBundle;
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-coverage-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Three go in; the camera is down for two minutes, one has gone by then, one is accepted by two persons. */
async function play(st: TestStation): Promise<void> {
  await openDoor(st);
  const begunMs = st.clock.wallMs();
  for (const id of ['C01', 'C02', 'C03']) await admit(st, id);
  const { startsAtMs, endsAtMs } = sessionOf(st);
  st.clock.advance(startsAtMs + 31 * MINUTE - st.clock.wallMs());
  await st.as('invigilator').presence.signOut({ candidateId: 'C02' as CandidateId, kind: 'finished', note: '' });
  st.clock.advance(endsAtMs - st.clock.wallMs());
  const downMs = startsAtMs + 42 * MINUTE;
  await recordCamera(st, '201-A', [
    { beginMs: begunMs, endMs: downMs },
    { beginMs: downMs + 2 * MINUTE, endMs: endsAtMs },
  ]);
  const lead = st.as('site-lead');
  await lead.session.close({ sessionId: S1 });
  await lead.coverage.accept({
    candidateId: 'C01' as CandidateId,
    reason: '监考全程在场，见考场记录',
    pin: PIN,
    second: pinOf(st, 'supervisor'),
  });
  await markAndSign(st);
  await declareAll(st);
  await signOff(st);
}

beforeAll(async () => {
  const st = await openTestStation();
  await play(st);
  sealed = await openedBundle(st, join(scratch, 'opened'));
  const report = await verifyBundle(sealed.folder, { identity: CENTRE.identity, contentClaims: [coverageClaims] });
  expect(report.claims.filter((c) => c.id.startsWith('coverage')).map((c) => [c.result, c.detail.en])).toEqual([
    ['pass', '3 candidates, computed again and the same; the video of 2 is short.'],
    ['pass', '2 entries, all agree.'],
    ['pass', '1 accepted, all hold.'],
    ['pass', '1 covered, 1 accepted by two, 1 short.'],
  ]);
}, 60_000);

/** Claims that do not pass, and what they say, when one document or the index reads otherwise than it was sealed. */
async function failures(change: {
  path?: string;
  json?: (json: Json) => Json;
  index?: (i: BundleIndex) => BundleIndex;
  also?: { path: string; json: (json: Json) => Json };
}) {
  const changed = (path: string, json: Json): Json => {
    if (path === change.also?.path) return change.also.json(json);
    return path === change.path && change.json ? change.json(json) : json;
  };
  const claims = await sealed.judge(coverageClaims, changed, change.index?.(structuredClone(sealed.index)));
  return claims.flatMap((c) => (c.result === 'pass' ? [] : `${c.id} ${c.result}: ${c.detail.en}`));
}

/** The result of a candidate of the room that was filmed. */
const resultOf = (json: Json, id: string): Json =>
  json.rooms.flatMap((r: Json) => r.results).find((r: Json) => r.candidateId === id);
const numberOf = (id: string): string => resultOf(sealed.json('4-results/results.json'), id).anonymousNumber;
const person = (json: Json, id: string): Json => json.candidates.find((c: Json) => c.candidateId === id);
/** Segments by time. */
const videoOf = ({ items }: BundleIndex) =>
  items.filter((item) => item.kind === 'video').sort((a, b) => a.beginMs! - b.beginMs!);
const edit = (path: string, act: (json: Json) => void) => ({
  path,
  json: (json: Json) => {
    act(json);
    return json;
  },
});

const BEGUN = 'recording.gap-begun';
/** The journal as it is where a gap first said for `first` was explained by `later`; null: it was not. */
const explaining = (first: string, later: string | null) =>
  edit(ENTRIES_PATH, (lines) => {
    const at = lines.findIndex((l: Json) => l.event === BEGUN);
    lines[at].data.reason = first;
    const explained = { ...structuredClone(lines[at]), event: 'recording.gap-explained' };
    if (later !== null) lines.splice(at + 1, 0, { ...explained, data: { ...explained.data, reason: later } });
  });
/** The record of that gap with a reason. */
const recorded = (reason: string) =>
  edit(RECORDINGS_PATH, (cameras) => {
    cameras.find((c: Json) => c.gaps.length > 0).gaps[0].reason = reason;
  });

test.each([
  ['found by the station, explained later', explaining('no-segments', 'clock'), 'clock', true],
  ['explained in the record alone', explaining('no-segments', null), 'clock', false],
  ['explained in the journal alone', explaining('no-segments', 'clock'), 'no-segments', false],
  ['explained otherwise than recorded', explaining('no-segments', 'clock'), 'frozen', false],
  ['a reason of its own that was explained away', explaining('black', 'clock'), 'clock', false],
])('a gap %s', async (_what, journal, reason, agrees) => {
  const found = (await failures({ ...journal, also: recorded(reason) })).filter((f) => f.startsWith('coverage.2'));
  expect(found.length).toBe(agrees ? 0 : 1);
});

test('as sealed, all four pass', async () => {
  expect(await failures({})).toEqual([]);
});

test.each<[string, Parameters<typeof failures>[0], string[]]>([
  [
    'an interval of the video made longer',
    {
      index: (i) => {
        const video = videoOf(i);
        video.find((item, n) => video[n + 1]!.beginMs! > item.endMs!)!.endMs! += 60_000;
        return i;
      },
    },
    [
      'coverage.1 fail: These do not agree: C01 leastMs, C01 mostMs, C01 gaps, C03 leastMs',
      'coverage.4 fail: These do not agree: ',
    ],
  ],
  [
    'a segment that is in the index no more',
    {
      index: (i) => {
        const some = videoOf(i)[60]!;
        return { ...i, items: i.items.filter((item) => item.path !== some.path) };
      },
    },
    [
      'coverage.1 fail: These do not agree: C01 leastMs, C01 mostMs, C01 gaps, C02 leastMs',
      'coverage.4 fail: These do not agree: ',
    ],
  ],
  [
    'a gap left out of the statement',
    edit(COVERAGE_PATH, (s) => {
      person(s, 'C03').gaps = [];
    }),
    ['coverage.1 fail: These do not agree: C03 gaps.'],
  ],
  [
    'a gap made shorter, with its entries',
    edit(RECORDINGS_PATH, (r) => {
      r[0].gaps[0].endMs -= 5_000;
    }),
    ['coverage.2 fail: These do not agree: ended 201-A'],
  ],
  [
    'another cause',
    edit(RECORDINGS_PATH, (r) => {
      r[0].gaps[0].reason = 'unplugged';
    }),
    ['coverage.1 fail: These do not agree: C01 gaps, C03 gaps.', 'coverage.2 fail: These do not agree: begun 201-A'],
  ],
  [
    'a gap entry taken away',
    edit(RECORDINGS_PATH, (r) => {
      r[0].gaps = [];
    }),
    ['coverage.1 fail: These do not agree: C01 gaps, C03 gaps.', 'coverage.2 fail: These do not agree: begun 201-A'],
  ],
  [
    'a wrong percentage',
    edit(COVERAGE_PATH, (s) => {
      person(s, 'C03').mostMs += 1;
    }),
    ['coverage.1 fail: These do not agree: C03 mostMs.'],
  ],
  [
    'a verdict turned round',
    edit(COVERAGE_PATH, (s) => {
      person(s, 'C03').verdict = 'covered';
    }),
    ['coverage.1 fail: These do not agree: C03 verdict.'],
  ],
  [
    'a candidate left out',
    edit(COVERAGE_PATH, (s) => {
      s.candidates = s.candidates.filter((c: Json) => c.candidateId !== 'C03');
    }),
    ['coverage.1 fail: These do not agree: C03.'],
  ],
  [
    'a softer rule',
    edit(RULE_PACK_PATH, (p) => {
      p.clauses.find((c: Json) => c.id === 'recording.gap-limit-seconds').value = 300;
    }),
    ['coverage.1 fail: These do not agree: gapLimitMs, C01 gaps', 'coverage.4 fail: These do not agree: '],
  ],
  [
    'somebody who went out earlier',
    edit(PRESENCE_PATH, (p) => {
      for (const m of p.movements) if (m.kind === 'ended-inside') m.atMs -= 70 * 60_000;
    }),
    ['coverage.1 fail: These do not agree: C01 present'],
  ],
  [
    'a camera that sees other workstations',
    edit(PLAN_PATH, (p) => {
      for (const room of p.rooms) for (const camera of room.cameras) camera.sees = ['201-2'];
    }),
    ['coverage.1 fail: These do not agree: C01 seenBy', 'coverage.4 fail: These do not agree: '],
  ],
  [
    'one person who was both',
    edit(COVERAGE_PATH, (s) => {
      const { acceptance } = person(s, 'C01');
      acceptance.secondStaffId = acceptance.byStaffId;
    }),
    ['coverage.3 fail: These do not hold: C01.'],
  ],
  [
    'an acceptance of another candidate',
    edit(COVERAGE_PATH, (s) => {
      person(s, 'C03').acceptance = person(s, 'C01').acceptance;
    }),
    ['coverage.3 fail: These do not hold: C03.', 'coverage.4 fail: These do not agree: <C03> coverage.'],
  ],
  [
    'an acceptance the journal does not know',
    edit(ENTRIES_PATH, (lines) => {
      lines.splice(
        lines.findIndex((l: Json) => l.event === 'coverage.accepted'),
        1,
      );
    }),
    ['coverage.3 fail: These do not hold: C01.'],
  ],
  [
    'an acceptance of less than is missing',
    edit(ENTRIES_PATH, (lines) => {
      lines.find((l: Json) => l.event === 'coverage.accepted').data.gaps = [];
    }),
    ['coverage.3 fail: These do not hold: C01.'],
  ],
  [
    'a coverage that a result says is whole',
    edit(RESULTS_PATH, (d) => {
      resultOf(d, 'C03').coverage = { kind: 'covered' };
    }),
    ['coverage.4 fail: These do not agree: <C03> coverage.'],
  ],
  [
    'a shortness that nobody accepted, confirmed as if two had',
    edit(RESULTS_PATH, (d) => {
      const result = resultOf(d, 'C03');
      Object.assign(result, { coverage: resultOf(d, 'C01').coverage, result: 'passed', scoreTenths: 1000 });
    }),
    ['coverage.4 fail: These do not agree: <C03> recording.every-room.'],
  ],
  [
    'a result that says nothing of video',
    edit(RESULTS_PATH, (d) => {
      delete resultOf(d, 'C02').coverage;
    }),
    ['coverage.4 fail: These do not agree: <C02> coverage.'],
  ],
  [
    'an acceptance that is in the statement no more',
    edit(COVERAGE_PATH, (s) => {
      person(s, 'C01').acceptance = null;
    }),
    ['coverage.4 fail: These do not agree: <C01> recording.every-room.'],
  ],
])('%s is found, by name', async (_what, change, listed) => {
  const expected = listed.map((line) => line.replace(/<(C\d+)>/g, (_, id: string) => numberOf(id)));
  const found = await failures(change);
  expect(found.map((line, i) => line.slice(0, expected[i]?.length))).toEqual(expected);
});

test.each([COVERAGE_PATH, RECORDINGS_PATH])('%s that is no such document passes for nothing', async (path) => {
  for (const odd of [null, 7, [], {}, { candidates: 1 }]) {
    const found = await failures({ path, json: () => odd });
    expect(found.length).toBeGreaterThan(0);
  }
});
