import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  admit,
  declareAll,
  FOUR_LOOKS,
  identify,
  MINUTE,
  markAndSign,
  openUnsigned,
  pinOf,
  ROOM,
  S1,
  sessionOf,
  showFace,
  signConsent,
} from '../../../../test/harness/exam-day.ts';
import { pictureOf } from '../../../../test/harness/fake-face-engine.ts';
import { filmed } from '../../../../test/harness/on-video.ts';
import { CENTRE, openTestStation, type TestStation } from '../../../../test/harness/open-station.ts';
import { contentClaims } from '../../../cli/content-claims.ts';
import type { CandidateId } from '../../../lib/ids.ts';
import type { Plan } from '../../plan/plan-schema.ts';
import { type BundleIndex, ENTRIES_PATH, LEAVES_PATH } from '../bundle-format.ts';
import { seal, signOff } from '../closing-calls.ts';
import { openBundle } from '../open-bundle.ts';
import { type ContentClaim, verifyBundle } from '../verify-bundle.ts';
import { coverageClaims } from './coverage-claims.ts';
import {
  ATTEMPTS_PATH,
  CANDIDATES_PATH,
  CONSENTS_PATH,
  PLAN_PATH,
  PRESENCE_PATH,
  SEATING_PATH,
  UNDONE_PATH,
} from './documents.ts';
import { rulesClaims } from './rules-claims.ts';
import { supervisionClaims } from './supervision-claims.ts';
import { volumeClaims } from './volume-claims.ts';

const DRAWING = ['C01', 'C02', 'C03'];
const withDraw = (plan: Plan): Plan => ({
  ...plan,
  workstations: [...plan.workstations, { workstationId: '201-9' as never, roomId: ROOM, label: '9 号工位' }],
  candidates: plan.candidates.map((c) => (DRAWING.includes(c.candidateId) ? { ...c, workstationId: null } : c)),
});

/** A day with everything in it: a decline, an admission taken back, drawn seats, a break, re-checks by face and by eye. */
async function play(st: TestStation): Promise<void> {
  const [door, presence] = [st.as('door').checkin, st.as('invigilator').presence];
  const second = pinOf(st, 'invigilator');
  await openUnsigned(st);
  for (const id of ['C01', 'C02', 'C03', 'C04']) await signConsent(st, id);
  await signConsent(st, 'C05', 'agreed');
  await signConsent(st, 'C05', 'declined');
  for (const id of ['C01', 'C02', 'C03', 'C04']) await admit(st, id);
  const declined = await identify(st, 'C05');
  await door.admitByHand({ attemptId: declined.attemptId, reason: 'declines-face', checks: FOUR_LOOKS, second });
  const lead = pinOf(st, 'site-lead');
  await door.undoAdmission({ candidateId: 'C02' as CandidateId, reason: '按错了键', lead });
  await admit(st, 'C02');
  st.clock.advance(sessionOf(st).startsAtMs - st.clock.wallMs());
  st.tick();
  st.clock.advance(40 * MINUTE);
  await presence.signOut({ candidateId: 'C01' as CandidateId, kind: 'break', note: '' });
  const back = await showFace(st, await identify(st, 'C01'), 'C01');
  await door.admit({ attemptId: back.attemptId });
  st.clock.advance(sessionOf(st).endsAtMs - MINUTE - st.clock.wallMs());
  for (const { recheckId, candidateId, state } of (await presence.room({ roomId: ROOM })).rechecks) {
    if (state.kind === 'due' && candidateId !== 'C04') {
      for (let i = 0; i < 3; i += 1) await presence.presentRecheckFace({ recheckId, frame: pictureOf(candidateId) });
    } else {
      const other = pinOf(st, 'door');
      await presence.recheckByEye({ recheckId, verdict: 'same', second: other });
    }
  }
  st.clock.advance(MINUTE);
  await filmed(st);
  await st.as('site-lead').session.close({ sessionId: S1 });
  await markAndSign(st);
  await declareAll(st);
  await signOff(st);
}

