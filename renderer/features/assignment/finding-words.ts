import type { ShownFinding } from '../../../electron/features/assignment/contract.ts';
import type { assignmentTexts } from '../../texts/assignment.ts';
import type { Language } from '../../texts/language.tsx';

type Words = (typeof assignmentTexts)['zh-CN'];

/** What a finding says, as one line: the facts it rests on, or the clause itself where it has no words of its own. */
export function findingLine(t: Words, language: Language, finding: ShownFinding): string {
  if (finding.outcome === 'not-known') {
    const what = finding.facts.missing ?? '';
    return t.notOnFile(t.missing[what] ?? what);
  }
  return t.facts[finding.ruleId]?.(finding.facts) ?? (language === 'zh-CN' ? finding.text.zh : finding.text.en);
}

export interface FindingShown {
  line: string;
  source: string;
  severity: 'block' | 'warn';
}

/**
 * Findings as lines, the gravest first. What is only not on file is one line for all of it: thin dossiers would otherwise
 * hide what matters.
 */
export function findingLines(t: Words, language: Language, findings: readonly ShownFinding[]): FindingShown[] {
  const broken = findings.filter((f) => f.outcome === 'broken');
  const unknown = findings.filter((f) => f.outcome === 'not-known');
  const lines = broken
    .toSorted((a, b) => Number(b.severity === 'block') - Number(a.severity === 'block'))
    .map((f) => ({ line: findingLine(t, language, f), source: f.source, severity: f.severity }));
  const things = [...new Set(unknown.map((f) => t.missing[f.facts.missing ?? ''] ?? f.facts.missing ?? ''))];
  const worst = unknown.some((f) => f.severity === 'block') ? 'block' : 'warn';
  if (things.length > 0) lines.push({ line: t.notOnFile(things.join('、')), source: '', severity: worst });
  return lines;
}
