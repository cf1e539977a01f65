import type { z } from 'zod';
import { textHash } from '../../consent/consent-text.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ContentClaim } from '../verify-bundle.ts';
import {
  ATTEMPTS_PATH,
  AttemptsDocument,
  CONSENTS_PATH,
  ConsentsDocument,
  JournalLine,
  RULE_PACK_PATH,
  RulePackDocument,
} from './documents.ts';

const AGREED: Question = {
  id: 'consent.1',
  title: {
    zh: '每次凭人脸放行都有考生当时有效的同意签字，每个入场的人都签了承诺书',
    en: 'Every admission by face rests on an agreement signed before and in force, every admission on a signed pledge',
  },
};
const SIGNED: Question = {
  id: 'consent.2',
  title: {
    zh: '每次签署的笔迹都在包里，所签文字可核对，与日志逐条相符',
    en: 'The handwriting of every signing is in the bundle, its text can be checked, and the journal agrees',
  },
};

type Consents = z.infer<typeof ConsentsDocument>;
type Attempts = z.infer<typeof AttemptsDocument>;

/** What a bundle proves about pledge and consent. */
export const consentClaims: ContentClaim = async (index, readJson, readLines): Promise<Claim[]> => {
  const consents = ConsentsDocument.safeParse(await readJson(CONSENTS_PATH));
  const attempts = AttemptsDocument.safeParse(await readJson(ATTEMPTS_PATH));
  const pack = RulePackDocument.safeParse(await readJson(RULE_PACK_PATH));
  if (!consents.success || !attempts.success || !pack.success) {
    const why = ['包里没有可读的签署记录。', 'The bundle has no readable records of consent.'] as const;
    return [AGREED, SIGNED].map((q) => notPresent(q, ...why));
  }
  const asked = pack.data.clauses.some((c) => c.id === 'admission.consent' && c.value === 'at-door');
  const lines = await readLines(ENTRIES_PATH);
  const held = new Set(index.items.filter((i) => i.kind === 'consent-signature').map((i) => i.sha256));
  return [
    asked
      ? agreedClaim(attempts.data, consents.data, lines)
      : notPresent(AGREED, '规则包没有要求在入场处签署。', 'The rule pack does not ask for it at the door.'),
    signedClaim(consents.data, held, lines),
  ];
};

/** What came first is told by the journal's order: the wall clock may be set back between a signature and the admission. */
function agreedClaim(attempts: Attempts, { signings }: Consents, lines: unknown[] | undefined): Claim {
  if (!lines) return notPresent(AGREED, '包里没有可读的日志。', 'The bundle has no readable journal.');
  const journal = lines.flatMap((line) => JournalLine.safeParse(line).data ?? []);
  const seqOf = (event: RegExp, id: 'consentId' | 'attemptId') =>
    new Map(journal.flatMap(({ seq, event: e, data }) => (event.test(e) ? [[data[id], seq]] : [])));
  const signedAt = seqOf(/^consent\.signed$/, 'consentId');
  const letInAt = seqOf(/^checkin\.(re)?admitted(-by-hand)?$/, 'attemptId');
  const letIn = attempts.filter(({ attempt: a }) => /^(re)?admitted(-by-hand)?$/.test(a.outcome));
  const without = letIn.filter(({ attempt: a }) => {
    const until = letInAt.get(a.attemptId) ?? -1;
    const before = signings
      .filter((s) => s.candidateId === a.candidateId && (signedAt.get(s.consentId) ?? until) < until)
      .sort((s, t) => signedAt.get(s.consentId)! - signedAt.get(t.consentId)!);
    const inForce = before.at(-1)?.face;
    return inForce === undefined || (!a.outcome.endsWith('-by-hand') && inForce !== 'agreed');
  });
  const ids = without.map((r) => printable(r.attempt.attemptId));
  return without.length === 0
    ? pass(AGREED, `${letIn.length} 次放行都有。`, `All ${letIn.length} have it.`)
    : fail(AGREED, `${ids.length} 次没有：${ids.join('、')}。`, `${ids.length} lack it: ${ids.join(', ')}.`, [
        ATTEMPTS_PATH,
        CONSENTS_PATH,
      ]);
}

function signedClaim({ texts, signings }: Consents, held: ReadonlySet<string>, lines: unknown[] | undefined): Claim {
  if (!lines) return notPresent(SIGNED, '包里没有可读的日志。', 'The bundle has no readable journal.');
  const known = new Set(texts.map(textHash));
  const wrong = signings.filter((s) => !held.has(s.evidenceSha256) || !known.has(s.textSha256));
  const journaled = lines.flatMap((line) => {
    const entry = JournalLine.safeParse(line).data;
    if (entry?.event !== 'consent.signed') return [];
    const { consentId, candidateId, face, textSha256, sha256 } = entry.data;
    return [`${consentId} ${candidateId} ${face} ${textSha256} ${sha256}`];
  });
  const said = signings.map((s) => `${s.consentId} ${s.candidateId} ${s.face} ${s.textSha256} ${s.evidenceSha256}`);
  const same = journaled.toSorted().join('\n') === said.toSorted().join('\n');
  if (wrong.length === 0 && same) {
    return pass(SIGNED, `${signings.length} 次签署都对得上。`, `All ${signings.length} signings hold.`);
  }
  const ids = wrong.map((s) => printable(s.consentId));
  return fail(
    SIGNED,
    `${ids.length} 次缺笔迹或文字：${ids.join('、')}；与日志${same ? '相符' : '不一致'}。`,
    `${ids.length} lack handwriting or text: ${ids.join(', ')}; the journal ${same ? 'agrees' : 'differs'}.`,
    [CONSENTS_PATH, ENTRIES_PATH],
  );
}
