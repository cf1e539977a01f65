import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DrawView } from '../../../../electron/features/assignment/contract.ts';
import { ask } from '../../../api/query.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { HexCode } from './HexCode.tsx';

/** Step 4 begins: the seed is known, and with it the result; it only has to be computed. */
export function Opened({ draw, mayLead }: { draw: DrawView; mayLead: boolean }): ReactNode {
  const t = useTexts(assignmentTexts).draw;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const run = useMutation(
    ask.assignment.draw.run.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.draw.key() }),
    }),
  );
  const ready = mayLead && !run.isPending;
  const go = () => {
    if (ready) run.mutate({ drawId: draw.drawId });
  };
  useKeys({ Enter: go }, {});
  return (
    <div className="ceremony-centre">
      <h2>{t.seedTitle}</h2>
      <HexCode hex={draw.seed ?? ''} large />
      <p className="ceremony-parties">
        {draw.shares.map((s) => (
          <Status key={s.party} kind="done">
            {t.parties[s.party]}
            {s.opened && s.opened.said !== '' && ` · ${t.said(s.opened.said)}`}
          </Status>
        ))}
      </p>
      {run.isError && <Status kind="stop">{sentenceOf(run.error)}</Status>}
      {mayLead && (
        <div className="ceremony-acts">
          <BigButton size={136} blue hint="Enter" disabled={!ready} onPress={go}>
            {run.isPending ? t.running : t.run}
          </BigButton>
        </div>
      )}
      <p className="ceremony-small">{t.journalEvery}</p>
    </div>
  );
}
