import { safe } from '@orpc/client';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { ask, guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { EditOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { SignaturePad, type SignatureStrokes } from '../../ui/SignaturePad.tsx';
import type { Panel } from './marking-record.ts';
import { TotalsList } from './TotalsList.tsx';

/** The sheet's totals beside the pad; signed by PIN and handwriting at once, with the check code the eye saw. */
export function SignSheet(props: {
  panel: Panel;
  sheet: MarkingSheet;
  checkCode: string;
  signer: string;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(examinerTexts);
  const queries = useQueryClient();
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const [pin, setPin] = useState('');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ready = strokes.length > 0 && pin.length === 6 && !sending;
  const hint = strokes.length === 0 ? t.needStrokes : pin.length < 6 ? t.needPin : null;
  const sentenceOf = useErrorSentence();

  const sign = async () => {
    if (!ready) return setProblem(hint);
    setSending(true);
    setProblem(null);
    const { error, data } = await safe(
      station.scoring.sign({ ...props.panel, pin, strokes, checkCode: props.checkCode }),
    );
    setSending(false);
    if (data !== undefined) {
      queries.setQueryData(ask.scoring.sheet.queryKey({ input: props.panel }), data);
      return;
    }
    setPin('');
    setProblem(sentenceOf(error));
    const refusal = guardRefusal(error);
    if (refusal !== null) askForSignIn(refusal);
    // Refused or unknown, the record says what holds now.
    void queries.invalidateQueries({ queryKey: ask.scoring.key() });
  };
  const typePin = (typed: string) => {
    setPin(typed);
    if (typed !== '') setProblem(null);
  };
  useKeys({ Enter: () => void sign(), F6: () => setStrokes([]), Escape: props.onBack });

  return (
    <div className="sign">
      <TotalsList sheet={props.sheet} title={t.signing(props.sheet.rows.length)} />
      <section className="ui-card sign-pad">
        <header>
          <h2>
            <EditOutlined /> {t.signHeadline}
          </h2>
          <span>
            {props.signer} · {t.duties[props.sheet.duty]}
          </span>
        </header>
        <p className="rubric-max">{t.signHelp}</p>
        <div className="sign-box">
          <SignaturePad value={strokes} onChange={setStrokes} height={0} label={t.pad} disabled={sending} />
          <i className="sign-line" />
          <small className="sign-hint">{t.padHint}</small>
          <small className="sign-kept">{t.padKept}</small>
        </div>
        <div className="sign-pin">
          <span>{t.pin}</span>
          <PinInput value={pin} onChange={typePin} label={t.pin} disabled={sending} />
          <span className={problem === null ? 'rubric-max' : 'is-stop'} role={problem === null ? undefined : 'alert'}>
            {problem ?? hint}
          </span>
        </div>
        <div className="sign-actions">
          <BigButton size={64} hint="F6" onPress={() => setStrokes([])} disabled={strokes.length === 0 || sending}>
            {t.rewrite}
          </BigButton>
          <BigButton size={64} blue hint="Enter" onPress={() => void sign()} disabled={!ready}>
            {t.sign}
          </BigButton>
        </div>
      </section>
    </div>
  );
}
