import { type ReactNode, useEffect, useRef, useState } from 'react';
import { frameTexts } from '../texts/frame.ts';
import { useTexts } from '../texts/use-texts.ts';
import { BigButton } from './BigButton.tsx';
import { CheckOutlined, CopyOutlined } from './icons.tsx';

/**
 * A text that leaves by hand: shown whole, with a button that copies it. Where the clipboard is refused the text is
 * selected instead and the button says what to press.
 */
export function CopyText({ text, className }: { text: string; className?: string }): ReactNode {
  const t = useTexts(frameTexts);
  const shown = useRef<HTMLElement>(null);
  const [did, setDid] = useState<'copied' | 'selected' | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text has not been copied yet
  useEffect(() => setDid(null), [text]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDid('copied');
    } catch {
      if (shown.current !== null) window.getSelection()?.selectAllChildren(shown.current);
      setDid('selected');
    }
  };
  return (
    <div className="ui-copy">
      <code ref={shown} className={className}>
        {text}
      </code>
      <BigButton size={36} icon={did === 'copied' ? <CheckOutlined /> : <CopyOutlined />} onPress={() => void copy()}>
        {did === null ? t.copy : did === 'copied' ? t.copied : t.copyByHand}
      </BigButton>
    </div>
  );
}
