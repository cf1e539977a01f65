import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Drawer, Input, InputNumber, Segmented, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ClauseView, RuleChangeView } from '../../../electron/features/rules/contract.ts';
import { ask } from '../../api/query.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useLanguage } from '../../texts/language.tsx';
import { rulesTexts } from '../../texts/rules.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';
import { dateText, minuteText } from '../../ui/time-text.ts';
import { useMe } from '../staff/use-me.ts';
import { shownValue } from './value-text.ts';

type Value = string | number | boolean;

/** A value of a parameter clause, changed by two persons, and every change there was. */
export function ChangeDrawer(props: {
  clause: ClauseView | null;
  changes: readonly RuleChangeView[];
  onClose: () => void;
}): ReactNode {
  const t = useTexts(rulesTexts);
  const { clause } = props;
  return (
    <Drawer
      open={clause !== null}
      size={640}
      title={t.changeTitle}
      closable={{ 'aria-label': t.cancel }}
      onClose={props.onClose}
      destroyOnHidden
    >
      {clause !== null && (
        <div className="rules-change">
          <ChangeForm key={`${clause.id} ${clause.value}`} clause={clause} onDone={props.onClose} />
          <h3>{t.history}</h3>
          {props.changes.length === 0 && <p className="office-quiet">{t.noHistory}</p>}
          <ul>
            {props.changes.map((c) => (
              <li key={c.changeId}>
                <b>
                  {shownValue(t, c.was)} → {shownValue(t, c.value)}
                </b>{' '}
                <Status kind={c.holds ? 'done' : 'not-done'}>{c.holds ? t.holds : t.lapsed}</Status>
                <p>{c.reason}</p>
                <small className="office-quiet">
                  {[c.by, c.second].map((p) => `${p.name}（${t.names[p.role] ?? p.role}）`).join('、')}　
                  {dateText(c.atMs)} {minuteText(c.atMs)}
                </small>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Drawer>
  );
}

function ChangeForm({ clause, onDone }: { clause: ClauseView; onDone: () => void }): ReactNode {
  const t = useTexts(rulesTexts);
  const { language } = useLanguage();
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const me = useMe();
  const names = useQuery(ask.staff.names.queryOptions()).data ?? [];
  const [value, setValue] = useState<Value>(clause.value!);
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState('');
  const [second, setSecond] = useState<(typeof names)[number]['staffId'] | null>(null);
  const [secondPin, setSecondPin] = useState('');
  const change = useMutation(
    ask.rules.change.mutationOptions({
      onSuccess: onDone,
      onError: () => {
        setPin('');
        setSecondPin('');
      },
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.rules.key() }),
    }),
  );
  const may =
    value !== clause.value &&
    reason.trim().length >= 4 &&
    pin.length === 6 &&
    second !== null &&
    secondPin.length === 6 &&
    !change.isPending;
  const submit = () => {
    if (!may || second === null) return;
    const from = clause.value!;
    change.mutate({
      clauseId: clause.id,
      from,
      value,
      reason: reason.trim(),
      pin,
      second: { staffId: second, pin: secondPin },
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p className="rules-clause">
        {language === 'zh-CN' ? clause.text.zh : clause.text.en}
        <small className="office-quiet">
          {clause.id} · {clause.source === 'site' ? t.ownSource : clause.source} {clause.article}
        </small>
      </p>
      <p className="office-quiet">{t.changeHelp}</p>
      <div className="rules-row">
        <span>{t.now}</span>
        <b>{shownValue(t, clause.value!)}</b>
      </div>
      <div className="rules-row">
        <span>{t.to}</span>
        <ValueInput clause={clause} value={value} onChange={setValue} />
      </div>
      <label className="rules-row" htmlFor="rules-reason">
        {t.reason}
        <Input
          id="rules-reason"
          size="large"
          maxLength={200}
          placeholder={t.reasonHint}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </label>
      <div className="rules-row">
        <span>
          {t.yourPin}
          <small>{me?.name}</small>
        </span>
        <PinInput value={pin} onChange={setPin} label={t.yourPin} disabled={change.isPending} />
      </div>
      <div className="rules-row">
        <span>{t.second}</span>
        <Select
          size="large"
          aria-label={t.second}
          placeholder={t.secondHint}
          value={second}
          onChange={setSecond}
          options={names
            .filter((m) => m.staffId !== me?.staffId && m.roles.some((r) => r === 'supervisor' || r === 'site-lead'))
            .map((m) => ({ value: m.staffId, label: m.name }))}
        />
      </div>
      <div className="rules-row">
        <span>{t.secondPin}</span>
        <PinInput value={secondPin} onChange={setSecondPin} label={t.secondPin} disabled={change.isPending} />
      </div>
      <p role="status">{change.isError && <Status kind="stop">{sentenceOf(change.error)}</Status>}</p>
      <div className="rules-buttons">
        <BigButton size={48} onPress={onDone}>
          {t.cancel}
        </BigButton>
        <BigButton size={48} blue={may} disabled={!may} onPress={submit}>
          {change.isPending ? t.saving : t.save}
        </BigButton>
      </div>
    </form>
  );
}

function ValueInput(props: { clause: ClauseView; value: Value; onChange: (value: Value) => void }): ReactNode {
  const t = useTexts(rulesTexts);
  const { value, onChange } = props;
  const bounds = props.clause.bounds!;
  switch (bounds.kind) {
    case 'number':
      return (
        <span className="rules-number">
          <InputNumber
            size="large"
            aria-label={t.to}
            min={bounds.min}
            max={bounds.max}
            precision={0}
            value={value as number}
            onChange={(n) => n !== null && onChange(n)}
          />
          <small className="office-quiet">{t.bounds(bounds.min, bounds.max)}</small>
        </span>
      );
    case 'yes-no':
      return (
        <Segmented
          size="large"
          aria-label={t.to}
          value={value as boolean}
          onChange={onChange}
          options={[true, false].map((v) => ({ value: v, label: t.values[String(v)] }) as never)}
        />
      );
    case 'choice':
      return (
        <Segmented
          size="large"
          aria-label={t.to}
          value={value as string}
          onChange={onChange}
          options={bounds.options}
        />
      );
    case 'text':
      return (
        <Input
          size="large"
          aria-label={t.to}
          maxLength={bounds.max}
          value={value as string}
          onChange={(e) => onChange(e.target.value)}
        />
      );
  }
}
