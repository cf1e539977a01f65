import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { signedOffSession } from '../../../test/harness/exam-day.ts';
import { codeOf, openTestStation } from '../../../test/harness/open-station.ts';
import { openTestTsa } from '../../../test/peers/time-stamp-authority.ts';
import { seal } from '../archive/closing-calls.ts';
import { verifyBundle } from '../archive/verify-bundle.ts';

const tsa = await openTestTsa();
afterAll(() => tsa.close());

test('a bundle is sealed while the authority is away, stamped once it is back, and verified by verify and by openssl', async () => {
  const st = await openTestStation();
  const lead = st.as('site-lead');
  expect(await codeOf(lead.timestamp.saveSetting({ address: 'ftp://tsa' }))).toBe('TSA_ADDRESS_UNUSABLE');
  await lead.timestamp.saveSetting({ address: 'http://127.0.0.1:9/' });
  await signedOffSession(st);
  await seal(st);
  const round = async () => {
    st.tick();
    await st.station.stamped();
    return lead.timestamp.view();
  };
  expect(await round()).toMatchObject({ stamped: 0, waiting: 1, problem: 'TSA_UNREACHABLE' });
  await lead.timestamp.saveSetting({ address: tsa.address });
  await st.station.stamped();
  expect(await round()).toMatchObject({ stamped: 1, waiting: 0, problem: null });
  expect(st.journalEvents()).toContain('timestamp.kept');

  const bundle = join(st.dataDir, 'bundles', 'KD-TEST-1-S1-1');
  const data = join(bundle, 'tagmanifest-sha256.txt');
  const verified = tsa.openssl('ts', '-verify', '-data', data, '-in', `${bundle}.tsr`, '-CAfile', tsa.at('ca.pem'));
  expect(verified.toString()).toContain('Verification: OK');
  const claim = async (name: string | null, response = readFileSync(`${bundle}.tsr`)) => {
    const authorities = name === null ? [] : [new X509Certificate(readFileSync(tsa.at(name)))];
    const { claims } = await verifyBundle(bundle, { timestamp: { response, authorities } });
    return claims.find((c) => c.id === 'time.1')?.result;
  };
  expect(await claim('ca.pem')).toBe('pass');
  expect(await claim('other.pem')).toBe('not-present');
  expect(await claim(null)).toBe('not-present');
  expect(await claim('ca.pem', Buffer.from('noise'))).toBe('fail');
  // The next second asks for nothing: what is stamped stays stamped once.
  await round();
  expect(st.journalEvents().filter((e) => e === 'timestamp.kept')).toEqual([]);
});
