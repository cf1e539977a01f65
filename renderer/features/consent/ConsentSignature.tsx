import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { consentTexts } from '../../texts/consent.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { SignaturePad, type SignatureStrokes } from '../../ui/SignaturePad.tsx';

/** The pad fills what the text leaves free; its line and words lie under the ink. */
export function ConsentSignature(props: {
  strokes: SignatureStrokes;
  onChange: (strokes: SignatureStrokes) => void;
  disabled: boolean;
}): ReactNode {
  const t = useTexts(consentTexts);
  const box = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(160);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const follow = new ResizeObserver(() => setHeight(element.clientHeight));
    follow.observe(element);
    return () => follow.disconnect();
  }, []);
  const signed = props.strokes.length > 0;
  return (
    <div className="consent-pad" ref={box}>
      <SignaturePad
        value={props.strokes}
        onChange={props.onChange}
        height={height}
        label={t.pad}
        disabled={props.disabled}
      />
      {!signed && <span className="consent-pad-hint">{t.padHint}</span>}
      <i className="consent-pad-line" />
      {signed && (
        <button type="button" className="ui-plain-button consent-again" onClick={() => props.onChange([])}>
          {t.again} <KeyHint name="Del" />
        </button>
      )}
    </div>
  );
}
