import { expect, test } from 'vitest';
import { openTestStation } from '../../test/harness/open-station.ts';

test('a token opens once, and not after a restart; a cookie goes on working after one', async () => {
  const st = await openTestStation({ plan: null, withoutFaces: true });
  const { connections } = st.station;
  const token = connections.issueToken();
  const cookie = connections.redeem(token)!;
  expect(connections.redeem(token)).toBeNull();
  expect(connections.redeem('')).toBeNull();
  const unused = connections.issueToken();
  const { staffId } = st.member('door');
  st.as('door');
  await st.restart();
  expect(st.station.connections.redeem(unused)).toBeNull();
  expect(st.station.contextOf(cookie, '')?.caller.member).toBeNull();
  expect(st.station.contextOf(st.cookieFor('door'), '')?.caller.member?.staffId).toBe(staffId);
  expect(st.station.contextOf(`${cookie}x`, '')).toBeNull();
});

test('neither cookie nor token lies readable in the data folder', async () => {
  const st = await openTestStation({ plan: null, withoutFaces: true });
  const cookie = st.cookieFor('door');
  const rows = st.station.db.prepare('SELECT * FROM connections').all();
  expect(JSON.stringify(rows)).not.toContain(cookie);
});
