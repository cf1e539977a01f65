import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closedSession, declareAll, PIECES, S1, STROKES } from '../../../../test/harness/exam-day.ts';
import { openTestStation, PIN } from '../../../../test/harness/open-station.ts';
import { type Json, type OpenedBundle, openedBundle } from '../../../../test/harness/opened-bundle.ts';
import { generateIdentity } from '../../../vault/age/age.ts';
import { SupervisedTopic } from '../../supervisor-record/contract.ts';
import { type BundleIndex, ENTRIES_PATH } from '../bundle-format.ts';
import { signOff } from '../closing-calls.ts';
import { declarationsSha256 } from '../declaration-signature.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { indexPath } from '../volume/volume-index.ts';
import { declarationClaims } from './declaration-claims.ts';
import { RULE_PACK_PATH } from './documents.ts';
import { supervisionClaims } from './supervision-claims.ts';
import { volumeClaims } from './volume-claims.ts';
import { DECLARATIONS_PATH, DECLARATIONS_SIGNATURE_PATH, PAPER_PATH, SUPERVISION_PATH } from './volume-documents.ts';

const SUPERVISION = generateIdentity();
const FOUR = indexPath(4, 'json');
const scratch = mkdtempSync(join(tmpdir(), 'kaodian-volume-claims-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let sealed: OpenedBundle;

/** Paper counted anew once and then in two rounds, two supervisors' records, reasons signed for. */
beforeAll(async () => {
  const st = await openTestStation({
    plan: (p) => ({ ...p, centre: { ...p.centre, supervisionRecipient: SUPERVISION.recipient } }),
  });
  await closedSession(st);
  const [lead, keeper] = [st.as('site-lead'), st.as('score-keeper')];
  const count = (desk: typeof lead, round: number, counts: Record<string, number>) =>
    desk.paper.count({ sessionId: S1, round, counts });
  await count(lead, 1, PIECES);
  await lead.paper.countAgain({ sessionId: S1, reason: '样本：少了一袋' });
  await count(lead, 1, PIECES);
  await count(keeper, 1, { ...PIECES, 'volume:4': 6 });
  await count(lead, 2, { 'volume:4': 5 });
  await count(keeper, 2, { 'volume:4': 5 });
  const findings = SupervisedTopic.options.map((topic) => ({ topic, judgement: 'in-order' as const, note: '' }));
  for (const summary of ['上午（样本）', '下午（样本）']) {
    const words = { findings, summary };
    await st.as('supervisor').supervisorRecord.write({ sessionId: S1, words, pin: PIN, strokes: STROKES });
  }
  await declareAll(st);
  await signOff(st);
  sealed = await openedBundle(st, join(scratch, 'opened'), [SUPERVISION.identity]);
  for (const claims of [volumeClaims, supervisionClaims, declarationClaims]) {
    expect((await sealed.judge(claims)).filter((c) => c.result !== 'pass')).toEqual([]);
  }
}, 60_000);

/** What is read instead of a document, where a change does not alter it in place. */
class Instead {
  readonly json: Json;
  constructor(json: Json) {
    this.json = json;
  }
}
interface Change {
  [path: string]: (json: Json) => unknown;
}
/** What does not pass, each with its files, when documents are changed in place, or replaced by what a change gives back. */
async function notPassed(claims: ContentClaim, change: Change, more: { index?: (i: BundleIndex) => unknown } = {}) {
  const index = structuredClone(sealed.index);
  more.index?.(index);
  const changed = (path: string, json: Json): Json => {
    const alter = change[path];
    if (!alter) return json;
    const copy = structuredClone(json);
    const given = alter(copy);
    return given instanceof Instead ? given.json : copy;
  };
  const said = await sealed.judge(claims, changed, index);
  return said.filter((c) => c.result !== 'pass').map((c) => [`${c.id} ${c.result}`, ...(c.files ?? [])]);
}
const gone = () => new Instead(undefined);
const others = (events: readonly string[]) => (l: Json[]) => new Instead(l.filter((e) => !events.includes(e.event)));

describe('an index that is not what lies in the volume', () => {
  const first = (): string => sealed.json(FOUR).pieces[0].files[0].path;
  const last = (): string => sealed.json(FOUR).pieces.at(-1).files[0].path;
  test.each<[string, Change, () => string[]]>([
    ['a piece left out', { [FOUR]: (i) => void i.pieces.pop() }, () => [last()]],
    [
      'a piece too many',
      {
        [FOUR]: (i) =>
          void i.pieces.push({
            ...structuredClone(i.pieces.at(-1)),
            number: i.pieces.length + 1,
            files: [{ ...i.pieces.at(-1).files[0], path: 'data/4-results/more.json.age' }],
          }),
      },
      () => ['data/4-results/more.json.age'],
    ],
    ['a piece listed twice', { [FOUR]: (i) => (i.pieces[1].files = i.pieces[0].files) }, () => [FOUR]],
    ['a number skipped', { [FOUR]: (i) => (i.pieces.at(-1).number += 1) }, () => [FOUR]],
    ['another hash', { [FOUR]: (i) => (i.pieces[0].files[0].sha256 = '0'.repeat(64)) }, () => [first()]],
    ['another kind of file', { [FOUR]: (i) => (i.pieces[0].files[0].mediaType = 'a/b') }, () => [first()]],
    ['a piece of another size than its files', { [FOUR]: (i) => (i.pieces[0].sizeBytes += 1) }, () => [FOUR]],
    ['one of the five missing', { [FOUR]: gone }, () => [FOUR]],
    ['the index of another volume', { [FOUR]: (i) => (i.volume = 5) }, () => [FOUR]],
    ['the index of another session', { [FOUR]: (i) => (i.sessionId = 'S2') }, () => [FOUR]],
    [
      'another reason for what is missing',
      { [indexPath(3, 'json')]: (i) => void i.missing.push({ itemId: 'x', reason: '别的' }) },
      () => [indexPath(3, 'json')],
    ],
    [
      "a supervisor's record left out",
      { [indexPath(3, 'json')]: (i) => void i.apart.pop() },
      () => [indexPath(3, 'json')],
    ],
  ])('%s', async (_, change, files) => {
    const [indexed] = await notPassed(volumeClaims, change);
    expect(indexed?.[0]).toBe('volumes.1 fail');
    expect(indexed).toEqual(expect.arrayContaining(files()));
  });

  test('a file the index does not know, and one it knows that is gone', async () => {
    const index = (i: BundleIndex) =>
      Object.assign(i.items.find((item) => item.path === first())!, { path: 'data/4-results/other.json.age' });
    expect(await notPassed(volumeClaims, {}, { index })).toEqual([
      ['volumes.1 fail', ...['data/4-results/other.json.age', first()].sort()],
    ]);
  });

  test.each([
    [
      'made from other data',
      (path: string, read?: Buffer) => (path === FOUR ? Buffer.concat([read!, Buffer.of(32)]) : read),
    ],
    ['left out', (path: string, read?: Buffer) => (path === indexPath(4, 'pdf') ? undefined : read)],
    [
      'of another volume',
      (path: string, read?: Buffer) => (path === indexPath(4, 'pdf') ? sealed.bytes(indexPath(5, 'pdf')) : read),
    ],
  ])('a page %s', async (_, changeBytes) => {
    const [indexed] = await sealed.judge(volumeClaims, undefined, undefined, changeBytes);
    expect(indexed).toMatchObject({ id: 'volumes.1', result: 'fail', files: [indexPath(4, 'pdf')] });
  });
});

describe('a count that was not so', () => {
  /** Changes the record and what the journal says of it alike. */
  const both = (change: (entries: Json[]) => unknown): Change => ({
    [PAPER_PATH]: (p) => void change(p.entries),
    [ENTRIES_PATH]: (l) => void change(l.filter((e: Json) => e.event === 'paper.counted').map((e: Json) => e.data)),
  });
  const twiceSix = (entries: Json[]) => {
    for (const e of entries.slice(-2)) e.counts['volume:4'] = 6;
  };
  const withoutCounted =
    (...at: number[]) =>
    (l: Json[]) => {
      const counted = l.filter((e) => e.event === 'paper.counted');
      return new Instead(l.filter((e) => !at.includes(counted.indexOf(e))));
    };
  test.each<[string, Change]>([
    ['another number in the index', { [FOUR]: (i) => (i.paper.pieces = 6) }],
    ['no number in the index', { [FOUR]: (i) => (i.paper = null) }],
    ['somebody else named in the index', { [FOUR]: (i) => (i.paper.countedBy[0] = '别人（样本）') }],
    ['somebody else named in the record', { [PAPER_PATH]: (p) => (p.entries[1].byName = '别人（样本）') }],
    ['another number in the record, the last time twice', { [PAPER_PATH]: (p) => twiceSix(p.entries) }],
    ['the same, in the journal as well', both(twiceSix)],
    ['the last round left out', { [PAPER_PATH]: (p) => void p.entries.splice(-2) }],
    [
      'the last round left out of both',
      {
        [PAPER_PATH]: (p) => void p.entries.splice(-2),
        [ENTRIES_PATH]: withoutCounted(3, 4),
      },
    ],
    [
      'the first attempt left out',
      {
        [PAPER_PATH]: (p) => {
          p.entries.shift();
          p.restarts = [];
          for (const e of p.entries) e.attempt = 0;
        },
      },
    ],
    ['another reason to begin anew', { [PAPER_PATH]: (p) => (p.restarts[0].reason = '别的') }],
    ['a line that was counted left out of the form', { [PAPER_PATH]: (p) => void p.lines.shift() }],
    ['an entry the journal does not know', { [ENTRIES_PATH]: withoutCounted(0) }],
    [
      'both entries of a round by one person',
      {
        ...both(
          (e) => void Object.assign(e[4]!, { byStaff: e[3]!.byStaff, ...(e[3]!.byName && { byName: e[3]!.byName }) }),
        ),
      },
    ],
    [
      'a rule of two persons taken back in the record',
      { [PAPER_PATH]: (p) => (p.otherPersonNeeded = !p.otherPersonNeeded) },
    ],
    [
      'a rule of two persons taken back in the pack',
      {
        [RULE_PACK_PATH]: (p) => (p.clauses.find((c: Json) => c.id === 'archive.second-count-by-other').value = false),
      },
    ],
  ])('%s', async (_, change) => {
    expect(await notPassed(volumeClaims, change)).toEqual([['volumes.2 fail', PAPER_PATH]]);
  });
});

describe("a supervisor's record that is not what was sealed apart", () => {
  const recordAt = (n: number): string => sealed.json(SUPERVISION_PATH).records[n].path;
  const swap = (member: string) => (d: Json) => {
    const [a, b] = d.records;
    [a[member], b[member]] = [b[member], a[member]];
  };
  test.each<[string, () => Change, ((i: BundleIndex) => unknown)?]>([
    ['taken out of the list', () => ({ [SUPERVISION_PATH]: (d) => void d.records.pop() })],
    [
      'taken out of the list and the bundle',
      () => ({ [SUPERVISION_PATH]: (d) => void d.records.pop() }),
      (i) => (i.items = i.items.filter((item) => item.path !== recordAt(1))),
    ],
    [
      'all taken out of the list and the bundle',
      () => ({ [SUPERVISION_PATH]: (d) => (d.records = []) }),
      (i) => (i.items = i.items.filter((item) => item.volume !== 'supervision')),
    ],
    ['the ids of two swapped', () => ({ [SUPERVISION_PATH]: swap('recordId') })],
    ['the files of two swapped', () => ({ [SUPERVISION_PATH]: swap('path') })],
    ['the contents of two swapped', () => ({ [recordAt(0)]: () => new Instead(sealed.json(recordAt(1))) })],
    ['of another session', () => ({ [recordAt(0)]: (r) => (r.sessionId = 'S2') })],
    ['by somebody else', () => ({ [SUPERVISION_PATH]: (d) => (d.records[0].byName = '别人（样本）') })],
    ['one the journal does not know', () => ({ [ENTRIES_PATH]: others(['supervisor-record.sealed-apart']) })],
  ])('%s', async (_, change, index) => {
    const [apart] = await notPassed(supervisionClaims, change(), index && { index });
    expect(apart?.[0]).toBe('supervision.1 fail');
    expect(apart?.length).toBeGreaterThan(1);
  });
});

describe('reasons that nobody signed so', () => {
  const rewritten = (d: Json) => (d.declarations[0].reason = '别的原因');
  test.each<[string, Change, ((i: BundleIndex) => unknown)?]>([
    ['no signature', { [DECLARATIONS_PATH]: (d) => (d.signature = null) }],
    ['no signature member', { [DECLARATIONS_PATH]: (d) => void Reflect.deleteProperty(d, 'signature') }],
    ['named as signed by somebody else', { [DECLARATIONS_PATH]: (d) => (d.signature.byName = '别人（样本）') }],
    ['the hand of somebody else', { [DECLARATIONS_SIGNATURE_PATH]: (h) => (h.by = 'S-else') }],
    ['a hand under another text', { [DECLARATIONS_SIGNATURE_PATH]: (h) => (h.declarationsSha256 = '0'.repeat(64)) }],
    ['no hand at all', { [DECLARATIONS_SIGNATURE_PATH]: gone }],
    [
      'another file for the hand',
      {},
      (i) => (i.items.find((item) => item.path === DECLARATIONS_SIGNATURE_PATH)!.sha256 = '0'.repeat(64)),
    ],
    ['another reason', { [DECLARATIONS_PATH]: rewritten }],
    [
      'another reason, signed for anew in every document',
      {
        [DECLARATIONS_PATH]: (d) => {
          rewritten(d);
          d.signature.declarationsSha256 = declarationsSha256(d.declarations);
        },
        [DECLARATIONS_SIGNATURE_PATH]: (h) => {
          const { declarations } = structuredClone(sealed.json(DECLARATIONS_PATH));
          declarations[0].reason = '别的原因';
          h.declarationsSha256 = declarationsSha256(declarations);
        },
      },
    ],
    ['a reason left out', { [DECLARATIONS_PATH]: (d) => void d.declarations.pop() }],
    ['everything left out', { [DECLARATIONS_PATH]: () => new Instead({ declarations: [], signature: null }) }],
    ['a signature the journal does not know', { [ENTRIES_PATH]: others(['archive.declarations-signed']) }],
    [
      'another signer in the journal',
      {
        [ENTRIES_PATH]: (l) =>
          (l.find((e: Json) => e.event === 'archive.declarations-signed').actor.staffId = 'S-else'),
      },
    ],
  ])('%s', async (_, change, index) => {
    const [declared] = await notPassed(declarationClaims, change, index && { index });
    expect(declared?.[0]).toBe('declared.1 fail');
    expect(declared).toContain(DECLARATIONS_PATH);
  });
});
