import { type ReactNode, useState } from 'react';
import type { AssignmentBoard } from '../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../texts/assignment.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { StandingList } from './FindingList.tsx';
import { SoleProviderForm } from './SoleProviderForm.tsx';

/** No seat is chosen: what stands about the panels as wholes, who is off, and the exception of a sole provider. */
export function SidePanel(props: { board: AssignmentBoard; mayChange: boolean; problem: string | null }): ReactNode {
  const { board } = props;
  const t = useTexts(assignmentTexts);
  const [sole, setSole] = useState(false);
  if (sole) return <SoleProviderForm board={board} onDone={() => setSole(false)} />;
  const rooms = board.rooms.filter((r) => r.findings.length > 0);
  const { soleProvider } = board;
  return (
    <>
      <header className="assignment-side-head">
        <h2>{t.allDone}</h2>
        <p className="office-quiet">{t.allDoneHelp}</p>
        {props.problem !== null && <Status kind="stop">{props.problem}</Status>}
      </header>
      <div className="assignment-candidates assignment-notes">
        {rooms.map((room) => (
          <section key={room.roomId}>
            <h3>
              {room.name} · {t.aboutPanel}
            </h3>
            <StandingList findings={room.findings} whole={false} />
          </section>
        ))}
        {board.recusals.length > 0 && (
          <section>
            <h3>{t.recusals}</h3>
            {board.recusals.map((r) => (
              <p key={r.examinerId}>
                {t.recusalLine(r.name, r.roomName, minuteText(r.atMs))} · {t.recusalBy[r.by]} · {t.grounds[r.ground]}
                <br />
                <small>{r.note}</small>
              </p>
            ))}
          </section>
        )}
        {soleProvider && (
          <section>
            <h3>{t.sole.button}</h3>
            <p>{t.sole.onFile(soleProvider.number, soleProvider.officialName)}</p>
            <p>
              {soleProvider.signedOnMs === null ? (
                <Status kind="look">{t.sole.notThere}</Status>
              ) : (
                <Status kind="done">{t.sole.there(minuteText(soleProvider.signedOnMs))}</Status>
              )}
            </p>
            <code>{soleProvider.fileSha256.slice(0, 16)}…</code>
          </section>
        )}
      </div>
      {props.mayChange && (
        <footer className="assignment-side-foot">
          <BigButton size={36} onPress={() => setSole(true)}>
            {t.sole.button}
          </BigButton>
        </footer>
      )}
    </>
  );
}
