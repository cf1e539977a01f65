import type { ReactNode } from 'react';
import { doorTexts } from '../../../texts/door.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { QuestionCircleFilled } from '../../../ui/icons.tsx';
import { useKeys } from '../../../ui/keys.ts';
import type { Door } from '../use-door.ts';
import { Headline, Who } from './parts.tsx';

/** The answer to the last step was lost. Nothing is pressed again until the record has been read back. */
export function UnknownOutcomePanel({ door }: { door: Door }): ReactNode {
  const t = useTexts(doorTexts);
  useKeys({ Enter: door.readAgain });
  return (
    <>
      <Headline tone="look" icon={<QuestionCircleFilled />}>
        {t.unknownOutcome}
      </Headline>
      {door.lane.attempt !== null && <Who attempt={door.lane.attempt} />}
      <p className="door-quiet">{t.unknownOutcomeHelp}</p>
      <BigButton size={64} blue hint="Enter" onPress={door.readAgain}>
        {t.readAgain}
      </BigButton>
    </>
  );
}
