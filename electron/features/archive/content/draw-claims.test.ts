import { beforeAll, expect, test } from 'vitest';
import { S1 } from '../../../../test/harness/exam-day.ts';
import { PIN } from '../../../../test/harness/open-station.ts';
import { openWithDossiers } from '../../assignment/assignment-fixture.ts';
import { drawsDocument } from '../../assignment/draw/draws-document.ts';
import type { BundleIndex } from '../bundle-format.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { DRAWS_PATH, drawClaims } from './draw-claims.ts';

type Document = ReturnType<typeof drawsDocument>;
interface Line {
  seq: number;
  event: string;
  data: Record<string, unknown>;
}
let sealed: { document: Document; lines: Line[] };

/** A whole ceremony on a station, as its bundle would keep it. */
beforeAll(async () => {
  const st = await openWithDossiers({
    plan: (plan) => ({
      ...plan,
      examiners: plan.examiners.map((e) => ({ ...e, grade: 'senior' as const })),
    }),
  });
  const { draw } = st.as('site-lead').assignment;
  const prepared = await draw.prepare({ sessionIds: [S1] });
  if (prepared.kind !== 'ready') throw new Error('nothing can be drawn');
  const { drawId } = prepared.draw;
  const supervisor = { staffId: st.member('supervisor').staffId, pin: PIN };
  await draw.sealShare({ drawId, party: 'supervisor', share: { by: 'typed', text: '408217' }, supervisor });
  await draw.sealShare({ drawId, party: 'centre', share: { by: 'typed', text: 'specimen' } });
  for (const party of ['site', 'supervisor', 'centre'] as const) await draw.openShare({ drawId, party });
  await draw.run({ drawId });
  await draw.apply({ drawId });
  sealed = {
    document: JSON.parse(JSON.stringify(drawsDocument(st.station.db, S1))) as Document,
    lines: st.journal().map(({ seq, event, data }) => ({ seq, event, data: data as Line['data'] })),
  };
});

/** What the claims say of the bundle after a change: `id result`. */
async function claims(change: (b: typeof sealed) => unknown): Promise<string[]> {
  const bundle = structuredClone(sealed);
  change(bundle);
  const said = await drawClaims(
    { bundle: { sessionId: S1 } } as unknown as BundleIndex,
    async (path) => (path === DRAWS_PATH ? bundle.document : undefined),
    async (path) => (path === ENTRIES_PATH ? bundle.lines : undefined),
    async () => undefined,
  );
  return said.map((c) => `${c.id} ${c.result}`);
}
const first = (b: typeof sealed) => b.document.draws[0]!;
const entry = (b: typeof sealed, event: string) => b.lines.find((l) => l.event === event)!;

test('a draw as it was passes; a session without one claims nothing', async () => {
  expect(await claims(() => undefined)).toEqual(['draw.1 pass', 'draw.2 pass']);
  const nothing = (b: typeof sealed) => {
    b.document.draws = [];
    b.lines = b.lines.filter((l) => !l.event.startsWith('assignment.'));
  };
  expect(await claims(nothing)).toEqual([]);
});

test.each<[string, (b: typeof sealed) => unknown, string[]]>([
  [
    'somebody else on a seat',
    (b) => {
      const [a, , c] = first(b).published!.drawn;
      [a!.examinerId, c!.examinerId] = [c!.examinerId, a!.examinerId];
    },
    ['draw.1 fail', 'draw.2 fail'],
  ],
  [
    'another order of reserves',
    (b) => first(b).published!.reserves!.push('E01' as never),
    ['draw.1 fail', 'draw.2 pass'],
  ],
  [
    'another share',
    (b) => {
      first(b).published!.shares[0]!.share = '00'.repeat(32);
    },
    ['draw.1 fail', 'draw.2 pass'],
  ],
  [
    'another commitment in the journal',
    (b) => {
      entry(b, 'assignment.draw-committed').data.sha256 = '00'.repeat(32);
    },
    ['draw.1 pass', 'draw.2 fail'],
  ],
  [
    'a seed opened before the commitment',
    (b) => {
      entry(b, 'assignment.draw-share-opened').seq = 0;
    },
    ['draw.1 pass', 'draw.2 fail'],
  ],
  [
    'others assigned than were drawn',
    (b) => {
      (entry(b, 'assignment.changed').data.panel as { examinerId: string }[])[0]!.examinerId = 'E99';
    },
    ['draw.1 pass', 'draw.2 fail'],
  ],
  ['the record left out', (b) => b.document.draws.splice(0), ['draw.1 not-present', 'draw.2 not-present']],
])('%s', async (_, change, expected) => expect(await claims(change)).toEqual(expected));
