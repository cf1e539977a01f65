import { Input } from 'antd';
import type { ReactNode } from 'react';
import { examinersTexts } from '../../texts/examiners.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';

/** Last line of a change to dossiers: why, the way back, and the one press that saves. */
export function ReasonRow(props: {
  reason: string;
  write: (reason: string) => void;
  disabled?: boolean;
  busy: boolean;
  /** What is to be saved is whole. */
  may: boolean;
  words: { back: string; save: string; saving: string };
  onBack: () => void;
  onSave: () => void;
}): ReactNode {
  const t = useTexts(examinersTexts);
  const { words, may, busy } = props;
  return (
    <div className="dossier-reason">
      <label htmlFor="dossier-why">{t.reason}</label>
      <Input
        id="dossier-why"
        size="large"
        maxLength={200}
        placeholder={t.reasonHint}
        value={props.reason}
        disabled={props.disabled ?? false}
        onChange={(event) => props.write(event.target.value)}
        onPressEnter={(event) => {
          // A form around it would be sent as well.
          event.preventDefault();
          if (may) props.onSave();
        }}
      />
      <BigButton size={48} hint="Esc" disabled={busy} onPress={props.onBack}>
        {words.back}
      </BigButton>
      <BigButton size={48} blue={may} disabled={!may} onPress={props.onSave}>
        {busy ? words.saving : words.save}
      </BigButton>
    </div>
  );
}
