import { createHash } from 'node:crypto';
import { readTheoryFile } from '../../scoring/theory-file.ts';
import { codeOfMarks } from '../../scoring/theory-session.ts';
import { type BundleIndex, ENTRIES_PATH } from '../bundle-format.ts';
import { type Claim, fail, notPresent, pass, printable, type Question } from '../claims/claim.ts';
import type { ReadBytes } from '../verify-bundle.ts';
import type { MarksDocuments } from './marks-documents.ts';
import { THEORY_PATH } from './theory-document.ts';

const THEORY: Question = {
  id: 'marks.6',
  title: {
    zh: '理论成绩与机读文件或两人录入相符，有签名，与日志相符',
    en: "Theory marks agree with the machine's file or with what two typed, signed, as the journal has them",
  },
};

/** A machine's file is read again by the same code; what two typed is held against each other, candidate by candidate. */
export async function theoryClaim(index: BundleIndex, d: MarksDocuments, readBytes: ReadBytes): Promise<Claim> {
  const { accepted } = d.theory;
  if (accepted === null) return notPresent(THEORY, '理论成绩还没有入库。', 'No theory marks were accepted.');
  const code = codeOfMarks(accepted);
  const line = d.lines.find((l) => l.event === 'scoring.theory-accepted');
  const stands =
    accepted.sessionId === d.sessionId &&
    code.checkCode === accepted.checkCode &&
    line?.data.marksSha256 === code.sha256 &&
    line.data.evidenceId === accepted.evidenceId &&
    (await d.isSigned(accepted.evidenceId, accepted.checkCode));
  const wrong = accepted.source === 'machine' ? await againstFile(index, d, readBytes) : againstTyped(d);
  if (!stands || wrong.length > 0) {
    return fail(
      THEORY,
      `对不上：${wrong.join('、') || '核对码、签名或日志'}。`,
      `These do not agree: ${wrong.join(', ') || 'check code, signature or journal'}.`,
      [THEORY_PATH, ENTRIES_PATH],
    );
  }
  const count = Object.keys(accepted.marks).length;
  return pass(THEORY, `${count} 个成绩都相符。`, `All ${count} marks agree.`);
}

const ticketsOf = (d: MarksDocuments, ids: readonly string[]): string[] =>
  ids.map((id) => printable(d.candidates.find((c) => c.candidateId === id)?.ticketNumber ?? id));

async function againstFile(index: BundleIndex, d: MarksDocuments, readBytes: ReadBytes): Promise<string[]> {
  const { fileEvidence, fileSha256, marks } = d.theory.accepted!;
  const path = `data/4-results/papers/${fileEvidence}.age`;
  const bytes = index.items.some((i) => i.path === path) ? await readBytes(path) : undefined;
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== fileSha256) return [printable(path)];
  const read = await readTheoryFile(bytes, {
    sessionId: d.sessionId,
    here: new Map(
      d.candidates.map((c) => [
        c.ticketNumber.toUpperCase(),
        { candidateId: c.candidateId, admitted: d.admitted.has(c.candidateId) },
      ]),
    ),
    elsewhere: new Map(),
  });
  if (!read.ok) return read.error.map((p) => printable(`${p.code} ${p.column}${p.row}`));
  const ids = new Set([...Object.keys(marks), ...Object.keys(read.value.marks)]);
  return ticketsOf(
    d,
    [...ids].filter((id) => read.value.marks[id] !== marks[id]),
  );
}

function againstTyped(d: MarksDocuments): string[] {
  const { marks, byStaff, secondStaff } = d.theory.accepted!;
  const { typed, settled } = d.theory;
  if (secondStaff === null || byStaff === secondStaff) return ['1'];
  const both = [byStaff, secondStaff];
  const of = (staffId: string, id: string) => typed.find((t) => t.staffId === staffId && t.candidateId === id)?.tenths;
  const ids = new Set([...Object.keys(marks), ...typed.map((t) => t.candidateId)]);
  const differs = (id: string) => {
    const [a, b] = [of(byStaff, id), of(secondStaff, id)];
    if (a === b) return marks[id] !== a;
    const last = settled.findLast((s) => s.candidateId === id);
    const byBoth =
      last && last.byStaff !== last.secondStaff && both.includes(last.byStaff) && both.includes(last.secondStaff);
    return !byBoth || last.tenths !== marks[id];
  };
  return ticketsOf(d, [...ids].filter(differs));
}
