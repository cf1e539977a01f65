import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { S1, signedOffSession } from '../../../test/harness/exam-day.ts';
import {
  codeOf,
  openTestStation,
  PIN,
  refusalOf,
  type TestStation,
  type TestStationOptions,
} from '../../../test/harness/open-station.ts';
import type { SessionId } from '../../lib/ids.ts';
import { verifySsh } from '../../lib/sshsig.ts';
import { seal } from '../archive/closing-calls.ts';
import { RECEIPT_FORMAT, signReceipt } from '../delivery/receipt.ts';
import { CENTRE_KEY } from '../plan/plan-fixture.ts';
import type { Plan } from '../plan/plan-schema.ts';
import { hashOfFiles, PURGE_NAMESPACE } from './certificate.ts';
import { purgeForbidden } from './rules.ts';
import { finishPurges } from './service.ts';

const DAY_MS = 24 * 3_600_000;
const purge = (st: TestStation) => st.as('site-lead').purge;
const rowOf = async (st: TestStation, kind: 'photographs' | 'video') =>
  (await purge(st).of({ sessionId: S1 })).rows.find((r) => r.kind === kind)!;

async function sealed(options?: TestStationOptions): Promise<{ st: TestStation; keep: () => Promise<unknown> }> {
  const st = await openTestStation(options);
  await signedOffSession(st);
  const bundle = await seal(st);
  const identifier = bundle.folder.split('/').at(-1)!;
  const stationId = identifier.slice(0, identifier.indexOf(`-${S1}-`));
  const signed = signReceipt(
    {
      format: RECEIPT_FORMAT,
      receiptNumber: 'HZ-20260516-0001',
      centre: '样本鉴定中心',
      stationId,
      bundleId: identifier,
      sessionId: S1,
      tagManifestSha256: bundle.tagManifestSha256,
      files: bundle.files,
      bytes: bundle.bytes,
      receivedAtMs: st.clock.wallMs(),
      checkpoint: { size: 1, root: Buffer.alloc(32).toString('base64') },
      opened: true,
      claims: { pass: 1, notPresent: 0 },
      declaredMissing: 0,
    },
    CENTRE_KEY,
  );
  const keep = () => st.as('site-lead').delivery.keepReceipt({ bundleId: bundle.bundleId, ...signed });
  return { st, keep };
}

const asked = (st: TestStation, pins: { own?: string; other?: string; staffId?: string } = {}) => ({
  sessionId: S1,
  kind: 'photographs' as const,
  pin: pins.own ?? PIN,
  second: { staffId: pins.staffId ?? st.member('supervisor').staffId, pin: pins.other ?? PIN },
});

const vaultFiles = (st: TestStation) => readdirSync(join(st.station.dataDir, 'vault'), { recursive: true }).length;

