import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import {
  closedSession,
  declareAll,
  examinersOf,
  markAll,
  markAndSign,
  ROOM,
  S1,
  STROKES,
} from '../../../test/harness/exam-day.ts';
import { shortnessAccepted } from '../../../test/harness/on-video.ts';
import { CENTRE, openTestStation, PIN, type TestStation } from '../../../test/harness/open-station.ts';
import { contentClaims } from '../../cli/content-claims.ts';
import { seal, signOff } from '../archive/closing-calls.ts';
import { verifyBundle } from '../archive/verify-bundle.ts';

const kept = (st: TestStation): string[] =>
  st
    .journal()
    .filter((e) => e.event === 'forms.kept')
    .map((e) => (e.data as { formId: string }).formId);

/** What is printed ahead from here until as many more lie ready. */
async function printedAhead(st: TestStation, count: number): Promise<string[]> {
  const before = kept(st).length;
  st.tick();
  while (kept(st).length < before + count) await pause(5);
  return kept(st).slice(before).sort();
}
const sheets = (st: TestStation) => examinersOf(st).map((id) => `score-sheets:${ROOM}:${id}`);
const RECORDS = ['panel-record', 'recusal-record'];

test('forms are printed once their last signature is given; sealing prints only what has changed since', async () => {
  const st = await openTestStation();
  await closedSession(st);
  await shortnessAccepted(st);
  for (const id of examinersOf(st)) {
    await markAll(st, id);
    await st.examiner(id).scoring.lock({ sessionId: S1, roomId: ROOM });
  }
  expect(await printedAhead(st, 2)).toEqual(RECORDS);
  await panelSigns(st);
  expect(await printedAhead(st, 4)).toEqual([...sheets(st), `summary:${ROOM}`]);

  const pdf = await st.as('site-lead').forms.print({ sessionId: S1, formId: `summary:${ROOM}` });
  const again = await st.as('site-lead').forms.print({ sessionId: S1, formId: `summary:${ROOM}` });
  expect(Buffer.from(await again.arrayBuffer()).equals(Buffer.from(await pdf.arrayBuffer()))).toBe(true);

  await declareAll(st);
  await signOff(st);
  // The lead's own signature stands on the records and on the summary.
  expect(await printedAhead(st, 3)).toEqual([...RECORDS, `summary:${ROOM}`]);
  const before = kept(st).length;
  const { folder } = await seal(st);
  expect(kept(st).length).toBe(before);
  const { claims } = await verifyBundle(folder, { identity: CENTRE.identity, contentClaims });
  expect(claims.filter((c) => c.result === 'fail')).toEqual([]);
}, 60_000);

test('a form whose facts change after it was printed is printed anew, and only that one', async () => {
  const st = await openTestStation();
  await closedSession(st);
  await markAndSign(st);
  expect(await printedAhead(st, 6)).toEqual([...RECORDS, ...sheets(st), `summary:${ROOM}`].sort());
  await shortnessAccepted(st);
  await declareAll(st);
  await signOff(st);
  const before = kept(st);
  await seal(st);
  expect(kept(st).slice(before.length).sort()).toEqual([...RECORDS, `summary:${ROOM}`]);
}, 60_000);

/** The panel that has locked signs. */
const panelSigns = async (st: TestStation) => {
  for (const id of examinersOf(st)) {
    const { scoring } = st.examiner(id);
    const { state } = await scoring.sheet({ sessionId: S1, roomId: ROOM });
    if (state.kind !== 'revealed') throw new Error(state.kind);
    await scoring.sign({
      sessionId: S1,
      roomId: ROOM,
      pin: PIN,
      strokes: STROKES,
      checkCode: state.checkCode,
    });
  }
};
