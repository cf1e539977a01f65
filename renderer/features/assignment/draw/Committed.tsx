import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { DrawView } from '../../../../electron/features/assignment/contract.ts';
import { ask } from '../../../api/query.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { clockText } from '../../../ui/time-text.ts';
import { HexCode } from './HexCode.tsx';

/** Step 3: the commitment stands, large enough to be photographed; then the shares are opened one after the other. */
export function Committed({ draw, mayLead }: { draw: DrawView; mayLead: boolean }): ReactNode {
  const texts = useTexts(assignmentTexts);
  const t = texts.draw;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [given, setGiven] = useState('');
  const closed = draw.shares.filter((s) => s.opened === null);
  const next = closed[0];
  const kept = next?.keptHere ?? true;
  const open = useMutation(
    ask.assignment.draw.openShare.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.draw.key() }),
    }),
  );
  const ready = mayLead && next !== undefined && !open.isPending && (kept || given.trim().length >= 32);
  const openNext = async () => {
    if (!ready) return;
    const { drawId } = draw;
    for (const { party, keptHere } of closed) {
      if (!keptHere && given.trim() === '') return;
      const share = keptHere ? {} : { share: given.trim().toLowerCase() };
      await open.mutateAsync({ drawId, party, ...share }).catch(() => undefined);
    }
  };
  useKeys({ Enter: () => void openNext(), P: () => window.print() }, {});
  return (
    <div className="ceremony-centre">
      <p>{t.published(clockText(draw.committed!.atMs))}</p>
      <HexCode hex={draw.committed!.sha256} large />
      <h2>{t.opening}</h2>
      <p className="ceremony-parties">
        {draw.shares.map((s) => (
          <Status key={s.party} kind={s.opened ? 'done' : 'not-done'}>
            {t.parties[s.party]}
            {s.opened && s.opened.said !== '' && ` · ${t.said(s.opened.said)}`}
          </Status>
        ))}
      </p>
      {next && !kept && mayLead && (
        <div data-enter="desk">
          <Input
            size="large"
            aria-label={t.giveShare(t.parties[next.party])}
            placeholder={t.giveShare(t.parties[next.party])}
            maxLength={128}
            value={given}
            onChange={(event) => setGiven(event.target.value)}
          />
        </div>
      )}
      {open.isError && <Status kind="stop">{sentenceOf(open.error)}</Status>}
      <p className="ceremony-small">{t.commitmentHelp}</p>
      <div className="ceremony-acts">
        <BigButton size={64} hint="P" onPress={() => window.print()}>
          {t.print}
        </BigButton>
        {mayLead && (
          <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={() => void openNext()}>
            {t.openSeed}
          </BigButton>
        )}
      </div>
    </div>
  );
}