describe('purging', () => {
  test('without a receipt nothing is taken away, however old; with it, not before its day', async () => {
    const { st, keep } = await sealed();
    const sealedAtMs = st.clock.wallMs();
    st.clock.setWall(sealedAtMs + 400 * DAY_MS);
    expect(await rowOf(st, 'photographs')).toMatchObject({ state: 'no-receipt' });
    expect(await codeOf(purge(st).run(asked(st)))).toBe('PURGE_NO_RECEIPT');
    st.clock.setWall(sealedAtMs + 2 * DAY_MS);
    await keep();
    const row = await rowOf(st, 'photographs');
    expect(row).toMatchObject({ state: 'too-early', days: 15 });
    expect(await refusalOf(purge(st).run(asked(st)))).toEqual({
      code: 'PURGE_TOO_EARLY',
      data: { fromMs: row.fromMs },
    });
    expect(st.journalEvents().filter((e) => e === 'purge.refused')).toHaveLength(2);
  });

  test('two persons take the photographs away; the certificate holds, recordings and records stay', async () => {
    const { st, keep } = await sealed();
    await keep();
    st.clock.advance(16 * DAY_MS);
    const before = await rowOf(st, 'photographs');
    expect(before).toMatchObject({ state: 'ready', done: null });
    expect(before.files).toBeGreaterThan(0);
    expect(await codeOf(purge(st).run(asked(st, { own: '135790' })))).toBe('WRONG_PIN');
    expect(await codeOf(purge(st).run(asked(st, { other: '135790' })))).toBe('WRONG_PIN');
    expect(await codeOf(purge(st).run(asked(st, { staffId: st.member('door').staffId })))).toBe('NOT_A_SECOND');
    expect(await codeOf(purge(st).run(asked(st, { staffId: st.member('site-lead').staffId })))).toBe('NOT_A_SECOND');
    expect((await rowOf(st, 'photographs')).files).toBe(before.files);

    const entries = st.journal().length;
    const there = vaultFiles(st);
    await purge(st).run(asked(st));
    const after = await rowOf(st, 'photographs');
    expect(after).toMatchObject({
      state: 'nothing-left',
      files: 0,
      done: { files: before.files, bytes: before.bytes, secondName: 'supervisor（样本）' },
    });
    expect(vaultFiles(st)).toBe(there - before.files);
    expect(st.journal().length).toBeGreaterThan(entries);

    const { text, signature } = await purge(st).certificate({ purgeId: after.done!.purgeId });
    expect(verifySsh(signature, Buffer.from(text), PURGE_NAMESPACE).ok).toBe(true);
    const certificate = JSON.parse(text) as { filesSha256: string };
    const hashes = st.station.db
      .prepare('SELECT stored_sha256 AS h FROM evidence JOIN purged_evidence USING (evidence_id)')
      .all() as { h: string }[];
    expect(certificate.filesSha256).toBe(hashOfFiles(hashes.map((row) => row.h)));
    expect(certificate).toMatchObject({ receiptNumber: 'HZ-20260516-0001', kind: 'photographs', files: before.files });
    expect(await codeOf(purge(st).run(asked(st)))).toBe('PURGE_NOTHING_LEFT');
  });

  test('a photograph that another session still needs stays until that one is over too', async () => {
    const one = await sealed();
    await one.keep();
    one.st.clock.advance(16 * DAY_MS);
    const alone = await rowOf(one.st, 'photographs');
    // The first candidate sits a second session a week later, under another number and with the same picture.
    const again = (plan: Plan): Plan => {
      const [session, candidate] = [plan.sessions[0]!, plan.candidates[0]!];
      const later = { sessionId: 'S9' as SessionId, startsAtMs: session.startsAtMs + 7 * DAY_MS };
      return {
        ...plan,
        sessions: [...plan.sessions, { ...session, ...later, endsAtMs: session.endsAtMs + 7 * DAY_MS }],
        panels: [...plan.panels, ...plan.panels.map((panel) => ({ ...panel, sessionId: later.sessionId }))],
        candidates: [
          ...plan.candidates,
          {
            ...candidate,
            candidateId: 'C91' as Plan['candidates'][number]['candidateId'],
            ticketNumber: '20260301990091',
            sessionId: later.sessionId,
          },
        ],
      };
    };
    const two = await sealed({ plan: again });
    await two.keep();
    two.st.clock.advance(16 * DAY_MS);
    expect((await rowOf(two.st, 'photographs')).files).toBe(alone.files - 1);
  });

  test('a station killed behind the commit takes the rest away at its next start', async () => {
    const { st, keep } = await sealed();
    await keep();
    st.clock.advance(16 * DAY_MS);
    await purge(st).run(asked(st));
    const { file } = st.station.db
      .prepare('SELECT file FROM evidence JOIN purged_evidence USING (evidence_id) LIMIT 1')
      .get() as { file: string };
    const left = join(st.station.dataDir, 'vault', file);
    writeFileSync(left, 'as if the disk had kept it');
    await finishPurges({
      db: st.station.db,
      vault: { folder: join(st.station.dataDir, 'vault') },
      bundleOf: () => null,
    });
    expect(existsSync(left)).toBe(false);
  });
});

test.each([
  [{ hasReceipt: false, nowMs: 100, fromMs: 0, files: 5 }, 'PURGE_NO_RECEIPT'],
  [{ hasReceipt: true, nowMs: 99, fromMs: 100, files: 5 }, 'PURGE_TOO_EARLY'],
  [{ hasReceipt: true, nowMs: 100, fromMs: 100, files: 5 }, undefined],
  [{ hasReceipt: true, nowMs: 100, fromMs: 100, files: 0 }, 'PURGE_NOTHING_LEFT'],
])('%o: %s', (facts, code) => {
  expect(purgeForbidden(facts)?.code).toBe(code);
});
