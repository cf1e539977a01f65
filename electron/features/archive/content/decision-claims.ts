import { checkCodeOver } from '../../scoring/check-code.ts';
import { recheckerOf } from '../../scoring/recheck.ts';
import { ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, pass, printable, type Question } from '../claims/claim.ts';
import { DECISIONS_PATH } from './documents.ts';
import type { MarksDocuments } from './marks-documents.ts';

const DECIDED: Question = {
  id: 'marks.5',
  title: {
    zh: '组长定分、更正与违纪处理都由两人先后签字，内容与日志相符',
    en: 'What was decided about marks is signed by two persons one after the other, as the journal has it',
  },
};

type Decision = MarksDocuments['decisions'][number];

/** Every decision named by the candidate's number; one that only one person has signed counts for nothing, and holds as such. */
export async function decidedClaim(d: MarksDocuments): Promise<Claim> {
  const wrong: string[] = [];
  for (const decision of d.decisions) {
    if (!(await holds(d, decision))) wrong.push(printable(`${decision.number} ${decision.body.kind}`));
  }
  const journaled = d.lines.filter((l) => l.event === 'scoring.decision-made').length;
  if (wrong.length > 0 || journaled !== d.decisions.length) {
    const counts = [journaled, d.decisions.length] as const;
    return fail(
      DECIDED,
      `对不上：${wrong.join('、') || `日志有 ${counts[0]} 条，包里 ${counts[1]} 条`}。`,
      `These do not hold: ${wrong.join(', ') || `${counts[0]} in the journal, ${counts[1]} in the bundle`}.`,
      [DECISIONS_PATH, ENTRIES_PATH],
    );
  }
  const agreed = d.decisions.filter((x) => x.check?.agrees).length;
  return d.decisions.length === 0
    ? pass(
        DECIDED,
        '没有定分、更正或违纪处理，日志里也没有。',
        'Nothing was decided, and nothing in the journal either.',
      )
    : pass(
        DECIDED,
        `${d.decisions.length} 条都站得住，${agreed} 条生效。`,
        `All ${d.decisions.length} hold, ${agreed} in force.`,
      );
}

async function holds(d: MarksDocuments, x: Decision): Promise<boolean> {
  const { decisionId, sessionId, roomId, number, body, reason, checkCode } = x;
  const code = checkCodeOver({ decisionId, sessionId, roomId, number, body, reason });
  const made = d.lines.find((l) => l.event === 'scoring.decision-made' && l.data.decisionId === decisionId);
  const sameContent =
    sessionId === d.sessionId &&
    code.checkCode === checkCode &&
    made?.data.contentSha256 === code.sha256 &&
    made.data.evidenceId === x.by.evidenceId;
  if (!sameContent || !made || !(await d.isSigned(x.by.evidenceId, checkCode))) return false;
  const ofPanel = recheckerOf(body.kind) === 'examiner';
  const panel = d.panel(roomId);
  const lead = panel.find((p) => p.duty === 'lead')?.examinerId;
  if (ofPanel && (x.by.examinerId !== lead || !afterAllSigned(d, roomId, made.seq))) return false;
  if (x.check === null) return !d.lines.some((l) => isCheck(l, decisionId));
  const checked = d.lines.find((l) => isCheck(l, decisionId));
  const { examinerId } = x.check;
  const mayCheck = !ofPanel || panel.some((p) => p.examinerId === examinerId);
  return (
    mayCheck &&
    x.check.staffId !== x.by.staffId &&
    checked !== undefined &&
    checked.seq > made.seq &&
    checked.data.agrees === x.check.agrees &&
    checked.data.checkCode === checkCode &&
    checked.data.evidenceId === x.check.evidenceId &&
    (await d.isSigned(x.check.evidenceId, checkCode))
  );
}

const isCheck = (line: MarksDocuments['lines'][number], decisionId: string): boolean =>
  line.event === 'scoring.decision-checked' && line.data.decisionId === decisionId;

/** Nothing is decided about marks that their examiners have not signed. */
const afterAllSigned = (d: MarksDocuments, roomId: string, seq: number): boolean =>
  d
    .panel(roomId)
    .every(({ examinerId }) =>
      d.lines.some(
        (l) =>
          l.event === 'scoring.signed' && l.data.roomId === roomId && l.data.examinerId === examinerId && l.seq < seq,
      ),
    );
