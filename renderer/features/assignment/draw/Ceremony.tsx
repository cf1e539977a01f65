import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DrawView, ShortageView } from '../../../../electron/features/assignment/contract.ts';
import type { SessionRow } from '../../../../electron/features/session/contract.ts';
import { unreachable } from '../../../../electron/lib/result.ts';
import { ask } from '../../../api/query.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { Clock } from '../../../ui/Countdown.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { dateText } from '../../../ui/time-text.ts';
import { Committed } from './Committed.tsx';
import { DrawSetup } from './DrawSetup.tsx';
import { Opened } from './Opened.tsx';
import { Result } from './Result.tsx';
import { SealShares } from './SealShares.tsx';
import { ShortageShown } from './ShortageShown.tsx';
import { StepBar } from './StepBar.tsx';
import './ceremony.css';

/**
 * The draw before everybody's eyes, for a projector: four steps, one thing on the screen at a time, nothing that moves. What
 * is shown is on record already; after a power cut it goes on from where it was.
 */
export function Ceremony(props: {
  sessionId: SessionRow['sessionId'];
  /** The last draw of this session. */
  draw: DrawView | null;
  mayLead: boolean;
  onClose: () => void;
}): ReactNode {
  const { draw, mayLead } = props;
  const t = useTexts(assignmentTexts).draw;
  const [shortage, setShortage] = useState<ShortageView | null>(null);
  const [cancelling, setCancelling] = useState(false);
  useKeys({ Escape: cancelling ? () => setCancelling(false) : props.onClose });
  const over = draw === null || draw.stage === 'cancelled';
  const shown = over ? null : draw;
  const underway = shown !== null && shown.stage !== 'applied';
  return (
    <div className="ceremony">
      <StepBar stage={shown?.stage ?? null} />
      <main className="ceremony-work">
        {shortage ? (
          <ShortageShown shortage={shortage} onBack={() => setShortage(null)} />
        ) : shown === null ? (
          <DrawSetup
            sessionId={props.sessionId}
            mayLead={mayLead}
            cancelled={draw?.cancelled?.reason ?? null}
            onShort={setShortage}
          />
        ) : cancelling ? (
          <CancelForm draw={shown} onDone={() => setCancelling(false)} />
        ) : (
          <Stage draw={shown} mayLead={mayLead} />
        )}
      </main>
      <footer className="ceremony-foot">
        <span>
          {shown ? shown.sessions.map((s) => `${dateText(s.startsAtMs)} ${s.label}`).join('；') : ''}
          {shown && ` · ${t.nameList(shown.input.examiners)} · ${t.inputCode} ${shown.input.sha256.slice(0, 8)}`}
        </span>
        {underway && mayLead && !cancelling && (
          <BigButton size={36} onPress={() => setCancelling(true)}>
            {t.cancel}
          </BigButton>
        )}
        <BigButton size={36} hint="Escape" onPress={props.onClose}>
          {t.close}
        </BigButton>
        <span>{shown && t.recordNumber(lastSeq(shown))}</span>
        <Clock />
      </footer>
    </div>
  );
}

function Stage({ draw, mayLead }: { draw: DrawView; mayLead: boolean }): ReactNode {
  switch (draw.stage) {
    case 'prepared':
      return <SealShares draw={draw} mayLead={mayLead} />;
    case 'committed':
      return <Committed draw={draw} mayLead={mayLead} />;
    case 'opened':
      return <Opened draw={draw} mayLead={mayLead} />;
    case 'drawn':
    case 'applied':
      return <Result draw={draw} mayLead={mayLead} />;
    case 'cancelled':
      return null;
    default:
      return unreachable(draw.stage);
  }
}

const lastSeq = (draw: DrawView): number =>
  draw.applied?.seq ?? draw.result?.seq ?? draw.committed?.seq ?? draw.prepared.seq;

function CancelForm({ draw, onDone }: { draw: DrawView; onDone: () => void }): ReactNode {
  const t = useTexts(assignmentTexts).draw;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [reason, write] = useState('');
  const cancel = useMutation(
    ask.assignment.draw.cancel.mutationOptions({
      onSuccess: onDone,
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.draw.key() }),
    }),
  );
  const ready = reason.trim().length >= 2 && !cancel.isPending;
  const send = () => {
    if (ready) cancel.mutate({ drawId: draw.drawId, reason: reason.trim() });
  };
  useKeys({ Enter: send }, {});
  return (
    <div className="ceremony-form" data-enter="desk">
      <h2>{t.cancelTitle}</h2>
      <p>{t.cancelHelp}</p>
      <Input
        size="large"
        aria-label={t.cancelReason}
        placeholder={t.cancelReason}
        maxLength={200}
        value={reason}
        onChange={(event) => write(event.target.value)}
      />
      {cancel.isError && <Status kind="stop">{sentenceOf(cancel.error)}</Status>}
      <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={send}>
        {t.cancel}
      </BigButton>
    </div>
  );
}
