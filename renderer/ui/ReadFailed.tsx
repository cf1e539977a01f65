import { DisconnectOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { frameTexts } from '../texts/frame.ts';
import { useTexts } from '../texts/use-texts.ts';
import { BigButton } from './BigButton.tsx';
import { useKeys } from './keys.ts';

/** Nothing could be read yet: what happened, what still holds, what to do. */
export function ReadFailed({ onRetry, sentence }: { onRetry: () => void; sentence?: string }): ReactNode {
  const t = useTexts(frameTexts);
  useKeys({ Enter: onRetry });
  return (
    <div className="ui-loading">
      <div className="ui-card ui-sheet">
        <h2 className="ui-sheet-title is-not-done">
          <DisconnectOutlined /> {t.readFailed}
        </h2>
        <p style={{ margin: '14px 0 20px', fontSize: 18 }}>{sentence ?? t.readFailedHelp}</p>
        <BigButton size={64} blue hint="Enter" onPress={onRetry}>
          {t.retry}
        </BigButton>
      </div>
    </div>
  );
}