type Json = ReturnType<typeof JSON.parse>;
interface Sealed {
  folder: string;
  out: string;
  index: BundleIndex;
}
let sealed: Sealed;
/** Coverage by video and the rules rest on the same documents; this day counts no paper. They have tests of their own. */
const apart: readonly ContentClaim[] = [coverageClaims, rulesClaims, volumeClaims, supervisionClaims];
const asked = contentClaims.filter((ask) => !apart.includes(ask));
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-claims-'));
afterAll(() => rmSync(scratch, { recursive: true }));
/** Opened files whose name in the bundle has no ending have been given one. */
const opened = (path: string) => {
  const file = join(sealed.out, path.replace(/^data\//, '').replace(/\.age$/, ''));
  return existsSync(file) ? file : `${file}.json`;
};

/** Claims that fail when one document reads otherwise than it was sealed; its hashes are not looked at here. */
async function failuresWith(path: string, change: (json: Json) => Json): Promise<string[]> {
  const parsed = (p: string, text: string): Json => (p === path ? change(JSON.parse(text)) : JSON.parse(text));
  const readJson = async (p: string) => parsed(p, readFileSync(opened(p), 'utf8'));
  const readLines = async (p: string) => {
    const lines: Json[] = readFileSync(opened(p), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    return p === path ? change(lines) : lines;
  };
  const readBytes = async (p: string) => {
    const bytes = new Uint8Array(readFileSync(opened(p)));
    return p === path ? change(bytes) : bytes;
  };
  const claims = [];
  for (const ask of asked) claims.push(...(await ask(sealed.index, readJson, readLines, readBytes)));
  return claims.filter((c) => c.result !== 'pass').map((c) => c.id);
}

beforeAll(async () => {
  const st = await openTestStation({ plan: withDraw });
  await play(st);
  const { folder } = await seal(st);
  const out = join(scratch, 'opened');
  const result = await openBundle(folder, [CENTRE.identity], out);
  if (!result.ok) throw new Error(result.error.code);
  sealed = { folder, out, index: result.value.index };
  const report = await verifyBundle(folder, { identity: CENTRE.identity, contentClaims });
  expect(report.claims.filter((c) => c.result === 'fail')).toEqual([]);
  const families = /^(?:admission|consent|seating|presence|marks)\./;
  const notPassed = report.claims.filter((c) => families.test(c.id) && c.result !== 'pass');
  expect(notPassed).toEqual([]);
}, 60_000);

test('a clock set back between a signature and the admission changes nothing: the journal tells the order', async () => {
  const later = (c: Json) => ({ ...c, signings: c.signings.map((s: Json) => ({ ...s, atMs: s.atMs + 1e6 })) });
  expect(await failuresWith(CONSENTS_PATH, later)).toEqual([]);
});

test('as sealed, every claim about the contents passes', async () => {
  expect(await failuresWith('none', (json) => json)).toEqual([]);
});

const record = (attempts: Json[], id: string, outcome: string): Json =>
  attempts.find((r) => r.attempt.candidateId === id && r.attempt.outcome === outcome);

describe('what was changed is found', () => {
  test.each<[string, string, (json: Json) => Json, string[]]>([
    [
      'an admission left out',
      ATTEMPTS_PATH,
      (a) => a.filter((r: Json) => r !== record(a, 'C03', 'admitted')),
      ['admission.2', 'admission.4', 'marks.1', 'marks.3'],
    ],
    [
      'a machine’s admission without the face',
      ATTEMPTS_PATH,
      (a) => {
        record(a, 'C03', 'admitted').attempt.edges[2].score = 0.1;
        return a;
      },
      ['admission.1', 'admission.2'],
    ],
    [
      'one person who was both',
      ATTEMPTS_PATH,
      (a) => {
        const hand = record(a, 'C05', 'admitted-by-hand');
        hand.second = hand.by;
        return a;
      },
      ['admission.1', 'admission.2'],
    ],
    ['an admission taken back, and that hidden', UNDONE_PATH, () => [], ['admission.1', 'admission.4']],
    [
      'an admission said to be taken back',
      UNDONE_PATH,
      (u) => [...u, { ...u[0], candidateId: 'C03', attemptId: 'A-1' }],
      ['admission.4'],
    ],
    [
      'a journal that does not know it was taken back',
      ENTRIES_PATH,
      (lines) => lines.filter((l: Json) => l.event !== 'checkin.admission-undone'),
      ['admission.4'],
    ],
    [
      'the agreement of somebody let in by the face, gone',
      CONSENTS_PATH,
      (c) => ({ ...c, signings: c.signings.filter((s: Json) => s.candidateId !== 'C03') }),
      ['consent.1', 'consent.2'],
    ],
    [
      'a refusal turned into an agreement',
      CONSENTS_PATH,
      (c) => {
        for (const s of c.signings) s.face = 'agreed';
        return c;
      },
      ['consent.2'],
    ],
    [
      'an agreement turned into a refusal',
      CONSENTS_PATH,
      (c) => {
        c.signings.find((s: Json) => s.candidateId === 'C04').face = 'declined';
        return c;
      },
      ['consent.1', 'consent.2'],
    ],
    [
      'an agreement signed after the admission',
      ENTRIES_PATH,
      (lines) => {
        lines.find((l: Json) => l.event === 'consent.signed' && l.data.candidateId === 'C04').seq += 1e6;
        return lines;
      },
      ['consent.1'],
    ],
    [
      'handwriting that is not in the bundle',
      CONSENTS_PATH,
      (c) => {
        c.signings[0].evidenceSha256 = '0'.repeat(64);
        return c;
      },
      ['consent.2'],
    ],
    [
      'one word of the text signed',
      CONSENTS_PATH,
      (c) => {
        c.texts[0].pledge.title.zh += '！';
        return c;
      },
      ['consent.2'],
    ],
    [
      'two who swapped their workstations',
      SEATING_PATH,
      (s) => {
        const [a, b] = s.draws;
        [a.workstationId, b.workstationId] = [b.workstationId, a.workstationId];
        return s;
      },
      ['seating.1'],
    ],
    [
      'a seed of another day',
      SEATING_PATH,
      (s) => ({ ...s, seed: { ...s.seed, root: 'ab'.repeat(32) } }),
      ['seating.1'],
    ],
    [
      'a seed from a moment chosen afterwards',
      SEATING_PATH,
      (s) => ({ ...s, seed: { ...s.seed, size: s.seed.size - 1 } }),
      ['seating.1'],
    ],
    ['a draw left out', SEATING_PATH, (s) => ({ ...s, draws: s.draws.slice(0, -1) }), ['seating.1']],
    ['no seed at all', SEATING_PATH, (s) => ({ ...s, seed: null }), ['seating.1']],
    [
      'a workstation more, so that another order follows',
      PLAN_PATH,
      (p) => ({ ...p, workstations: [...p.workstations, { workstationId: '201-8', roomId: '201', label: '8' }] }),
      ['seating.1'],
    ],
    [
      'somebody who had a workstation in the plan',
      CANDIDATES_PATH,
      (c) => {
        c.find((x: Json) => x.candidateId === 'C01').workstationId = '201-1';
        return c;
      },
      ['seating.1'],
    ],
    [
      'a re-check of another person',
      PRESENCE_PATH,
      (p) => {
        const [a, b] = p.rechecks;
        [a.candidateId, b.candidateId] = [b.candidateId, a.candidateId];
        return p;
      },
      ['presence.1'],
    ],
    ['a re-check left out', PRESENCE_PATH, (p) => ({ ...p, rechecks: p.rechecks.slice(1) }), ['presence.1']],
    [
      'somebody who did not stand in the draw',
      PRESENCE_PATH,
      (p) => {
        p.draws[0].present = p.draws[0].present.slice(1);
        return p;
      },
      ['presence.1'],
    ],
    [
      'a re-check passed with a low score',
      PRESENCE_PATH,
      (p) => {
        p.results.find((r: Json) => r.kind === 'face-same').comparison.planScore = 0.2;
        return p;
      },
      ['presence.2'],
    ],
    [
      'a re-check by one person alone',
      PRESENCE_PATH,
      (p) => {
        const r = p.results.find((x: Json) => x.kind === 'eye-same');
        r.secondStaffId = r.byStaffId;
        return p;
      },
      ['presence.2'],
    ],
    [
      'a return that no check stands behind',
      PRESENCE_PATH,
      (p) => {
        p.movements.find((m: Json) => m.kind === 'in').attemptId = 'A-0';
        return p;
      },
      ['presence.2'],
    ],
    [
      'leaves of another journal',
      LEAVES_PATH,
      (bytes: Uint8Array) => bytes.map((b, i) => (i === 0 ? b ^ 1 : b)),
      ['seating.1', 'presence.1'],
    ],
  ])('%s', async (_what, path, change, expected) => {
    expect(await failuresWith(path, change)).toEqual(expected);
  });

  test.each([CONSENTS_PATH, SEATING_PATH, PRESENCE_PATH])(
    '%s that is no such document passes for nothing',
    async (path) => {
      const family = path.includes('consents') ? 'consent' : path.includes('seating') ? 'seating' : 'presence';
      for (const odd of [null, 7, [], {}, { seed: 1 }]) {
        const failed = await failuresWith(path, () => odd);
        expect(failed.length).toBeGreaterThan(0);
        expect(failed.every((id) => id.startsWith(family))).toBe(true);
      }
    },
  );
});
