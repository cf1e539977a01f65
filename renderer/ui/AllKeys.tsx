import { Segmented, Slider } from 'antd';
import type { ReactNode } from 'react';
import { askForSignIn } from '../api/sign-in-request.ts';
import { useSignOut } from '../features/staff/use-me.ts';
import { frameTexts } from '../texts/frame.ts';
import { type Language, useLanguage } from '../texts/language.tsx';
import { useTexts } from '../texts/use-texts.ts';
import { BigButton } from './BigButton.tsx';
import { KeyHint } from './KeyHint.tsx';
import { useKeys } from './keys.ts';
import { play, setVolume, useVolume } from './sounds.ts';

/** One line of the key list. */
export interface KeyHelp {
  key: string;
  does: string;
}

/** F1: every key of this desk, and what else belongs to the window: language, loudness, lock, sign-out. */
export function AllKeys({ keys, onClose }: { keys: readonly KeyHelp[]; onClose: () => void }): ReactNode {
  const t = useTexts(frameTexts);
  const { language, setLanguage } = useLanguage();
  const volume = useVolume();
  const signOut = useSignOut();
  useKeys({ Escape: onClose, F1: onClose, Enter: onClose }, { modal: true });
  // What a desk says of a key is more than what is said of it everywhere.
  const all: KeyHelp[] = [...keys, ...t.commonKeys.filter(({ key }) => !keys.some((own) => own.key === key))];
  const lock = () => {
    onClose();
    askForSignIn('locked');
  };
  return (
    <div className="ui-veil" role="dialog" aria-modal="true" aria-label={t.allKeys}>
      <div className="ui-card ui-sheet">
        <h2 className="ui-sheet-title">{t.allKeys}</h2>
        <div className="ui-keys">
          {all.map((line) => (
            <KeyLine key={line.key} line={line} />
          ))}
        </div>
        <div className="ui-keys">
          <span>{t.language}</span>
          <Segmented<Language>
            options={[
              { value: 'zh-CN', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
            value={language}
            onChange={setLanguage}
          />
          <span>{t.volume}</span>
          <Slider value={volume} onChange={setVolume} onChangeComplete={() => play('admitted')} aria-label={t.volume} />
        </div>
        <div className="ui-row">
          <BigButton size={48} blue hint="Esc" onPress={onClose}>
            {t.back}
          </BigButton>
          <BigButton size={48} onPress={lock}>
            {t.lock}
          </BigButton>
          <BigButton size={48} onPress={signOut}>
            {t.signOut}
          </BigButton>
        </div>
      </div>
    </div>
  );
}

function KeyLine({ line }: { line: KeyHelp }): ReactNode {
  return (
    <>
      <KeyHint name={line.key} />
      <span>{line.does}</span>
    </>
  );
}
