import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  admit,
  declareAll,
  examinersOf,
  MINUTE,
  markAll,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
} from '../../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../../test/harness/on-video.ts';
import { openTestStation, PIN, type TestStation } from '../../../../test/harness/open-station.ts';
import { type Json, type OpenedBundle, openedBundle } from '../../../../test/harness/opened-bundle.ts';
import type { ExaminerId } from '../../../lib/ids.ts';
import type { Plan } from '../../plan/plan-schema.ts';
import { checkCodeOf } from '../../scoring/check-code.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { signOff } from '../closing-calls.ts';
import { DECISIONS_PATH, RESULTS_PATH, SHEETS_PATH } from './documents.ts';
import { marksClaims } from './marks-claims.ts';
import { THEORY_PATH } from './theory-document.ts';

const where = { sessionId: S1, roomId: ROOM };
const hands = { pin: PIN, strokes: STROKES };
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-marks-claims-'));
afterAll(() => rmSync(scratch, { recursive: true }));

async function over(st: TestStation): Promise<void> {
  st.clock.advance(sessionOf(st).endsAtMs + MINUTE - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
  await shortnessAccepted(st);
}
async function opened(st: TestStation, name: string): Promise<OpenedBundle> {
  await declareAll(st);
  await signOff(st);
  return openedBundle(st, join(scratch, name));
}

/** C01 has a spread the lead decides, C02 a mark that is corrected. */
async function panelDay(): Promise<TestStation> {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  await over(st);
  const of = (id: string) => st.examiner(id).scoring;
  for (const id of examinersOf(st)) await markAll(st, id);
  const { rows } = await of('E03').sheet(where);
  const [first, second] = rows.map((r) => r.anonymousNumber);
  const version = rows[0]!.versions['5']!;
  await of('E03').mark({ ...where, anonymousNumber: first!, itemId: '5', tenths: 100, version });
  for (const id of examinersOf(st)) await of(id).lock(where);
  for (const id of examinersOf(st)) {
    const { state } = await of(id).sheet(where);
    await of(id).sign({ ...where, ...hands, checkCode: 'checkCode' in state ? state.checkCode : '' });
  }
  const decided = await of('E01').decide({
    ...where,
    number: first!,
    items: { 5: 240 },
    vetoes: {},
    reason: '录像核对（样本）',
    ...hands,
  });
  const wrong = { number: second!, examinerId: 'E02' as ExaminerId, cellId: '1', tenths: 45 };
  const corrected = await of('E01').correct({ ...where, ...wrong, reason: '抄错行（样本）', ...hands });
  for (const { decisionId, checkCode } of [decided, corrected]) {
    await of('E02').recheck({ decisionId, checkCode, agrees: true, note: '', ...hands });
  }
  return st;
}

const asTheory = (plan: Plan): Plan => ({
  ...plan,
  sessions: plan.sessions.map((s) => (s.sessionId === S1 ? { ...s, part: 'theory', rubricId: null } : s)),
  panels: plan.panels.filter((p) => p.sessionId !== S1),
});
async function theoryDay(): Promise<TestStation> {
  const st = await openTestStation({ plan: asTheory });
  await openDoor(st);
  await admit(st, 'C01');
  await admit(st, 'C02');
  await over(st);
  const keeper = st.as('score-keeper').scoring;
  await keeper.declareKeeper({ sessionId: S1, pin: PIN });
  const rows = ['C01,78.5', 'C02,59'].map((r) => r.replace(/^C0\d/, (id) => st.candidate(id).ticketNumber));
  const check = await keeper.checkTheoryFile({
    sessionId: S1,
    file: new File([`准考证号,成绩\n${rows.join('\n')}`], 't.csv'),
  });
  if (check.kind !== 'ready') throw new Error(JSON.stringify(check));
  await keeper.acceptTheoryFile({ checkId: check.checkId, checkCode: check.checkCode, ...hands });
  return st;
}

const sealed: Record<string, OpenedBundle> = {};
beforeAll(async () => {
  sealed.panel = await opened(await panelDay(), 'panel');
  sealed.theory = await opened(await theoryDay(), 'theory');
}, 120_000);

/** Claims that do not pass and what they say, when one document reads otherwise than it was sealed. */
async function failures(day: 'panel' | 'theory', path = '', change: (json: Json) => Json = (json) => json) {
  const claims = await sealed[day]!.judge(marksClaims, (p, json) => (p === path ? change(json) : json));
  return claims.flatMap((c) => (c.result === 'pass' ? [] : [`${c.id} ${c.detail.en}`]));
}
const ids = (found: string[]) => found.map((f) => f.split(' ')[0]);
const sheetOf = (d: Json, examinerId: string): Json => d.sheets.find((s: Json) => s.examinerId === examinerId);
const numbered = (d: Json): string[] => Object.keys(sheetOf(d, 'E03').marks).sort();
const made = (d: Json, kind: string): Json => d.decisions.find((x: Json) => x.body.kind === kind);
const without = (event: string) => (lines: Json) => lines.filter((l: Json) => l.event !== event);

test('as sealed, everything about marks, decisions and theory holds', async () => {
  expect(await failures('panel')).toEqual([]);
  expect(await failures('theory')).toEqual([]);
});

describe('a forged sheet is found, by the name of who is said to have marked', () => {
  test('one mark raised, the rest as it was', async () => {
    const found = await failures('panel', SHEETS_PATH, (d) => {
      const [number] = numbered(d);
      sheetOf(d, 'E03').marks[number!]['5'] = 250;
      return d;
    });
    expect(ids(found)).toEqual(['marks.1', 'marks.2', 'marks.4']);
    expect(found[1]).toContain('E03');
  });

  test('one mark raised and its check code made to fit, on sheet and signature alike', async () => {
    const found = await failures('panel', SHEETS_PATH, (d) => {
      const sheet = sheetOf(d, 'E03');
      sheet.marks[numbered(d)[0]!]['1'] = 0;
      sheet.checkCode = checkCodeOf(sheet.marks).checkCode;
      d.signatures.find((s: Json) => s.examinerId === 'E03').checkCode = sheet.checkCode;
      return d;
    });
    // The handwriting stands under the code of what was signed, and the journal knows the hash.
    expect(ids(found)).toEqual(['marks.1', 'marks.2', 'marks.4']);
    expect(found[1]).toMatch(/1 sheets fail: E03 /);
    expect(found[2]).toMatch(/E03 /);
  });

  test.each<[string, string, (d: Json) => Json, string[]]>([
    [
      'a sheet nobody signed',
      SHEETS_PATH,
      (d) => ({ ...d, signatures: d.signatures.slice(1) }),
      ['marks.1', 'marks.2'],
    ],
    [
      'handwriting that is somebody else’s',
      SHEETS_PATH,
      (d) => {
        const [a, b] = d.signatures;
        [a.evidenceId, b.evidenceId] = [b.evidenceId, a.evidenceId];
        return d;
      },
      ['marks.4'],
    ],
    [
      'a sheet left out',
      SHEETS_PATH,
      (d) => ({ ...d, sheets: d.sheets.filter((s: Json) => s.examinerId !== 'E02') }),
      ['marks.1', 'marks.4'],
    ],
    [
      'a score changed',
      RESULTS_PATH,
      (d) => {
        d.rooms[0].results.find((r: Json) => r.scoreTenths !== null).scoreTenths += 1;
        return d;
      },
      ['marks.1'],
    ],
    [
      'signed before the marks were shown',
      ENTRIES_PATH,
      (lines) => {
        lines.find((l: Json) => l.event === 'scoring.signed').seq = 1;
        return lines;
      },
      ['marks.4'],
    ],
    ['a journal that knows no lock', ENTRIES_PATH, without('scoring.locked'), ['marks.4']],
  ])('%s', async (_, path, change, expected) => {
    expect(ids(await failures('panel', path, change))).toEqual(expected);
  });
});

describe('a forged decision is found, by the number of the candidate', () => {
  test.each<[string, string, (d: Json) => Json, string[]]>([
    [
      'the lead’s mark changed',
      DECISIONS_PATH,
      (d) => {
        made(d, 'conference').body.items['5'] = 100;
        return d;
      },
      ['marks.1', 'marks.5'],
    ],
    [
      'a correction left out',
      DECISIONS_PATH,
      (d) => ({ decisions: d.decisions.filter((x: Json) => x.body.kind !== 'correction') }),
      ['marks.1', 'marks.5'],
    ],
    [
      'another reason',
      DECISIONS_PATH,
      (d) => {
        made(d, 'correction').reason = '别的理由（样本）';
        return d;
      },
      ['marks.5'],
    ],
    [
      'one person who was both',
      DECISIONS_PATH,
      (d) => {
        made(d, 'conference').check.staffId = made(d, 'conference').by.staffId;
        return d;
      },
      ['marks.5'],
    ],
    [
      'somebody who was not the lead',
      DECISIONS_PATH,
      (d) => {
        made(d, 'conference').by.examinerId = 'E03';
        return d;
      },
      ['marks.5'],
    ],
    [
      'a rule other than the pack says',
      RESULTS_PATH,
      (d) => {
        d.rules['scoring.spread-limit-tenths'] = 999;
        return d;
      },
      ['marks.1'],
    ],
    ['a second signature that is not there', ENTRIES_PATH, without('scoring.decision-checked'), ['marks.5']],
    [
      'a decision before all had signed',
      ENTRIES_PATH,
      (lines) => {
        lines.findLast((l: Json) => l.event === 'scoring.signed').seq += 1e6;
        return lines;
      },
      ['marks.5'],
    ],
  ])('%s', async (_, path, change, expected) => {
    expect(ids(await failures('panel', path, change))).toEqual(expected);
  });
});

test.each<[string, string, (d: Json) => Json, string[]]>([
  [
    'a theory mark raised',
    THEORY_PATH,
    (d) => {
      const [id] = Object.keys(d.accepted.marks);
      d.accepted.marks[id!] = 990;
      return d;
    },
    ['marks.1', 'marks.6'],
  ],
  [
    'another file said to be the one',
    THEORY_PATH,
    (d) => {
      d.accepted.fileSha256 = 'ab'.repeat(32);
      return d;
    },
    ['marks.6'],
  ],
  [
    'said to be typed by two',
    THEORY_PATH,
    (d) => {
      d.accepted.source = 'typed-twice';
      return d;
    },
    ['marks.6'],
  ],
  ['no marks at all', THEORY_PATH, (d) => ({ ...d, accepted: null }), ['marks.1', 'marks.6']],
  [
    'a lower bar, and a pass by it',
    RESULTS_PATH,
    (d) => {
      for (const room of d.rooms) {
        room.passTenths = 500;
        for (const r of room.results) if (r.result === 'failed') r.result = 'passed';
      }
      return d;
    },
    ['marks.1'],
  ],
  ['a journal that knows of none', ENTRIES_PATH, without('scoring.theory-accepted'), ['marks.6']],
])('theory: %s', async (_, path, change, expected) => {
  expect(ids(await failures('theory', path, change))).toEqual(expected);
});

test.each([SHEETS_PATH, DECISIONS_PATH, THEORY_PATH])(
  '%s that is no such document passes for nothing',
  async (path) => {
    for (const odd of [null, 7, [], { decisions: [{}] }, { sheets: {} }]) {
      for (const day of ['panel', 'theory'] as const) {
        const found = await failures(day, path, () => odd);
        expect(found.length === 0 && odd !== null).toBe(false);
      }
    }
  },
);
