import { Button, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { TheoryView } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { scoresTexts } from '../../texts/scores.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { ClauseOf } from '../rules/ClauseOf.tsx';
import { useMe } from '../staff/use-me.ts';
import { formatMark, parseMark } from './mark-text.ts';
import { SignAct } from './SignAct.tsx';

const MAX_TENTHS = 1000;
const LEAST_REASON = 4;

/** A theory mark that was read or typed wrong: the new one and why, then signed. It counts once a second score keeper has signed too. */
export function TheoryCorrection(props: {
  sessionId: TheoryView['sessionId'];
  row: TheoryView['rows'][number];
  onDone: () => Promise<unknown>;
  onBack: () => void;
}): ReactNode {
  const { sessionId, row } = props;
  const t = useTexts(scoresTexts);
  const me = useMe();
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const [signing, setSigning] = useState(false);
  const now = row.correctedTenths ?? row.acceptedTenths ?? 0;
  const tenths = parseMark(text);
  const wrong = text !== '' && (tenths === null || tenths > MAX_TENTHS);
  const ready = tenths !== null && !wrong && tenths !== now && reason.trim().length >= LEAST_REASON;
  if (signing && tenths !== null) {
    return (
      <SignAct
        headline={t.signCorrection}
        help={t.signCorrectionHelp}
        signer={me?.name ?? ''}
        action={t.signAndCorrect}
        onBack={() => setSigning(false)}
        onSign={async (hand) => {
          const { candidateId } = row;
          await station.scoring.correctTheory({ sessionId, candidateId, tenths, reason: reason.trim(), ...hand });
          await props.onDone();
        }}
      >
        <h2>{t.correctTitle}</h2>
        <p className="decision-number">{row.ticketNumber}</p>
        <p className="decision-line">
          {t.correctNow} <s>{formatMark(now)}</s>
        </p>
        <p className="decision-line">
          {t.correctTo} <b>{formatMark(tenths)}</b>
        </p>
        <p>{reason}</p>
      </SignAct>
    );
  }
  return (
    <section className="ui-card scores-form theory-correction">
      <h3>{t.correctTitle}</h3>
      <p>{t.correctHelp}</p>
      <ClauseOf ruleId="scoring.correction" sessionId={sessionId} />
      <p className="decision-number">{row.ticketNumber}</p>
      <p className="decision-line">
        {t.correctNow} <b>{formatMark(now)}</b>
      </p>
      <Input
        size="large"
        autoFocus
        inputMode="decimal"
        maxLength={5}
        aria-label={t.correctTo}
        placeholder={t.correctTo}
        status={wrong ? 'error' : ''}
        value={text}
        onChange={(event) => setText(event.target.value.trim())}
      />
      <Input
        size="large"
        maxLength={400}
        aria-label={t.why}
        placeholder={t.why}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="primary" size="large" disabled={!ready} onClick={() => setSigning(true)}>
        {t.goSign}
      </Button>
      <Button size="large" onClick={props.onBack}>
        {t.back}
      </Button>
    </section>
  );
}
