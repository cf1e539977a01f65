import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { FindingList } from './FindingList.tsx';
import { digitKeys, QuickReasons } from './QuickReasons.tsx';
import type { ReasonWanted } from './use-assign.ts';

/** Why something is done all the same: a quick reason by its digit, or a line of one's own. */
export function ReasonForm(props: {
  wanted: ReasonWanted;
  send: string;
  busy: boolean;
  problem: string | null;
  onSend: (reason: string) => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(assignmentTexts);
  const { quick } = t.reason;
  const [chosen, choose] = useState<string | null>(null);
  const [line, setLine] = useState('');
  const isOther = chosen === null || chosen === quick.at(-1);
  const reason = isOther ? line.trim() : [chosen, line.trim()].filter(Boolean).join('；');
  const ready = reason.length >= 2 && !props.busy;
  const send = () => {
    if (ready) props.onSend(reason);
  };
  useKeys({ ...digitKeys(quick, choose), Enter: send, Escape: props.onBack }, { modal: true });
  const { findings, passedOver } = props.wanted;
  return (
    <div className="assignment-form">
      <h2>{t.reason.title}</h2>
      <p className="office-quiet">{t.reason.help}</p>
      {passedOver !== null && <Status kind="look">{t.reason.passedOver(passedOver)}</Status>}
      {findings.length > 0 && (
        <div className="assignment-scroll">
          <Status kind="look">{t.reason.warnings(findings.length)}</Status>
          <FindingList findings={findings} whole={false} />
        </div>
      )}
      <QuickReasons reasons={quick} word={(word) => word} chosen={chosen} choose={choose} label={t.reason.title} />
      <div data-enter="desk">
        <Input
          aria-label={t.reason.field}
          placeholder={t.reason.field}
          maxLength={200}
          value={line}
          onChange={(event) => setLine(event.target.value)}
        />
      </div>
      {props.problem !== null && <Status kind="stop">{props.problem}</Status>}
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
        {props.send}
      </BigButton>
      <BigButton size={36} hint="Escape" onPress={props.onBack}>
        {t.reason.back}
      </BigButton>
    </div>
  );
}
