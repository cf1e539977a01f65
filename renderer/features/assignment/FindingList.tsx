import type { ReactNode } from 'react';
import type { ShownFinding, StandingFinding } from '../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useLanguage } from '../../texts/language.tsx';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';
import { findingLine, findingLines } from './finding-words.ts';

/** What speaks against somebody: the fact, then clause and source. `whole` lists each clause's own sentence too. */
export function FindingList(props: { findings: readonly ShownFinding[]; whole: boolean }): ReactNode {
  const t = useTexts(assignmentTexts);
  const { language } = useLanguage();
  if (props.whole) {
    return (
      <ul className="assignment-findings">
        {props.findings.map((f) => (
          <li key={`${f.ruleId} ${f.examinerId} ${JSON.stringify(f.facts)}`} className={`is-${f.severity}`}>
            <span>{findingLine(t, language, f)}</span>
            <small>
              {f.ruleId} · {language === 'zh-CN' ? f.text.zh : f.text.en} · {f.source}
            </small>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <ul className="assignment-findings">
      {findingLines(t, language, props.findings).map((f) => (
        <li key={f.line} className={`is-${f.severity}`}>
          <span>{f.line}</span>
          {f.source !== '' && <small>{f.source}</small>}
        </li>
      ))}
    </ul>
  );
}

/** Findings about who sits there, each warning with the reason for which it was set aside. */
export function StandingList({ findings, whole }: { findings: readonly StandingFinding[]; whole: boolean }): ReactNode {
  const t = useTexts(assignmentTexts);
  const reasons = new Set(
    findings.flatMap((f) => (f.accepted ? [t.acceptedBy(f.accepted.byName, f.accepted.reason)] : [])),
  );
  const later = findings.filter((f) => f.cameUpLater && f.accepted === null);
  return (
    <>
      {later.length > 0 && <Status kind="look">{t.cameUpLater}</Status>}
      {later.length > 0 && <FindingList findings={later} whole={whole} />}
      <FindingList findings={findings.filter((f) => !later.includes(f))} whole={whole} />
      {[...reasons].map((reason) => (
        <p key={reason} className="assignment-accepted">
          {reason}
        </p>
      ))}
    </>
  );
}
