import { createPublicKey } from 'node:crypto';
import { expect, test } from 'vitest';
import { admit, identify, MINUTE, openDoor, S1 } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation } from '../../../test/harness/open-station.ts';
import { parseAndVerifyCheckpoint } from '../../journal/checkpoint.ts';
import { ed25519PublicKey, rawKeyOfBlob } from '../../lib/ssh-key-text.ts';

const aDay = async () => {
  const st = await openTestStation();
  await openDoor(st);
  await admit(st, 'C01');
  st.clock.advance(MINUTE);
  const { attemptId } = await identify(st, 'C01');
  await codeOf(st.as('door').checkin.admit({ attemptId }));
  return st;
};

test('pages run newest first without overlap until the beginning', async () => {
  const st = await aDay();
  const { journal } = st.as('supervisor');
  const seen: number[] = [];
  for (let beforeSeq: number | null = null; ; ) {
    const { rows, size } = await journal.page({ beforeSeq, limit: 3 });
    expect(size).toBe(st.journal().length);
    if (rows.length === 0) break;
    seen.push(...rows.map((r) => r.seq));
    beforeSeq = rows.at(-1)!.seq;
  }
  expect(seen).toEqual(
    st
      .journal()
      .map((e) => e.seq)
      .toReversed(),
  );
});

test('filters by session, refusals and words go together', async () => {
  const st = await aDay();
  const events = async (wish: object) => {
    const { rows } = await st.as('site-lead').journal.page({ limit: 200, ...wish });
    return rows.map((r) => r.event).toReversed();
  };
  expect(await events({ sessionId: S1 })).toEqual([
    'session.opened',
    'rules.frozen',
    'assignment.evaluated',
    'assignment.evaluated',
    ...st.plan.candidates.map(() => 'consent.signed'),
    'checkin.card-read',
    'checkin.ticket-presented',
    'checkin.admitted',
    'checkin.card-read',
    'checkin.ticket-presented',
    'checkin.admit-refused',
  ]);
  expect(await events({ refusalsOnly: true })).toEqual(['checkin.admit-refused']);
  expect(await events({ contains: 'fake-engine' })).toEqual([
    'site.face-engine',
    'site.face-engine',
    'checkin.admitted',
  ]);
  expect(await events({ contains: 'fake-engine', sessionId: S1 })).toEqual(['checkin.admitted']);
  expect(await events({ contains: 'fake-engine', refusalsOnly: true })).toEqual([]);
  expect(await events({ contains: '%' })).toEqual([]);
});

test('a row says what happened in both languages and names who did it', async () => {
  const st = await aDay();
  const { rows } = await st.as('site-lead').journal.page({ limit: 200 });
  expect(rows[0]).toMatchObject({
    event: 'checkin.admit-refused',
    refusal: true,
    meaning: { zh: '不符合条件，没有准予入场', en: 'An admission was refused' },
    actor: { name: 'door（样本）', role: 'door', desk: 'test' },
  });
  expect(rows.at(-1)).toMatchObject({ seq: 0, actor: { role: 'station' } });
});

test('a page may not be asked for without bounds', async () => {
  const st = await openTestStation({ plan: null });
  expect(await codeOf(st.as('site-lead').journal.page({ limit: 100_000 }))).toBe('BAD_REQUEST');
});

test('the checkpoint is signed by the key on the site card and covers the whole journal', async () => {
  const st = await aDay();
  const lead = st.as('site-lead');
  const state = await lead.site.state();
  if (state.kind !== 'open') throw new Error(state.kind);
  const size = st.journal().length;
  const { note } = await lead.journal.checkpoint();
  const raw = rawKeyOfBlob(Buffer.from(state.site.signingKey.split(' ')[1]!, 'base64'))!;
  const key = createPublicKey(ed25519PublicKey(raw).export({ type: 'spki', format: 'pem' }));
  expect(parseAndVerifyCheckpoint(note, 'KD-TEST-1', key)).toMatchObject({ ok: true, value: { size } });
});
