import type { ReactNode } from 'react';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { InboxOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';

/** A station without a plan: the one thing to do is to read one in. */
export function NoSession({ onGo }: { onGo: (() => void) | null }): ReactNode {
  const t = useTexts(officeTexts);
  useKeys({ Enter: onGo ?? undefined });
  return (
    <div className="ui-loading">
      <div className="ui-card ui-sheet office-empty">
        <h2 className="is-not-done">
          <InboxOutlined /> {t.noSession}
        </h2>
        <p>{t.noSessionHelp}</p>
        {onGo !== null && (
          <BigButton size={64} blue hint="Enter" onPress={onGo}>
            {t.goPlan}
          </BigButton>
        )}
      </div>
    </div>
  );
}
