import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import {
  admit,
  declareAll,
  markAll,
  openDoor,
  ROOM,
  S1,
  STROKES,
  sessionOf,
} from '../../../../test/harness/exam-day.ts';
import { CENTRE, openTestStation, PIN } from '../../../../test/harness/open-station.ts';
import { openedBundle } from '../../../../test/harness/opened-bundle.ts';
import { canLookAtPages, textOfPdf } from '../../../../test/harness/printed-page.ts';
import { recordCamera } from '../../../../test/harness/record-camera.ts';
import { contentClaims } from '../../../cli/content-claims.ts';
import type { ExaminerId } from '../../../lib/ids.ts';
import { signOff } from '../closing-calls.ts';
import { verifyBundle } from '../verify-bundle.ts';

const scratch = mkdtempSync(join(tmpdir(), 'kaodian-replaced-'));
afterAll(() => rmSync(scratch, { recursive: true }));

test('somebody stands back and is replaced: marks of the panel in force are proved, and the record of it lies in the bundle', async () => {
  const st = await openTestStation();
  await openDoor(st);
  const begunMs = st.clock.wallMs();
  await admit(st, 'C01');
  const id = (examinerId: string) => examinerId as ExaminerId;
  const where = { sessionId: S1, roomId: ROOM };
  await st.examiner('E02').assignment.recuse({ ...where, ground: 'taught', note: '教过其中一人', pin: PIN });
  const { assignment } = st.as('site-lead');
  const { version } = (await assignment.board({ sessionId: S1 })).rooms.find((r) => r.roomId === ROOM)!;
  await assignment.seat({
    ...where,
    version,
    duty: 'member',
    examinerId: id('E07'),
    replacing: null,
    reason: '候补到位',
  });
  st.clock.advance(sessionOf(st).endsAtMs - st.clock.wallMs());
  await recordCamera(st, '201-A', [{ beginMs: begunMs, endMs: sessionOf(st).endsAtMs }]);
  await st.as('site-lead').session.close({ sessionId: S1 });
  const panel = ['E01', 'E03', 'E07'];
  for (const one of panel) {
    await markAll(st, one);
    await st.examiner(one).scoring.lock(where);
  }
  for (const one of panel) {
    const { state } = await st.examiner(one).scoring.sheet(where);
    if (state.kind !== 'revealed') throw new Error(state.kind);
    await st.examiner(one).scoring.sign({ ...where, pin: PIN, strokes: STROKES, checkCode: state.checkCode });
  }
  await declareAll(st);
  await signOff(st);
  const replaced = await openedBundle(st, join(scratch, 'opened'));
  const { claims } = await verifyBundle(replaced.folder, { identity: CENTRE.identity, contentClaims });
  const mine = claims.filter((c) => /^(?:lawful|marks|forms)\./.test(c.id));
  expect(mine.filter((c) => c.result !== 'pass').map((c) => [c.id, c.detail.en])).toEqual([]);
  const ids = mine.map((c) => c.id);
  expect(ids).toEqual(expect.arrayContaining(['marks.1', 'lawful.1', 'lawful.2', 'lawful.3', 'forms.1', 'forms.2']));
  if (!canLookAtPages) return;
  const text = await textOfPdf(replaced.bytes('3-process/forms/recusal-record.pdf')!);
  for (const said of ['自行回避', '任教', '接替']) expect(text.replaceAll(/\s/g, '')).toContain(said);
  expect(text).not.toContain('教过其中一人');
}, 120_000);
