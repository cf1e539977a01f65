import type { ReactNode } from 'react';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { InboxOutlined } from '../../ui/icons.tsx';
import { type KeyBindings, useKeys } from '../../ui/keys.ts';

interface PanelOnList extends Panel {
  label: string;
  roomName: string;
  duty: string;
}

/** An examiner on several panels picks one; digits pick too. */
export function PanelChoice(props: { panels: PanelOnList[]; onChoose: (panel: Panel) => void }): ReactNode {
  const t = useTexts(examinerTexts);
  const digits: KeyBindings = {};
  for (const [i, panel] of props.panels.slice(0, 9).entries()) digits[String(i + 1)] = () => props.onChoose(panel);
  useKeys(digits);
  return (
    <div className="panel-choice">
      <h2>{t.choosePanel}</h2>
      <p className="rubric-max">{t.choosePanelHelp}</p>
      {props.panels.map((panel, i) => (
        <BigButton
          key={`${panel.sessionId}/${panel.roomId}`}
          size={64}
          hint={i < 9 ? String(i + 1) : undefined}
          onPress={() => props.onChoose(panel)}
        >
          {panel.label} · {panel.roomName} · {t.duties[panel.duty] ?? panel.duty}
        </BigButton>
      ))}
    </div>
  );
}

/** Nothing to mark: said plainly, with whom to ask. */
export function NoPanels({ onRetry }: { onRetry: () => void }): ReactNode {
  const t = useTexts(examinerTexts);
  useKeys({ Enter: onRetry });
  return (
    <div className="ui-loading">
      <div className="ui-card ui-sheet panel-choice">
        <h2 className="is-not-done">
          <InboxOutlined /> {t.noPanels}
        </h2>
        <p className="rubric-max">{t.noPanelsHelp}</p>
        <BigButton size={64} blue hint="Enter" onPress={onRetry}>
          {t.readAgain}
        </BigButton>
      </div>
    </div>
  );
}
