import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { DrawView } from '../../../../electron/features/assignment/contract.ts';
import { station } from '../../../api/client.ts';
import { ask } from '../../../api/query.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { saveFile } from '../../../ui/save-file.ts';
import { clockText } from '../../../ui/time-text.ts';
import { HexCode } from './HexCode.tsx';

/** The more rooms, the smaller the names: up to three can be read from the last row. */
const sizeOf = (rooms: number): string => (rooms <= 3 ? 'is-few' : rooms <= 8 ? 'is-some' : 'is-many');

/** The drawn panels, beside everything anybody needs to check them. */
export function Result(props: { draw: DrawView; mayLead: boolean }): ReactNode {
  const { draw, mayLead } = props;
  const texts = useTexts(assignmentTexts);
  const t = texts.draw;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const result = draw.result!;
  const several = draw.sessions.length > 1;
  const apply = useMutation(
    ask.assignment.draw.apply.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.key() }),
    }),
  );
  const save = useMutation({
    mutationFn: () => station.assignment.draw.published({ drawId: draw.drawId }),
    onSuccess: (file) => saveFile(file.name, file),
  });
  const mayApply = mayLead && draw.stage === 'drawn' && !apply.isPending;
  const takeOver = () => {
    if (mayApply) apply.mutate({ drawId: draw.drawId });
  };
  useKeys({ Enter: takeOver, S: () => save.mutate(), P: () => window.print() }, {});
  const supervisor = draw.shares.find((s) => s.party === 'supervisor')?.opened;
  return (
    <div className="ceremony-split is-result">
      <section className="ceremony-main">
        <div className={`ceremony-rooms ${sizeOf(result.rooms.length)}`}>
          {result.rooms.map((room) => (
            <div key={`${room.sessionId} ${room.roomId}`} className="ceremony-room">
              <small className="ceremony-room-name">
                {room.name}
                {several && ` · ${room.sessionLabel}`}
              </small>
              <div>
                {room.seats.map((seat) => (
                  <span key={seat.examinerId}>
                    <b>{seat.name}</b>
                    {seat.role !== 'member' && <i>{t.roles[seat.role]}</i>}
                    <small className="ceremony-room-id">{seat.examinerId}</small>
                  </span>
                ))}
              </div>
            </div>
          ))}
        </div>
        <p className="ceremony-reserves">
          <small className="ceremony-reserves-word">{t.reserves}</small>{' '}
          {result.reserves.length === 0 ? (
            t.noReserves
          ) : (
            <b>
              {result.reserves
                .slice(0, 12)
                .map((r, i) => `${i + 1} ${r.name}`)
                .join('　')}
              {result.reserves.length > 12 && ` … ${result.reserves.length}`}
            </b>
          )}
        </p>
      </section>
      <aside className="ceremony-aside">
        <h2 className="is-done">
          <Status kind="done">{t.seedFits}</Status>
        </h2>
        <p>
          {t.commitment}（{clockText(draw.committed!.atMs)}）
        </p>
        <HexCode hex={draw.committed!.sha256} />
        <p>{t.seed}</p>
        <HexCode hex={draw.seed ?? ''} />
        <p>{t.inputCode}</p>
        <HexCode hex={draw.input.sha256} />
        {supervisor && supervisor.said !== '' && (
          <p>
            {t.parties.supervisor} · {t.said(supervisor.said)}
          </p>
        )}
        <p className="ceremony-small">
          {t.verifyWith}
          <br />
          {t.took(result.tookMs)}
        </p>
        {apply.isError && <Status kind="stop">{sentenceOf(apply.error)}</Status>}
        {save.isError && <Status kind="stop">{sentenceOf(save.error)}</Status>}
        <div className="ceremony-acts">
          <BigButton size={48} hint="S" disabled={save.isPending} onPress={() => save.mutate()}>
            {t.save}
          </BigButton>
          {draw.stage === 'applied' ? (
            <Status kind="done">{t.applied}</Status>
          ) : (
            mayLead && (
              <BigButton size={64} blue hint="Enter" disabled={!mayApply} onPress={takeOver}>
                {t.apply}
              </BigButton>
            )
          )}
        </div>
      </aside>
    </div>
  );
}
