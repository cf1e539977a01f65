import { expect, test } from 'vitest';
import {
  admit,
  closedSession,
  declareAll,
  examinersOf,
  MINUTE,
  markAll,
  markAndSign,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
} from '../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../test/harness/on-video.ts';
import {
  codeOf,
  openTestStation,
  PASSPHRASE,
  PIN,
  refusalOf,
  type TestStation,
} from '../../../test/harness/open-station.ts';
import { canLookAtPages, codesIn, pageAsPng, textOfPdf } from '../../../test/harness/printed-page.ts';
import { entryBytes, leafHash } from '../../journal/entry.ts';
import { parseEntryCode } from './entry-code.ts';

const formOf = async (st: TestStation, formId: string, by = st.as('score-keeper')): Promise<Uint8Array> =>
  new Uint8Array(await (await by.forms.print({ sessionId: S1, formId })).arrayBuffer());
const lead = (st: TestStation) => examinersOf(st)[0]!;

/** Two candidates came, the session is over, the panel of the room has marked and signed. */
async function markedSession(st: TestStation): Promise<void> {
  await openDoor(st);
  for (const id of ['C01', 'C02']) await admit(st, id);
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await st.as('site-lead').session.close({ sessionId: S1 });
  st.clock.advance(10 * MINUTE);
  await shortnessAccepted(st);
  await markAndSign(st);
}

test('before the whole panel has locked, nothing of the marks is printed, for nobody', async () => {
  const st = await openTestStation({ withoutFaces: false });
  await closedSession(st);
  const [first] = examinersOf(st);
  await markAll(st, first!);
  await st.examiner(first!).scoring.lock({ sessionId: S1, roomId: ROOM });
  const ids = [`summary:${ROOM}`, `score-sheets:${ROOM}:${first}`];
  for (const formId of ids) {
    expect(await refusalOf(st.as('site-lead').forms.print({ sessionId: S1, formId }))).toEqual({
      code: 'NOT_REVEALED',
      data: { waitingFor: 2 },
    });
  }
  expect(await codeOf(st.examiner(first!).forms.print({ sessionId: S1, formId: ids[1]! }))).toBe('NOT_REVEALED');
  const listed = await st.as('site-lead').forms.list({ sessionId: S1 });
  expect(listed.filter((f) => f.roomName === '201 考场').map((f) => f.state)).toEqual(['waiting', 'waiting']);
});

test('an examiner prints their own sheets, and nobody else’s', async () => {
  const st = await openTestStation();
  await markedSession(st);
  const [own, other] = examinersOf(st);
  const { forms } = st.examiner(own!);
  expect((await forms.list({ sessionId: S1 })).map((f) => f.formId)).toEqual([`score-sheets:${ROOM}:${own}`]);
  expect(await codeOf(forms.print({ sessionId: S1, formId: `score-sheets:${ROOM}:${own}` }))).toBe('ok');
  st.journalEvents();
  for (const formId of [`score-sheets:${ROOM}:${other}`, `summary:${ROOM}`, 'panel-record', 'recusal-record']) {
    expect(await codeOf(forms.print({ sessionId: S1, formId }))).toBe('NO_SUCH_FORM');
  }
  expect(st.journalEvents()).toEqual(new Array(4).fill('forms.refused'));
});

test('a form of a name that the body may not bear is refused, naming word and text', async () => {
  const st = await openTestStation({ plan: (p) => ({ ...p, batch: '全国统考（样本）' }) });
  expect(await refusalOf(st.as('site-lead').forms.print({ sessionId: S1, formId: 'panel-record' }))).toEqual({
    code: 'FORBIDDEN_WORD',
    data: { found: [{ word: '全国', text: '全国统考（样本）' }] },
  });
  expect(st.journal().at(-1)).toMatchObject({
    event: 'forms.refused',
    data: { formId: 'panel-record', code: 'FORBIDDEN_WORD', words: ['全国'] },
  });
});

test('with the keys still wrapped a signed form is refused: it must not look unsigned', async () => {
  const st = await openTestStation();
  await markedSession(st);
  await st.restart();
  const print = () => st.as('score-keeper').forms.print({ sessionId: S1, formId: `summary:${ROOM}` });
  expect(await codeOf(print())).toBe('KEYS_LOCKED');
  await st.as('site-lead').site.unlock({ passphrase: PASSPHRASE });
  expect(await codeOf(print())).toBe('ok');
});

test('a session that is not there, and forms that are not, are said to be so', async () => {
  const st = await openTestStation();
  const { forms } = st.as('site-lead');
  expect(await codeOf(forms.list({ sessionId: 'S9' as never }))).toBe('NO_SUCH_SESSION');
  expect(await codeOf(forms.print({ sessionId: 'S9' as never, formId: 'panel-record' }))).toBe('NO_SUCH_SESSION');
  expect(await codeOf(forms.print({ sessionId: S1, formId: 'summary:999' }))).toBe('NO_SUCH_FORM');
});

test.runIf(canLookAtPages)(
  'on paper: marks as locked, handwriting whose code leads to its entry, the lead’s under the closing alone',
  async () => {
    const st = await openTestStation();
    await markedSession(st);
    const sheets = await formOf(st, `score-sheets:${ROOM}:${lead(st)}`);
    const text = (await textOfPdf(sheets)).replaceAll(/\s+/g, '');
    expect(text).toContain('第1页共2页');
    const { name } = st.plan.examiners.find((e) => e.examinerId === lead(st))!;
    expect(text).toContain(`考评组长${name}`);
    expect(text).not.toContain(st.candidate('C01').name);

    const [code] = await codesIn(await pageAsPng(sheets, 1, 200));
    const read = parseEntryCode(code!.text);
    if (!read.ok) throw new Error(code!.text);
    const entry = st.journal()[read.value.seq]!;
    expect(entry).toMatchObject({ event: 'scoring.signed', data: { examinerId: lead(st) } });
    expect(Buffer.from(leafHash(entryBytes(entry))).toString('hex')).toBe(read.value.leaf);

    const codesOn = async () => (await codesIn(await pageAsPng(await formOf(st, `summary:${ROOM}`), 1, 200))).length;
    expect(await codesOn()).toBe(3);
    await declareAll(st);
    await st.as('site-lead').archive.signOff({ sessionId: S1, pin: PIN, strokes: STROKES });
    const seqOf = (event: string) => st.journal().findLast((e) => e.event === event)!.seq;
    const summary = await formOf(st, `summary:${ROOM}`);
    const pages = await Promise.all([1, 2].map(async (p) => codesIn(await pageAsPng(summary, p, 200))));
    const seqs = pages
      .flat()
      .map((c) => parseEntryCode(c.text))
      .map((c) => c.ok && c.value.seq);
    expect(seqs).toContain(seqOf('archive.signed-off'));
    expect(seqs).toHaveLength(4);
  },
);
