import type { ReactNode } from 'react';
import type { FaceConsent } from '../../../electron/features/consent/contract.ts';
import { consentTexts } from '../../texts/consent.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';

/**
 * Agree or decline, and with it hand in the signature: one tap. The two tiles are alike in size, colour and weight, for
 * neither is the expected answer; blue would say "press this one".
 */
export function ConsentChoice(props: {
  signed: boolean;
  busy: boolean;
  onChoose: (face: FaceConsent) => void;
  /** Keys are for a desk; a tablet has none. */
  keys: boolean;
}): ReactNode {
  const t = useTexts(consentTexts);
  const tiles = [
    ['agreed', t.agree, t.agreeUnder, 'Enter'],
    ['declined', t.decline, t.declineUnder, 'F6'],
  ] as const;
  return (
    <div className="consent-choice">
      {tiles.map(([face, words, under, key]) => (
        <button
          key={face}
          type="button"
          className="consent-tile"
          disabled={!props.signed || props.busy}
          onClick={(event) => {
            event.currentTarget.blur();
            props.onChoose(face);
          }}
        >
          <b>
            {words} {props.keys && <KeyHint name={key} />}
          </b>
          <span>{props.busy ? t.saving : props.signed ? under : t.signFirst}</span>
        </button>
      ))}
    </div>
  );
}
