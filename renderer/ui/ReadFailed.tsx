import type { ReactNode } from 'react';
import { frameTexts } from '../texts/frame.ts';
import { useTexts } from '../texts/use-texts.ts';
import { BigButton } from './BigButton.tsx';
import { DisconnectOutlined, StopOutlined } from './icons.tsx';
import { useKeys } from './keys.ts';

/**
 * Nothing can be shown yet: what happened, what still holds, what to do.
 *
 * @param sentence  the station's own refusal; without it the station gave no answer
 */
export function ReadFailed({ onRetry, sentence }: { onRetry: () => void; sentence?: string }): ReactNode {
  const t = useTexts(frameTexts);
  useKeys({ Enter: onRetry });
  return (
    <div className="ui-loading">
      <div className="ui-card ui-sheet">
        <h2 className="ui-sheet-title is-not-done">
          {sentence === undefined ? <DisconnectOutlined /> : <StopOutlined />}
          {sentence === undefined ? t.readFailed : t.cannotOpen}
        </h2>
        <p style={{ margin: '14px 0 20px', fontSize: 18 }}>{sentence ?? t.readFailedHelp}</p>
        <BigButton size={64} blue hint="Enter" onPress={onRetry}>
          {t.retry}
        </BigButton>
        {sentence !== undefined && (
          <a className="ui-plain-button" style={{ marginTop: 12 }} href="/">
            {t.firstPage}
          </a>
        )}
      </div>
    </div>
  );
}
