import { useMutation, useQuery } from '@tanstack/react-query';
import { Input } from 'antd';
import { type ReactNode, useState } from 'react';
import type { CentreRequest } from '../../../electron/features/supervision/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { liveTexts } from '../../texts/live.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { BellFilled } from '../../ui/icons.tsx';
import { Status } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';
import { useBlobAddress } from '../checkin/use-attempt-image.ts';

/** One request of the centre: what, who, why, and the site's answer. The still is seen here before it leaves. */
export function RequestCard(props: {
  request: CentreRequest;
  room: string;
  more: number;
  mayLead: boolean;
}): ReactNode {
  const { request, room } = props;
  const t = useTexts(liveTexts);
  const { state } = request;
  return (
    <section className="ui-card live-request" aria-label={t.asks[request.ask](room)}>
      <h2>
        <BellFilled /> {t.asks[request.ask](room)}
      </h2>
      <p className="live-quiet">
        {t.askedBy(t.watchedBy(request.by.name, request.by.duty), clockText(request.receivedAtMs))}
        {props.more > 0 && ` · ${t.moreRequests(props.more)}`}
      </p>
      {request.text !== '' && <blockquote>{request.text}</blockquote>}
      {state.kind === 'waiting' && <Answer {...props} />}
      {state.kind === 'taking' && <Taking {...props} />}
      {state.kind === 'taken' && <Taken {...props} takenAtMs={state.takenAtMs} />}
    </section>
  );
}

function Answer({ request, mayLead }: { request: CentreRequest; mayLead: boolean }): ReactNode {
  const t = useTexts(liveTexts);
  const sentence = useErrorSentence();
  const [text, setText] = useState('');
  const answer = useMutation(ask.supervision.answer.mutationOptions());
  const { ask: kind, requestId } = request;
  const reply = (yes: boolean) => answer.mutate({ requestId, yes, text: text.trim() });
  if (!mayLead) return null;
  return (
    <>
      {t.consequence[kind] !== '' && <p className="live-quiet">{t.consequence[kind]}</p>}
      <Input
        aria-label={kind === 'question' ? t.answerPlaceholder : t.remarkPlaceholder}
        placeholder={kind === 'question' ? t.answerPlaceholder : t.remarkPlaceholder}
        maxLength={500}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <div className="ui-row">
        <BigButton
          size={48}
          verdict={requestId}
          disabled={answer.isPending || (kind === 'question' && text.trim() === '')}
          onPress={() => reply(true)}
        >
          {t.yes[kind]}
        </BigButton>
        <BigButton size={48} verdict={requestId} disabled={answer.isPending} onPress={() => reply(false)}>
          {t.no}
        </BigButton>
      </div>
      {answer.isError && <Status kind="stop">{sentence(answer.error)}</Status>}
    </>
  );
}

function Taking({ request, mayLead }: { request: CentreRequest; mayLead: boolean }): ReactNode {
  const t = useTexts(liveTexts);
  const answer = useMutation(ask.supervision.answer.mutationOptions());
  return (
    <>
      <p>
        <Status kind="not-done">{t.taking}</Status>
      </p>
      <p className="live-quiet">{t.takingHelp}</p>
      {mayLead && (
        <BigButton
          size={36}
          disabled={answer.isPending}
          onPress={() => answer.mutate({ requestId: request.requestId, yes: false })}
        >
          {t.giveUp}
        </BigButton>
      )}
    </>
  );
}

function Taken(props: { request: CentreRequest; mayLead: boolean; takenAtMs: number }): ReactNode {
  const { requestId } = props.request;
  const t = useTexts(liveTexts);
  const sentence = useErrorSentence();
  const still = useQuery(
    ask.supervision.still.queryOptions({ input: { requestId }, staleTime: Number.POSITIVE_INFINITY }),
  );
  const address = useBlobAddress(still.data);
  const send = useMutation(ask.supervision.sendStill.mutationOptions());
  const [isLarge, enlarge] = useState(false);
  return (
    <>
      <div className="live-taken">
        {address !== null && (
          <button
            type="button"
            className={isLarge ? 'live-still is-large' : 'live-still'}
            onClick={() => enlarge(!isLarge)}
          >
            <img src={address} alt={t.taken(clockText(props.takenAtMs))} />
          </button>
        )}
        <div>
          <p className="live-quiet">{t.taken(clockText(props.takenAtMs))}</p>
          {props.mayLead && (
            <>
              <BigButton
                size={36}
                verdict={requestId}
                disabled={send.isPending || address === null}
                onPress={() => send.mutate({ requestId, send: true })}
              >
                {t.send}
              </BigButton>
              <BigButton size={36} disabled={send.isPending} onPress={() => send.mutate({ requestId, send: false })}>
                {t.dontSend}
              </BigButton>
            </>
          )}
        </div>
      </div>
      {send.isError && <Status kind="stop">{sentence(send.error)}</Status>}
    </>
  );
}
