import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Inspection } from '../../../electron/features/inspections/contract.ts';
import type { SessionRow } from '../../../electron/features/session/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { inspectionsTexts } from '../../texts/inspections.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { ClauseNote } from '../../ui/ClauseNote.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { InspectionCard } from './InspectionCard.tsx';
import './inspections.css';

/** Inspections of a session (抽查): drawn on the left, one in full on the right. */
export function InspectionsPage({ session, mayLead }: { session: SessionRow; mayLead: boolean }): ReactNode {
  const t = useTexts(inspectionsTexts);
  const sentence = useErrorSentence();
  const queries = useQueryClient();
  const { sessionId } = session;
  const view = useQuery(ask.inspections.view.queryOptions({ input: { sessionId } }));
  const [chosenId, choose] = useState<string | null>(null);
  const draw = useMutation(
    ask.inspections.draw.mutationOptions({
      onSuccess: ({ inspectionId }) => choose(inspectionId),
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.inspections.key() }),
    }),
  );
  const running = session.state === 'open' || session.state === 'running';
  const ready = running && (view.data?.free.length ?? 0) > 0 && !draw.isPending;
  const inspections = view.data?.inspections ?? [];
  const open = inspections.some((i) => i.result === null || (mayLead && i.signed === null));
  useKeys({ Enter: ready && !open ? () => draw.mutate({ sessionId }) : undefined });
  if (view.data === undefined) {
    if (!view.isError) return <Loading />;
    return <ReadFailed onRetry={() => void view.refetch()} sentence={sentence(view.error)} />;
  }
  const chosen = inspections.find((i) => i.inspectionId === chosenId) ?? inspections.at(-1);
  const under = !running
    ? t.onlyRunning
    : view.data.free.length === 0
      ? t.drawNoneHelp
      : t.free(view.data.free.join('、'));
  return (
    <div className="inspections">
      <section className="ui-card inspection-list">
        <header>
          <h2>{t.title}</h2>
          <p className="office-quiet">{t.help}</p>
          <ClauseNote rule={view.data.rule} tone="look" />
        </header>
        <div className="inspection-rows">
          {inspections.length === 0 && <p className="office-quiet">{t.none}</p>}
          {inspections.map((i) => (
            <button
              key={i.inspectionId}
              type="button"
              className="inspection-row"
              aria-pressed={i === chosen}
              onClick={() => choose(i.inspectionId)}
            >
              <b>
                {t.nth(i.nth)} · {i.roomName}
              </b>
              <small>
                {minuteText(i.drawnAtMs)} · {i.inspectorName}
              </small>
              <StateOf inspection={i} />
            </button>
          ))}
        </div>
        {draw.isError && <Status kind="stop">{sentence(draw.error)}</Status>}
        <BigButton
          size={64}
          blue={ready && !open}
          hint={ready && !open ? 'Enter' : undefined}
          disabled={!ready}
          under={under}
          onPress={() => draw.mutate({ sessionId })}
        >
          {running && view.data.free.length === 0 ? t.drawNone : t.draw}
        </BigButton>
      </section>
      {chosen && <InspectionCard key={chosen.inspectionId} inspection={chosen} mayLead={mayLead} />}
    </div>
  );
}

function StateOf({ inspection: { result, signed } }: { inspection: Inspection }): ReactNode {
  const t = useTexts(inspectionsTexts);
  if (result === null) return <Status kind="look">{t.state.open}</Status>;
  const findings = [...result.candidates, result.room].filter((x) => x.verdict === 'finding').length;
  const found = findings === 0 ? t.inOrder : t.findings(findings);
  return (
    <Status kind={findings > 0 ? 'stop' : signed === null ? 'look' : 'done'}>
      {found} · {signed === null ? t.state.recorded : t.state.signed}
    </Status>
  );
}
