import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Finding, SupervisedTopic } from '../../../electron/features/supervisor-record/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { LockOutlined } from '../../ui/icons.tsx';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { Status } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { useMe } from '../staff/use-me.ts';
import { SignHere } from './SignHere.tsx';

/** The supervisor's record: written by the supervisor, sealed apart, and never shown again. */
export function SupervisorStep(props: {
  sessionId: SessionId;
  onSkip: () => void;
  onNext: (() => void) | null;
}): ReactNode {
  const { sessionId, onNext } = props;
  const t = useTexts(volumesTexts);
  const sentenceOf = useErrorSentence();
  const me = useMe();
  const [more, setMore] = useState(false);
  const list = useQuery(ask.supervisorRecord.list.queryOptions({ input: { sessionId } }));
  if (list.data === undefined) {
    if (!list.isError) return <Loading />;
    return <ReadFailed onRetry={() => void list.refetch()} sentence={sentenceOf(list.error)} />;
  }
  const { records, recipient, centre, open } = list.data;
  const isSupervisor = me?.roles.includes('supervisor') ?? false;
  const mayWrite = isSupervisor && open && recipient !== null;
  return (
    <>
      <header className="closing-head">
        <h2>
          <LockOutlined /> {t.supervisorTitle}
        </h2>
        {records.length > 0 && <Status kind="done">{t.supervisorDone(records.length)}</Status>}
      </header>
      <p className="office-quiet">
        {recipient === null ? t.supervisorNoKey(centre) : isSupervisor ? t.supervisorHelp : t.supervisorWho}
      </p>
      <ul className="supervisor-records">
        {records.map((r) => (
          <li key={r.recordId}>
            <Status kind="done">{t.supervisorAt(r.byName, minuteText(r.atMs))}</Status>{' '}
            <code>{r.storedSha256.slice(0, 12)}</code>
          </li>
        ))}
      </ul>
      {mayWrite && (records.length === 0 || more) ? (
        <RecordForm sessionId={sessionId} onDone={() => setMore(false)} />
      ) : (
        <div className="closing-last office-pair">
          {mayWrite ? (
            <BigButton size={64} onPress={() => setMore(true)}>
              {t.supervisorMore}
            </BigButton>
          ) : (
            <BigButton size={64} disabled={onNext !== null} onPress={props.onSkip}>
              {t.supervisorSkip}
            </BigButton>
          )}
          <BigButton size={64} blue={onNext !== null} disabled={onNext === null} onPress={() => onNext?.()}>
            {t.next}
          </BigButton>
        </div>
      )}
    </>
  );
}

type Judgement = Finding['judgement'];

function RecordForm({ sessionId, onDone }: { sessionId: SessionId; onDone: () => void }): ReactNode {
  const t = useTexts(volumesTexts);
  const c = useTexts(closingTexts);
  const queries = useQueryClient();
  const [judged, setJudged] = useState<Partial<Record<SupervisedTopic, Judgement>>>({});
  const [notes, setNotes] = useState<Partial<Record<SupervisedTopic, string>>>({});
  const [summary, setSummary] = useState('');
  const topics = SupervisedTopic.options;
  const left = topics.filter((topic) => judged[topic] === undefined).length;
  const unexplained = topics.some((topic) => judged[topic] === 'problem' && (notes[topic] ?? '').trim().length < 2);
  const lacks =
    left > 0 ? t.needJudgements(left) : unexplained ? t.needNote : summary.trim().length < 2 ? t.needSummary : null;
  const write = useMutation(
    ask.supervisorRecord.write.mutationOptions({
      onSuccess: (data) => {
        queries.setQueryData(ask.supervisorRecord.list.queryKey({ input: { sessionId } }), data);
        void queries.invalidateQueries({ queryKey: ask.archive.key() });
        onDone();
      },
    }),
  );
  const findings = topics.map((topic) => ({
    topic,
    judgement: judged[topic] ?? 'not-seen',
    note: (notes[topic] ?? '').trim(),
  }));
  return (
    <>
      <div className="supervisor-form" data-enter="desk">
        {topics.map((topic) => (
          <div key={topic} className="supervisor-topic">
            <b>{t.topics[topic]}</b>
            <Segmented
              aria-label={t.topics[topic]}
              value={judged[topic] ?? ''}
              onChange={(value) => setJudged((before) => ({ ...before, [topic]: value as Judgement }))}
              options={(['in-order', 'problem', 'not-seen'] as const).map((value) => ({
                value,
                label: t.judgements[value],
              }))}
            />
            <Input
              aria-label={`${t.topics[topic]} ${t.note}`}
              placeholder={t.note}
              maxLength={500}
              value={notes[topic] ?? ''}
              onChange={(event) => setNotes((before) => ({ ...before, [topic]: event.target.value }))}
            />
          </div>
        ))}
        <div className="supervisor-topic is-summary">
          <b>{t.summary}</b>
          <Input.TextArea
            aria-label={t.summary}
            placeholder={t.summaryHint}
            rows={2}
            maxLength={4000}
            value={summary}
            onChange={(event) => setSummary(event.target.value)}
          />
        </div>
      </div>
      <SignHere
        label={c.pad}
        action={t.sealApart}
        lacks={lacks}
        pending={write.isPending}
        error={write.error}
        onTyped={write.reset}
        onSign={(hand, refused) =>
          write.mutate({ sessionId, words: { findings, summary: summary.trim() }, ...hand }, { onError: refused })
        }
      />
    </>
  );
}
