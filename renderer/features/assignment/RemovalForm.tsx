import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AssignmentBoard, RoomOnBoard } from '../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { digitKeys, QuickReasons } from './QuickReasons.tsx';

export const grounds = ['kin', 'taught', 'employer', 'master-apprentice', 'other'] as const;
export type Ground = (typeof grounds)[number];

/** Takes somebody off: before the opening a change like any other, from then on the lead's demand to recuse. */
export function RemovalForm(props: {
  board: AssignmentBoard;
  room: RoomOnBoard;
  name: string;
  busy: boolean;
  problem: string | null;
  onSend: (ground: Ground, reason: string) => void;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(assignmentTexts);
  const demand = props.board.session.state !== 'preparing';
  const [ground, choose] = useState<Ground | null>(demand ? null : 'other');
  const [reason, write] = useState('');
  const ready = ground !== null && reason.trim().length >= 2 && !props.busy;
  const send = () => {
    if (ready && ground !== null) props.onSend(ground, reason.trim());
  };
  useKeys({ ...(demand && digitKeys(grounds, choose)), Enter: send, Escape: props.onBack }, { modal: true });
  return (
    <div className="assignment-form">
      <h2>{demand ? t.removal.titleDemand(props.name) : t.removal.title(props.name)}</h2>
      <p className="office-quiet">{demand ? t.removal.helpDemand : t.removal.help}</p>
      {demand && (
        <QuickReasons
          reasons={grounds}
          word={(g) => t.grounds[g]}
          chosen={ground}
          choose={choose}
          label={t.recuse.ground}
        />
      )}
      <div data-enter="desk">
        <Input
          autoFocus={!demand}
          aria-label={t.reason.field}
          placeholder={t.reason.field}
          maxLength={200}
          value={reason}
          onChange={(event) => write(event.target.value)}
        />
      </div>
      {props.problem !== null && <Status kind="stop">{props.problem}</Status>}
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
        {demand ? t.removal.sendDemand : t.removal.send}
      </BigButton>
      <BigButton size={36} hint="Escape" onPress={props.onBack}>
        {t.recuse.back}
      </BigButton>
    </div>
  );
}
