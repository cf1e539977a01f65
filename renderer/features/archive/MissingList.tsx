import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, type InputRef } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import type { Closing, MissingItem } from '../../../electron/features/archive/contract.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { EditOutlined } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { type KeyBindings, useKeys } from '../../ui/keys.ts';
import { Status, statusIcon } from '../../ui/Status.tsx';
import { minuteText } from '../../ui/time-text.ts';
import { ClauseOf } from '../rules/ClauseOf.tsx';
import { undeclared } from './closing-steps.ts';
import { missingDetail } from './missing-words.ts';
import { VolumesRow } from './VolumesRow.tsx';

/** What is missing, each with its declared reason or the place to write one. The first without a reason stands open. */
export function MissingList(props: { closing: Closing; mayLead: boolean; onDone: () => void }): ReactNode {
  const { closing, mayLead } = props;
  const t = useTexts(closingTexts);
  const open = undeclared(closing);
  const [chosen, choose] = useState<string | null>(null);
  const current = open.find((item) => item.itemId === chosen) ?? open[0];
  return (
    <>
      <header className="closing-head">
        <h2>{closing.missing.length === 0 ? t.nothingMissing : t.missing(closing.missing.length, open.length)}</h2>
        <span className="office-quiet">{t.declareHonestly}</span>
      </header>
      <VolumesRow volumes={closing.volumes} />
      <div className="missing-list">
        {closing.missing.map((item) =>
          mayLead && item === current ? (
            <OpenItem key={item.itemId} closing={closing} item={item} last={open.length === 1} />
          ) : (
            <ClosedItem
              key={item.itemId}
              item={item}
              onChoose={mayLead && item.declared === null ? () => choose(item.itemId) : null}
            />
          ),
        )}
      </div>
      {mayLead && open.length === 0 && <Onwards onDone={props.onDone} />}
    </>
  );
}

/** Every reason is written and signed: what is due next is shown again. */
function Onwards({ onDone }: { onDone: () => void }): ReactNode {
  const v = useTexts(volumesTexts);
  useKeys({ Enter: onDone });
  return (
    <div className="closing-last">
      <BigButton size={64} blue hint="Enter" onPress={onDone}>
        {v.next}
      </BigButton>
    </div>
  );
}

function ClosedItem({ item, onChoose }: { item: MissingItem; onChoose: (() => void) | null }): ReactNode {
  const t = useTexts(closingTexts);
  const { declared } = item;
  const words = (
    <>
      <span className={declared === null ? 'is-not-done' : 'is-done'}>
        {statusIcon(declared === null ? 'not-done' : 'done')}
      </span>
      <span>
        <b>{t.items[item.code](item.facts)}</b>
        <small>{[missingDetail(t, item), declared?.reason].filter(Boolean).join('。')}</small>
      </span>
      <span className="missing-state">
        {declared === null ? (
          <Status kind="not-done">{t.notDeclared}</Status>
        ) : (
          <>
            <Status kind="done">{t.declared}</Status> {t.declaredBy(declared.byName, minuteText(declared.atMs))}
          </>
        )}
      </span>
    </>
  );
  if (onChoose === null) return <div className="missing">{words}</div>;
  return (
    <button type="button" className="missing" onClick={onChoose}>
      {words}
    </button>
  );
}

/** The clause that asks for what is missing. */
const clauses: Record<MissingItem['code'], string> = {
  gap: 'recording.gap-limit-seconds',
  'no-recording': 'recording.every-room',
  'marks-not-locked': 'scoring.signed',
  'marks-not-signed': 'scoring.signed',
  'no-supervisor': 'supervision.present',
  'spread-open': 'scoring.spread-limit-tenths',
  'not-confirmed': 'recording.coverage-least-percent',
  'set-aside': 'admission.identity-check',
  'rechecks-not-done': 'admission.rechecks-least',
  'panel-unlawful': 'examiners.assignment-rules',
  'inspection-open': 'supervision.inspection-candidates',
  'no-supervisor-record': 'supervision.present',
  'paper-not-counted': 'archive.second-count-by-other',
  'paper-differs': 'archive.second-count-by-other',
};
const clauseOfItem = ({ code, facts }: MissingItem): string => facts.rules?.split('、')[0] ?? clauses[code];

function OpenItem({ closing, item, last }: { closing: Closing; item: MissingItem; last: boolean }): ReactNode {
  const t = useTexts(closingTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [quick, setQuick] = useState<number | null>(null);
  const [line, setLine] = useState('');
  const field = useRef<InputRef>(null);
  const reasons = t.quickReasons[item.code];
  const other = reasons.length - 1;
  const declare = useMutation(
    ask.archive.declare.mutationOptions({
      onSuccess: (data) =>
        queries.setQueryData(ask.archive.closing.queryKey({ input: { sessionId: closing.sessionId } }), data),
      onError: () => void queries.invalidateQueries({ queryKey: ask.archive.key() }),
    }),
  );
  const reason = [quick === null || quick === other ? '' : reasons[quick], line.trim()].filter(Boolean).join('，');
  const ready = reason.length >= 2 && !declare.isPending;
  const record = () => {
    if (ready) declare.mutate({ sessionId: closing.sessionId, itemId: item.itemId, reason });
  };
  const pick = (i: number) => {
    setQuick(i);
    if (i === other) field.current?.focus();
  };
  const digits: KeyBindings = {};
  for (const i of reasons.keys()) digits[String(i + 1)] = () => pick(i);
  useKeys({ ...digits, Enter: record, Escape: () => field.current?.blur() }, { verdict: item.itemId });
  return (
    <>
      <div className="missing is-open">
        <span className="is-look">{statusIcon('look')}</span>
        <div>
          <b>{t.items[item.code](item.facts)}</b>
          <small>{missingDetail(t, item)}</small>
          <ClauseOf ruleId={clauseOfItem(item)} sessionId={closing.sessionId} />
          <div className="missing-reasons">
            {reasons.map((words, i) => (
              <button
                key={words}
                type="button"
                aria-pressed={quick === i}
                className={quick === i ? 'missing-reason is-picked' : 'missing-reason'}
                onClick={(event) => {
                  event.currentTarget.blur();
                  pick(i);
                }}
              >
                <KeyHint name={String(i + 1)} /> {words}
              </button>
            ))}
          </div>
          <div data-enter="desk">
            <Input
              ref={field}
              size="large"
              maxLength={240}
              value={line}
              placeholder={quick === other ? t.reasonOtherPlaceholder : t.reasonPlaceholder}
              aria-label={t.reasonOtherPlaceholder}
              onChange={(event) => setLine(event.target.value)}
            />
          </div>
          {declare.isError && (
            <p role="alert">
              <Status kind="stop">{sentenceOf(declare.error)}</Status>
            </p>
          )}
        </div>
        <span className="missing-state ui-status is-look">
          <EditOutlined /> {t.writing}
        </span>
      </div>
      <div className="closing-last">
        {reason.length < 2 && <p className="office-quiet">{t.reasonNeeded}</p>}
        <BigButton size={64} blue={ready} hint="Enter" disabled={!ready} onPress={record}>
          {last ? t.declareLast : t.declareNext}
        </BigButton>
      </div>
    </>
  );
}
