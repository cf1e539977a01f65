import { type ReactNode, useState } from 'react';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { SignaturePad, type SignatureStrokes } from '../../ui/SignaturePad.tsx';

/** Where somebody signs by hand and PIN: the pad, the six boxes, and one act. Refused, only the PIN is asked for again. */
export function SignHere(props: {
  label: string;
  action: string;
  /** What keeps the act from being done, before the pad is asked; null when only hand and PIN are missing. */
  lacks?: string | null;
  pending: boolean;
  error: unknown;
  onTyped: () => void;
  onSign: (hand: { pin: string; strokes: SignatureStrokes }, refused: () => void) => void;
}): ReactNode {
  const t = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const [strokes, setStrokes] = useState<SignatureStrokes>([]);
  const [pin, setPin] = useState('');
  const { pending, error, lacks = null } = props;
  const hint = lacks ?? (strokes.length === 0 ? t.needStrokes : pin.length < 6 ? t.needPin : null);
  const ready = hint === null && !pending;
  const sign = () => {
    if (ready) props.onSign({ pin, strokes }, () => setPin(''));
  };
  const rewrite = () => setStrokes([]);
  useKeys({ Enter: sign, F6: rewrite });
  return (
    <>
      <div className="closing-pad">
        <SignaturePad value={strokes} onChange={setStrokes} height={0} label={props.label} disabled={pending} />
        <small>{t.padHint}</small>
      </div>
      <div className="closing-pin">
        <span>{t.pin}</span>
        <PinInput
          value={pin}
          label={t.pin}
          disabled={pending}
          onChange={(typed) => {
            setPin(typed);
            if (typed !== '') props.onTyped();
          }}
        />
        <span className={error ? 'is-stop' : 'office-quiet'} role={error ? 'alert' : undefined}>
          {error ? sentenceOf(error) : hint}
        </span>
      </div>
      <div className="office-pair">
        <BigButton size={64} hint="F6" disabled={strokes.length === 0 || pending} onPress={rewrite}>
          {t.rewrite}
        </BigButton>
        <BigButton size={64} blue={ready} hint="Enter" disabled={!ready} onPress={sign}>
          {props.action}
        </BigButton>
      </div>
    </>
  );
}
