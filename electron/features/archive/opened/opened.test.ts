import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { realBundles } from '../../../../test/scenarios/mutants/real-bundles.ts';
import { openBundle } from '../open-bundle.ts';
import type { JournalView, SessionView } from './view.ts';

const folder = mkdtempSync(join(tmpdir(), 'kaodian-opened-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let bundle = '';
let identities: string[] = [];
beforeAll(async () => {
  const real = await realBundles(folder);
  bundle = real.bundle;
  identities = [real.options.identity].flat() as string[];
}, 120_000);

const viewIn = <T>(out: string, page = 'index.html'): T => {
  const html = readFileSync(join(out, page), 'utf8');
  return JSON.parse(/<script type="application\/json" id="view">(.*?)<\/script>/s.exec(html)![1]!) as T;
};
const filesOf = (out: string): string[] =>
  (readdirSync(out, { recursive: true }) as string[]).filter((path) => statSync(join(out, path)).isFile());

test('the page has everybody with edges, marks and video, and the journal in its order', async () => {
  const out = join(folder, 'all');
  const opened = await openBundle(bundle, identities, out);
  expect(opened.ok).toBe(true);
  const view = viewIn<SessionView>(out);
  const one = view.people.find((p) => p.candidateId === 'C01')!;
  expect(view.unread).toEqual([]);
  expect(one).toMatchObject({ standing: 'admitted', maskedDocument: expect.stringMatching(/^.{6}\*{8}.{4}$/) });
  expect(one.attempts[0]!.edges.map((e) => [e.edge, e.result])).toContainEqual(['live-plan', 'pass']);
  expect(one.result!.sheets.length).toBeGreaterThan(1);
  expect(one.consents[0]!.strokes).toHaveLength(1);
  expect(one.events.map((e) => e.event)).toContain('checkin.admitted');
  for (const file of [one.photo, one.attempts[0]!.evidence.find((e) => e.kind === 'live-face')?.file]) {
    expect(readFileSync(join(out, file!)).length).toBeGreaterThan(0);
  }
  const [camera] = view.rooms[0]!.cameras;
  expect(camera!.segments.map(([, , file]) => statSync(join(out, file!)).isFile())).toEqual([true, true, true]);
  const journal = viewIn<JournalView>(out, view.journal[0]!.file);
  expect(journal.entries.map(([seq]) => seq)).toEqual(journal.entries.map(([seq]) => seq).toSorted((a, b) => a - b));
  expect(journal.entries).toHaveLength(view.journal[0]!.entries);
});

test('one candidate’s part holds nothing of anybody else', async () => {
  const whole = viewIn<SessionView>(join(folder, 'all'));
  const one = whole.people.find((p) => p.candidateId === 'C01')!;
  const others = whole.people.filter((p) => p !== one);
  const out = join(folder, 'one');
  const opened = await openBundle(bundle, identities, out, { candidate: one.ticket });
  expect(opened.ok).toBe(true);
  expect(viewIn<SessionView>(out).people.map((p) => p.candidateId)).toEqual(['C01']);
  for (const path of filesOf(out)) {
    const text = readFileSync(join(out, path), 'utf8');
    for (const other of others)
      expect([path, text.includes(other.name) || text.includes(other.ticket)]).toEqual([path, false]);
  }
  expect(await openBundle(bundle, identities, join(folder, 'nobody'), { candidate: '000' })).toEqual({
    ok: false,
    error: { code: 'NO_SUCH_CANDIDATE' },
  });
});
