import { z } from 'zod';
import { canonicalJson } from '../../../lib/canonical-json.ts';
import { commitmentHash } from '../../draw/panels/commitment.ts';
import { PublishedDraw, verifyDraw } from '../../draw/panels/verify-draw.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import { JournalLine } from './documents.ts';

export const DRAWS_PATH = 'data/3-process/panel-draws.json.age';

const AGAIN: Question = {
  id: 'draw.1',
  title: {
    zh: '考评小组的抽签可由公布的名单和种子重做，每个席位、候补次序都相同',
    en: 'The draw of panels repeats from the published names and seed: every seat and the order of reserves',
  },
};
const IN_ORDER: Question = {
  id: 'draw.2',
  title: {
    zh: '承诺公布在前，种子打开在后；抽出的就是派上的',
    en: 'The commitment came before the opening of the seed; what was drawn is what was assigned',
  },
};

const text = z.string().max(200);
const DrawsDocument = z.object({
  draws: z
    .array(
      z.object({
        drawId: text,
        seq: z.object({ committed: z.int().nullable(), opened: z.int().nullable() }),
        published: PublishedDraw.nullable(),
      }),
    )
    .max(100),
});
type Draw = z.infer<typeof DrawsDocument>['draws'][number];

/** Repeats the draws a session's panels came from, and holds them to the journal. A session without a draw claims nothing. */
export const drawClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const { sessionId } = index.bundle;
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []) ?? [];
  const assigned = lines.filter((l) => l.event === 'assignment.changed' && l.data.act === 'drawn');
  const document = DrawsDocument.safeParse(await readJson(DRAWS_PATH));
  const published = document.success ? document.data.draws.filter((d) => d.published !== null) : [];
  if (published.length === 0 && assigned.length === 0) return [];
  if (!document.success || published.length === 0) {
    const why = [
      '包里没有抽签记录，日志里有。',
      'The bundle has no record of the draw that the journal reports.',
    ] as const;
    return [AGAIN, IN_ORDER].map((q) => notPresent(q, ...why));
  }
  return [again(published), inOrder(published, lines, assigned, sessionId)];
};

function again(draws: readonly Draw[]): Claim {
  const wrong = draws.flatMap((d) =>
    verifyDraw(d.published!)
      .filter((f) => !f.passed)
      .map((f) => `${printable(d.drawId)} ${f.question}: ${printable(f.detail)}`),
  );
  const seats = draws.reduce((n, d) => n + d.published!.drawn.length, 0);
  return wrong.length === 0
    ? pass(AGAIN, `${draws.length} 次抽签，${seats} 席都相同。`, `${draws.length} draws, all ${seats} seats the same.`)
    : fail(AGAIN, `不相同：${wrong.join('；')}。`, `These differ: ${wrong.join('; ')}.`, [DRAWS_PATH]);
}

function inOrder(
  draws: readonly Draw[],
  lines: readonly z.infer<typeof JournalLine>[],
  assigned: readonly z.infer<typeof JournalLine>[],
  sessionId: string,
): Claim {
  const wrong: string[] = [];
  for (const { drawId, published } of draws) {
    const of = (event: string) => lines.filter((l) => l.event === event && l.data.drawId === drawId);
    const [committed] = of('assignment.draw-committed');
    const opened = of('assignment.draw-share-opened');
    const said = committed?.data.sha256 === commitmentHash(published!.commitment);
    if (!committed || !said) wrong.push(`${drawId} commitment`);
    if (opened.length === 0 || opened.some((l) => l.seq < (committed?.seq ?? 0))) wrong.push(`${drawId} opening`);
  }
  for (const entry of assigned) {
    const draw = draws.find((d) => d.drawId === entry.data.reason);
    const { roomId } = entry.data;
    const seats = draw?.published?.drawn
      .filter((d) => d.sessionId === sessionId && d.roomId === roomId && d.role !== 'supervisor')
      .map(({ examinerId, role }) => ({ examinerId, duty: role }));
    if (!seats || canonicalJson(seats) !== canonicalJson(entry.data.panel)) wrong.push(`${String(roomId)} panel`);
  }
  return wrong.length === 0
    ? pass(IN_ORDER, `${assigned.length} 个小组都对得上。`, `All ${assigned.length} panels agree.`)
    : fail(
        IN_ORDER,
        `对不上：${wrong.map(printable).join('、')}。`,
        `These do not agree: ${wrong.map(printable).join(', ')}.`,
        [DRAWS_PATH, ENTRIES_PATH],
      );
}
