import type { ReactNode } from 'react';
import type { WallRequest } from '../../electron/contract/live-wall.ts';
import { liveWallTexts } from '../texts/live-wall.ts';
import { useTexts } from '../texts/use-texts.ts';
import { Status } from '../ui/Status.tsx';
import { clockText, minuteText } from '../ui/time-text.ts';

/** What was asked of the sites, the newest first, with what came of it. */
export function Answers(props: {
  requests: readonly WallRequest[];
  nameOf: (request: WallRequest) => string;
}): ReactNode {
  const t = useTexts(liveWallTexts);
  return (
    <aside className="ui-card wall-answers">
      <h2>{t.requests}</h2>
      {props.requests.length === 0 && <p className="wall-quiet">{t.noRequests}</p>}
      <ul>
        {props.requests.map((request) => (
          <li key={request.requestId}>
            <p>
              <b>{props.nameOf(request)}</b> {t.asks[request.ask]} <small>{minuteText(request.atMs)}</small>
            </p>
            {request.text !== '' && <p className="wall-quiet">{request.text}</p>}
            <Outcome outcome={request.outcome} />
          </li>
        ))}
      </ul>
    </aside>
  );
}

function Outcome({ outcome }: { outcome: WallRequest['outcome'] }): ReactNode {
  const t = useTexts(liveWallTexts);
  if (outcome === null) return <Status kind="not-done">{t.waiting}</Status>;
  switch (outcome.kind) {
    case 'no':
      return (
        <>
          <Status kind="look">{t.no[outcome.reason]}</Status>
          {outcome.text !== '' && <p>{outcome.text}</p>}
        </>
      );
    case 'reply':
      return (
        <p className="wall-reply">
          <Status kind="done">{t.yes.reply}</Status> {outcome.text}
        </p>
      );
    case 'view':
      return <Status kind="done">{t.yes.view}</Status>;
    case 'still':
      return (
        <>
          <Status kind="done">{t.stillOf(clockText(outcome.takenAtMs))}</Status>
          <img src={`data:image/jpeg;base64,${outcome.jpeg}`} alt={t.stillOf(clockText(outcome.takenAtMs))} />
          {outcome.text !== '' && <p>{outcome.text}</p>}
        </>
      );
  }
}
