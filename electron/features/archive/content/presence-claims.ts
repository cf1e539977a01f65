import type { z } from 'zod';
import { drawRechecks, recheckCount } from '../../presence/recheck-draw.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  JournalLine,
  PRESENCE_PATH,
  PresenceDocument,
  RULE_PACK_PATH,
  RulePackDocument,
} from './documents.ts';
import { isJournalRoot } from './journal-root.ts';

const DRAWN: Question = {
  id: 'presence.1',
  title: {
    zh: '场内复核抽谁、何时，可由日志的根重算',
    en: 'Whom to re-check in the room, and when, follows from the root of the journal',
  },
};
const RECORDED: Question = {
  id: 'presence.2',
  title: {
    zh: '返回都经过入场核验；复核都凭相符的人脸或两个人',
    en: 'Whoever came back was checked at the door; every re-check rests on faces that agree, or on two persons',
  },
};

type Presence = z.infer<typeof PresenceDocument>;

/** What a bundle proves about who was in the room, and about its re-checks. */
export const presenceClaims: ContentClaim = async (index, readJson, readLines, readBytes): Promise<Claim[]> => {
  const presence = PresenceDocument.safeParse(await readJson(PRESENCE_PATH));
  const attempts = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  const pack = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH));
  const lines = (await readLines(ENTRIES_PATH))?.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  if (!presence.success || !attempts.success || !pack.success || !lines) {
    const why = ['包里没有在场记录。', 'The bundle has no record of presence.'] as const;
    return [DRAWN, RECORDED].map((q) => notPresent(q, ...why));
  }
  const value = (id: string) => Number(pack.data.clauses.find((c) => c.id === id)?.value ?? 0);
  const rules = {
    'admission.rechecks-per-hundred': value('admission.rechecks-per-hundred'),
    'admission.rechecks-least': value('admission.rechecks-least'),
  };
  const wrong: string[] = [];
  let before = 0;
  for (const draw of presence.data.draws.toSorted((a, b) => a.round - b.round)) {
    const entry = lines.find((line) => line.event === 'presence.rechecks-drawn' && line.data.round === draw.round);
    const said = presence.data.rechecks.filter((r) => r.round === draw.round);
    const again = drawRechecks({
      ...draw,
      sessionId: index.bundle.sessionId,
      count: recheckCount(draw.present.length, rules, before),
      beginMs: draw.atMs,
    });
    const seeded = entry?.seq === draw.size && entry.data.root === draw.root && (await isJournalRoot(readBytes, draw));
    if (!seeded || spell(again) !== spell(said) || spell(drawnOf(entry.data)) !== spell(said))
      wrong.push(`${draw.round}`);
    before += said.length;
  }
  const journaled = lines.filter((line) => line.event === 'presence.rechecks-drawn').length;
  if (journaled !== presence.data.draws.length) wrong.push('journal');
  const drawn =
    wrong.length === 0
      ? pass(DRAWN, `抽了 ${before} 人，都相符。`, `${before} drawn, all agree.`)
      : fail(DRAWN, `对不上：第 ${wrong.join('、')} 次。`, `These do not agree: ${wrong.join(', ')}.`, [
          PRESENCE_PATH,
          ENTRIES_PATH,
        ]);
  return [drawn, recordedClaim(presence.data, attempts.data)];
};

const spell = (drawn: readonly { candidateId: string; dueAtMs: number }[]): string =>
  drawn
    .map((d) => `${d.candidateId} ${d.dueAtMs}`)
    .toSorted()
    .join('\n');

function drawnOf(data: Record<string, unknown>): { candidateId: string; dueAtMs: number }[] {
  const drawn = PresenceDocument.shape.rechecks.element.pick({ candidateId: true, dueAtMs: true }).array();
  return drawn.safeParse(data.drawn).data ?? [];
}

function recordedClaim({ movements, results }: Presence, attempts: z.infer<typeof AttemptsDocument>): Claim {
  const letIn = new Map(
    attempts.flatMap(({ attempt: a }) => (a.outcome.startsWith('readmitted') ? [[a.attemptId, a.candidateId]] : [])),
  );
  const back = movements.filter((m) => m.kind === 'in');
  const unchecked = back.filter((m) => letIn.get(m.attemptId ?? '') !== m.candidateId).map((m) => m.candidateId);
  const unsound = results.filter((r) => {
    if (r.kind === 'eye-same' || r.kind === 'eye-doubt') return !r.secondStaffId || r.secondStaffId === r.byStaffId;
    const { planScore = null, admissionScore = null, threshold = 1 } = r.comparison ?? {};
    const scores = [planScore, admissionScore].filter((s) => s !== null);
    return (r.kind === 'face-same') !== (scores.length > 0 && scores.every((s) => s >= threshold));
  });
  const wrong = [...unchecked, ...unsound.map((r) => r.recheckId)].map(printable);
  if (wrong.length > 0 || letIn.size !== back.length) {
    return fail(RECORDED, `对不上：${wrong.join('、')}。`, `These do not hold: ${wrong.join(', ')}.`, [
      PRESENCE_PATH,
      ATTEMPTS_PATH,
    ]);
  }
  return pass(
    RECORDED,
    `返回 ${back.length} 次，复核结果 ${results.length} 条，都站得住。`,
    `${back.length} came back, ${results.length} results of re-checks, all hold.`,
  );
}
