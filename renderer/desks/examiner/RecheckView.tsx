import { useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DecisionView, ConferenceView as View } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { decisionLines } from '../../features/scoring/decision-words.ts';
import { formatMark } from '../../features/scoring/mark-text.ts';
import { type Hand, SignAct } from '../../features/scoring/SignAct.tsx';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { clockText } from '../../ui/time-text.ts';

/** What the caller may sign as the second person: decisions of somebody else that nobody has checked. */
export const openRechecks = (view: View, me: string | null): DecisionView[] =>
  view.decisions.filter((d) => d.check === null && d.body.kind !== 'code' && d.by.name !== me);

/** The re-checker sees what was decided beside everybody's marks, and signs or does not agree. */
export function RecheckView(props: {
  view: View;
  decision: DecisionView;
  signer: string;
  onDone: () => void;
}): ReactNode {
  const { view, decision } = props;
  const t = useTexts(examinerTexts);
  const queries = useQueryClient();
  const [note, setNote] = useState('');
  const names = new Map(view.examiners.map((e) => [e.examinerId as string, e.name]));
  const candidate = view.candidates.find((c) => c.number === decision.number);
  const check = async (agrees: boolean, hand: Hand) => {
    const { decisionId, checkCode } = decision;
    await station.scoring.recheck({ decisionId, checkCode, agrees, note, ...hand });
    await queries.invalidateQueries({ queryKey: ask.scoring.key() });
    props.onDone();
  };
  return (
    <SignAct
      key={decision.decisionId}
      headline={t.recheckHeadline}
      help={t.recheckHelp}
      signer={props.signer}
      action={t.recheckAgree}
      onBack={props.onDone}
      onSign={(hand) => check(true, hand)}
      other={{ label: t.recheckDisagree, ready: note.trim() !== '', onPress: (hand) => check(false, hand) }}
    >
      <h2>{t.decisionKinds[decision.body.kind]}</h2>
      <p className="decision-number">{decision.number}</p>
      {decisionLines(t, view.rubric, names, decision).map((line) => (
        <p key={line} className="decision-line">
          {line}
        </p>
      ))}
      <p className="rubric-max">
        {t.reason}：{decision.reason}
      </p>
      <p className="rubric-max">{t.decisionBy(decision.by.name, clockText(decision.by.atMs))}</p>
      {candidate && decision.body.kind === 'conference' && (
        <div className="recheck-marks">
          {Object.keys(decision.body.items).map((id) => (
            <p key={id} className="rubric-max">
              {view.rubric.items.find((i) => i.itemId === id)?.title}：
              {candidate.marks.map((m) => formatMark(m[id] ?? 0)).join(' / ')}
            </p>
          ))}
        </div>
      )}
      <dl className="totals-facts">
        <dt>{t.checkCode}</dt>
        <dd className="check-code">{decision.checkCode}</dd>
      </dl>
      <div className="recheck-note">
        {t.recheckNote}
        <Input aria-label={t.recheckNote} maxLength={400} value={note} onChange={(e) => setNote(e.target.value)} />
      </div>
    </SignAct>
  );
}
