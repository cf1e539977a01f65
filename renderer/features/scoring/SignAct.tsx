import { type ReactNode, useState } from 'react';
import { guardRefusal } from '../../api/query.ts';
import { askForSignIn } from '../../api/sign-in-request.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { EditOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { SignaturePad, type SignatureStrokes } from '../../ui/SignaturePad.tsx';
import './sign.css';

export interface Hand {
  pin: string;
  strokes: SignatureStrokes;
}

/**
 * A signature under something that exists already: what is signed stands left, the pad right, PIN and handwriting go at
 * once. `onSign` rejects with what the station said; refused, the PIN is asked for again and the strokes stay.
 */
export function SignAct(props: {
  headline: string;
  help: string;
  signer: string;
  action: string;
  /** What is signed. */
  children: ReactNode;
  onSign: (hand: Hand) => Promise<unknown>;
  onBack: () => void;
  /** Another way than signing, such as not to agree; gets the hand too. */
  other?: { label: string; ready: boolean; onPress: (hand: Hand) => Promise<unknown> };
}): ReactNode {
  const t = useTexts(examinerTexts);
  const sentenceOf = useErrorSentence();
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const [pin, setPin] = useState('');
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const ready = strokes.length > 0 && pin.length === 6 && !sending;
  const hint = strokes.length === 0 ? t.needStrokes : pin.length < 6 ? t.needPin : null;
  const send = async (how: (hand: Hand) => Promise<unknown>) => {
    if (!ready) return setProblem(hint);
    setSending(true);
    setProblem(null);
    try {
      await how({ pin, strokes });
    } catch (error) {
      setPin('');
      setProblem(sentenceOf(error));
      const refusal = guardRefusal(error);
      if (refusal !== null) askForSignIn(refusal);
    }
    setSending(false);
  };
  const { other } = props;
  useKeys({ Enter: () => void send(props.onSign), F6: () => setStrokes([]), Escape: props.onBack });
  return (
    <div className="sign">
      <section className="ui-card totals decision-facts">{props.children}</section>
      <section className="ui-card sign-pad">
        <header>
          <h2>
            <EditOutlined /> {props.headline}
          </h2>
          <span>{props.signer}</span>
        </header>
        <p className="rubric-max">{props.help}</p>
        <div className="sign-box">
          <SignaturePad value={strokes} onChange={setStrokes} height={0} label={t.pad} disabled={sending} />
          <i className="sign-line" />
          <small className="sign-hint">{t.padHint}</small>
          <small className="sign-kept">{t.padKept}</small>
        </div>
        <div className="sign-pin">
          <span>{t.pin}</span>
          <PinInput
            value={pin}
            onChange={(typed) => {
              setPin(typed);
              if (typed !== '') setProblem(null);
            }}
            label={t.pin}
            disabled={sending}
          />
          <span className={problem === null ? 'rubric-max' : 'is-stop'} role={problem === null ? undefined : 'alert'}>
            {problem ?? hint}
          </span>
        </div>
        <div className={other ? 'sign-actions has-other' : 'sign-actions'}>
          <BigButton size={64} hint="F6" onPress={() => setStrokes([])} disabled={strokes.length === 0 || sending}>
            {t.rewrite}
          </BigButton>
          {other && (
            <BigButton size={64} disabled={!ready || !other.ready} onPress={() => void send(other.onPress)}>
              {other.label}
            </BigButton>
          )}
          <BigButton size={64} blue hint="Enter" onPress={() => void send(props.onSign)} disabled={!ready}>
            {props.action}
          </BigButton>
        </div>
      </section>
    </div>
  );
}
