import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Input, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AppraisedExaminer, Aspects } from '../../../electron/features/appraisal/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { appraisalTexts } from '../../texts/appraisal.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';

const ASPECTS = ['discipline', 'standard', 'record'] as const;
const RATINGS = ['good', 'fair', 'poor'] as const;

/** One person's word about one examiner's work in the session: three ratings, a conclusion, a remark, the PIN. */
export function AppraisalForm(props: {
  sessionId: SessionId;
  examiner: AppraisedExaminer | null;
  open: boolean;
}): ReactNode {
  const { sessionId, examiner, open } = props;
  const t = useTexts(appraisalTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [aspects, setAspects] = useState<Partial<Aspects>>({});
  const [result, setResult] = useState<'fit' | 'unfit' | null>(null);
  const [remark, setRemark] = useState('');
  const [pin, setPin] = useState('');
  const give = useMutation(
    ask.appraisal.give.mutationOptions({
      onSettled: () => {
        setPin('');
        void queries.invalidateQueries({ queryKey: ask.appraisal.key() });
      },
    }),
  );
  const needsRemark = result === 'unfit' || Object.values(aspects).includes('poor');
  const complete = result !== null && ASPECTS.every((aspect) => aspects[aspect] !== undefined);
  const lacks = !complete
    ? ''
    : needsRemark && remark.trim().length < 4
      ? t.needRemark
      : pin.length < 6
        ? t.needPin
        : null;
  const ready = examiner !== null && open && lacks === null && !give.isPending;
  const submit = () => {
    if (!ready || result === null || examiner === null) return;
    const { examinerId } = examiner;
    give.mutate({ sessionId, examinerId, result, aspects: aspects as Aspects, remark: remark.trim(), pin });
  };
  useKeys({ Enter: ready ? submit : undefined });
  if (examiner === null) {
    return (
      <section className="ui-card appraisal-form">
        <p className="office-quiet">{open ? t.choose : t.notOpen}</p>
        <p className="office-quiet">{t.bothAgree}</p>
      </section>
    );
  }
  const change = <V,>(set: (value: V) => void) => {
    return (value: V) => {
      give.reset();
      set(value);
    };
  };
  return (
    <section className="ui-card appraisal-form">
      <header>
        <h2>{t.formOf(examiner.name)}</h2>
        <p className="office-quiet">{open ? t.formHelp : t.notOpen}</p>
        {examiner.before.fit + examiner.before.unfit > 0 && (
          <p className="office-quiet">{t.before(examiner.before.fit, examiner.before.unfit)}</p>
        )}
      </header>
      {ASPECTS.map((aspect) => (
        <Row key={aspect} label={t.aspects[aspect]}>
          <Segmented
            block
            aria-label={t.aspects[aspect]}
            value={aspects[aspect] ?? ''}
            onChange={change((value) => setAspects((before) => ({ ...before, [aspect]: value })))}
            options={RATINGS.map((rating) => ({ value: rating, label: t.ratings[rating] }))}
          />
        </Row>
      ))}
      <Row label={t.result}>
        <Segmented
          block
          aria-label={t.result}
          value={result ?? ''}
          onChange={change((value) => setResult(value as 'fit' | 'unfit'))}
          options={(['fit', 'unfit'] as const).map((value) => ({ value, label: t.results[value] }))}
        />
      </Row>
      <Row label={t.remark}>
        <Input.TextArea
          aria-label={t.remark}
          placeholder={t.remarkHint}
          maxLength={300}
          rows={3}
          value={remark}
          onChange={(event) => change(setRemark)(event.target.value)}
        />
      </Row>
      <Row label={t.pin}>
        <PinInput value={pin} label={t.pin} disabled={give.isPending} onChange={change(setPin)} />
      </Row>
      <p className={give.isError ? 'is-stop' : 'office-quiet'} role={give.isError ? 'alert' : undefined}>
        {give.isError ? sentenceOf(give.error) : give.isSuccess ? <Status kind="done">{t.given}</Status> : lacks}
      </p>
      <BigButton size={64} blue={ready} hint="Enter" disabled={!ready} onPress={submit}>
        {t.give}
      </BigButton>
    </section>
  );
}

function Row({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className="appraisal-field">
      <span>{label}</span>
      {children}
    </div>
  );
}
