import { useQueryClient } from '@tanstack/react-query';
import { Input, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ConferenceView as View } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { ClauseOf } from '../../features/rules/ClauseOf.tsx';
import { letterOf } from '../../features/scoring/decision-words.ts';
import { fitsStep } from '../../features/scoring/draft.ts';
import { formatMark, parseMark } from '../../features/scoring/mark-text.ts';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { SignAct } from '../../features/scoring/SignAct.tsx';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';

/** One mark that was written down wrong: which, to what, and why; then the lead signs. */
export function CorrectionView(props: { panel: Panel; view: View; signer: string; onDone: () => void }): ReactNode {
  const { view, panel } = props;
  const t = useTexts(examinerTexts);
  const queries = useQueryClient();
  const [number, setNumber] = useState<string | null>(null);
  const [place, setPlace] = useState<number | null>(null);
  const [cellId, setCellId] = useState<string | null>(null);
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [signing, setSigning] = useState(false);
  const candidate = view.candidates.find((c) => c.number === number);
  const item = view.rubric.items.find((i) => i.itemId === cellId);
  const examiner = place === null ? undefined : view.examiners[place];
  const now = place === null || cellId === null ? undefined : candidate?.marks[place]?.[cellId];
  const tenths = parseMark(typed);
  const fits = tenths !== null && item && tenths <= item.maxTenths && fitsStep(item, tenths) && tenths !== now;
  const ready = fits && examiner && number !== null && now !== undefined && reason.trim().length >= 4;
  const go = () => ready && setSigning(true);
  useKeys(signing ? {} : { Enter: go, Escape: props.onDone });
  if (signing && examiner && number !== null && tenths !== null && cellId !== null) {
    return (
      <SignAct
        headline={t.decisionHeadline}
        help={t.decisionHelp}
        signer={props.signer}
        action={t.signCorrection}
        onBack={() => setSigning(false)}
        onSign={async ({ pin, strokes }) => {
          const { examinerId } = examiner;
          await station.scoring.correct({ ...panel, number, examinerId, cellId, tenths, reason, pin, strokes });
          await queries.invalidateQueries({ queryKey: ask.scoring.key() });
          props.onDone();
        }}
      >
        <h2>{t.decisionFacts}</h2>
        <p className="decision-number">{number}</p>
        <p className="decision-line">{examiner.name}</p>
        <p className="decision-line">
          {item?.title} <b>{t.fromTo(formatMark(now ?? 0), formatMark(tenths))}</b>
        </p>
        <p className="rubric-max">{reason}</p>
      </SignAct>
    );
  }
  return (
    <section className="ui-card ui-sheet correction">
      <h2>{t.correctHeadline}</h2>
      <p className="rubric-max">{t.correctHelp}</p>
      <ClauseOf ruleId="scoring.correction" sessionId={panel.sessionId} />
      <div className="correction-field">
        <span>{t.correctNumber}</span>
        <Select
          autoFocus
          showSearch
          size="large"
          aria-label={t.correctNumber}
          value={number}
          onChange={setNumber}
          options={view.candidates.map((c) => ({ value: c.number, label: c.number }))}
        />
      </div>
      <div className="correction-field">
        <span>{t.correctExaminer}</span>
        <Select
          size="large"
          aria-label={t.correctExaminer}
          value={place}
          onChange={setPlace}
          options={view.examiners.map((e, i) => ({ value: i, label: `${letterOf(i)} ${e.name}` }))}
        />
      </div>
      <div className="correction-field">
        <span>{t.correctItem}</span>
        <Select
          showSearch
          optionFilterProp="label"
          size="large"
          aria-label={t.correctItem}
          value={cellId}
          onChange={setCellId}
          options={view.rubric.items.map((i) => ({ value: i.itemId, label: i.title }))}
        />
      </div>
      <div className="correction-field" data-enter="desk">
        <span>
          {t.correctTo} {now !== undefined && <small>{t.correctNow(formatMark(now))}</small>}
        </span>
        <Input
          size="large"
          inputMode="decimal"
          maxLength={5}
          aria-label={t.correctTo}
          value={typed}
          status={typed !== '' && !fits ? 'error' : ''}
          onChange={(e) => setTyped(e.target.value.trim())}
        />
      </div>
      <div className="correction-field" data-enter="desk">
        <span>{t.reason}</span>
        <Input
          size="large"
          aria-label={t.reason}
          maxLength={400}
          value={reason}
          onChange={(e) => setReason(e.target.value)}
        />
      </div>
      <div className="sign-actions">
        <BigButton size={64} hint="Esc" onPress={props.onDone}>
          {t.backToMarks}
        </BigButton>
        <BigButton size={64} blue={Boolean(ready)} hint="Enter" disabled={!ready} onPress={go}>
          {t.correctGo}
        </BigButton>
      </div>
      {!ready && <p className="rubric-max">{t.correctNeeds}</p>}
    </section>
  );
}
