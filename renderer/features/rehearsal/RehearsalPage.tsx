import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Table } from 'antd';
import type { ReactNode } from 'react';
import type { RehearsalRun, RehearsalStep } from '../../../electron/features/rehearsal/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { rehearsalTexts } from '../../texts/rehearsal.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LoadingOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { clockText } from '../../ui/time-text.ts';

const kinds: Record<Exclude<RehearsalStep['result'], 'running'>, StatusKind> = {
  'as-expected': 'done',
  'not-as-expected': 'stop',
  skipped: 'not-done',
};

const tones: Record<RehearsalRun['state'], string> = {
  idle: '',
  running: '',
  passed: 'is-done',
  failed: 'is-stop',
  cancelled: 'is-not-done',
};

/** A whole exam day in a throw-away folder, its steps as they happen. */
export function RehearsalPage(): ReactNode {
  const t = useTexts(rehearsalTexts);
  const { language } = useLanguage();
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const status = useQuery({
    ...ask.rehearsal.status.queryOptions(),
    // Events bring every step; the slow question is for a window that lost the stream in the middle.
    refetchInterval: (query) => (query.state.data?.state === 'running' ? 3000 : false),
  });
  const show = { onSettled: () => void queries.invalidateQueries({ queryKey: ask.rehearsal.key() }) };
  const start = useMutation(ask.rehearsal.start.mutationOptions(show));
  const cancel = useMutation(ask.rehearsal.cancel.mutationOptions(show));
  const run = status.data;
  const running = run?.state === 'running';
  const begin = () => {
    if (!start.isPending && !running) start.mutate(undefined);
  };
  useKeys({ Enter: run && !running ? begin : undefined });
  if (run === undefined) {
    return status.isError ? (
      <ReadFailed onRetry={() => void status.refetch()} sentence={sentenceOf(status.error)} />
    ) : (
      <Loading />
    );
  }
  const done = run.steps.filter((step) => step.result !== 'running').length;
  const headline = run.state === 'running' ? t.running(done) : t[run.state];
  return (
    <section className="ui-card office-list">
      <header className="rehearsal-head">
        <div>
          <h2 className={tones[run.state]}>{headline}</h2>
          <p className="office-quiet">
            {run.state === 'failed' ? t.failedHelp : run.state === 'idle' ? t.idleHelp : null}
            {run.startedAtMs !== null && run.state !== 'idle' && `${t.startedAt(clockText(run.startedAtMs))} `}
            {run.folder !== null && !running && (
              <>
                {t.folder} <code>{run.folder}</code>
              </>
            )}
          </p>
          {(start.isError || cancel.isError) && (
            <p role="alert">
              <Status kind="look">{sentenceOf(start.error ?? cancel.error)}</Status>
            </p>
          )}
        </div>
        <div className="rehearsal-action">
          {running ? (
            <BigButton size={64} disabled={cancel.isPending} onPress={() => cancel.mutate(undefined)}>
              {t.cancel}
            </BigButton>
          ) : (
            <BigButton size={64} blue hint="Enter" disabled={start.isPending} onPress={begin}>
              {run.state === 'idle' ? t.start : t.again}
            </BigButton>
          )}
        </div>
      </header>
      <div className="office-scroll">
        {run.state !== 'idle' && (
          <Table<RehearsalStep>
            rowKey="step"
            size="small"
            sticky
            pagination={false}
            dataSource={run.steps}
            columns={[
              { title: t.step, render: (_, step) => (language === 'zh-CN' ? step.title.zh : step.title.en) },
              {
                title: t.result,
                width: 190,
                render: (_, { result }) =>
                  result === 'running' ? (
                    <span className="ui-status">
                      <LoadingOutlined /> {t.results.running}
                    </span>
                  ) : (
                    <Status kind={kinds[result]}>{t.results[result]}</Status>
                  ),
              },
              { title: t.detail, dataIndex: 'detail' },
              {
                title: t.took,
                width: 110,
                align: 'right',
                render: (_, step) => (step.result === 'running' ? '' : t.seconds((step.tookMs / 1000).toFixed(1))),
              },
            ]}
          />
        )}
      </div>
    </section>
  );
}
