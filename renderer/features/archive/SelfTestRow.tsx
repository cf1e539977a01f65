import { safe } from '@orpc/client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import type { SelfTestResult } from '../../../electron/features/archive/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status } from '../../ui/Status.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { minuteText } from '../../ui/time-text.ts';

const PROGRESS_MS = 500;

/** The self-test of what is about to be sealed: begun here, its progress shown, stopped, read and printed. */
export function SelfTestRow({ sessionId, mayLead }: { sessionId: SessionId; mayLead: boolean }): ReactNode {
  const t = useTexts(volumesTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [shown, show] = useState(false);
  const test = useMutation(
    ask.archive.beginSelfTest.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.archive.key() }),
    }),
  );
  const stop = useMutation(ask.archive.stopSelfTest.mutationOptions());
  const view = useQuery(
    ask.archive.selfTest.queryOptions({
      input: { sessionId },
      refetchInterval: (query) => (test.isPending || query.state.data?.running ? PROGRESS_MS : false),
    }),
  ).data;
  if (view === undefined) return null;
  const { running, last, stands } = view;
  const failed = last?.checks.filter((c) => c.result === 'fail').length ?? 0;
  return (
    <div className="self-test">
      <b>{t.selfTest}</b>
      {test.isError ? (
        <Status kind="stop">{sentenceOf(test.error)}</Status>
      ) : running ? (
        <span role="status">{t.selfTestRunning(running.done, running.total)}</span>
      ) : last === null ? (
        <span className="office-quiet">{t.selfTestHelp}</span>
      ) : !stands ? (
        <Status kind="look">{t.selfTestStale}</Status>
      ) : (
        <Status kind={failed > 0 ? 'stop' : 'done'}>
          {failed > 0 ? t.selfTestFailed(failed) : t.selfTestPassed(minuteText(last.atMs))}
        </Status>
      )}
      {running ? (
        <BigButton size={36} onPress={() => stop.mutate({})}>
          {t.selfTestStop}
        </BigButton>
      ) : (
        <BigButton size={36} disabled={!mayLead || test.isPending} onPress={() => test.mutate({ sessionId })}>
          {last === null ? t.selfTestDo : t.selfTestAgain}
        </BigButton>
      )}
      <BigButton size={36} disabled={last === null} onPress={() => show(true)}>
        {t.look}
      </BigButton>
      {shown && last && <Results sessionId={sessionId} result={last} onClose={() => show(false)} />}
    </div>
  );
}

const kindOf = { pass: 'done', fail: 'stop', 'not-done': 'not-done' } as const;

function Results(props: { sessionId: SessionId; result: SelfTestResult; onClose: () => void }): ReactNode {
  const t = useTexts(volumesTexts);
  const print = async () => {
    const { data } = await safe(station.archive.selfTestPage({ sessionId: props.sessionId }));
    if (data !== undefined) saveFile(`${t.selfTest}.pdf`, data);
  };
  return (
    <Modal
      open
      title={t.selfTest}
      width={980}
      okText={t.selfTestPrint}
      cancelText={t.close}
      onOk={() => void print()}
      onCancel={props.onClose}
    >
      {props.result.checks.map((c) => (
        <div key={c.id} className="self-test-check">
          <span>{t.properties[c.property]}</span>
          <span>
            {t.checks[c.id]}
            {c.wrong.length > 0 && <small>{c.wrong.slice(0, 5).join('、')}</small>}
          </span>
          <span className="office-quiet">{t.checkLooked(c.looked)}</span>
          <Status kind={kindOf[c.result]}>{t.checkResults[c.result]}</Status>
        </div>
      ))}
    </Modal>
  );
}
