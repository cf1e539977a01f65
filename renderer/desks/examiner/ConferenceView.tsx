import { useQueryClient } from '@tanstack/react-query';
import { Input, type InputRef, Radio } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
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
import { LockFilled, WarningFilled } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';

type Candidate = View['candidates'][number];

/** What waits for the lead: too far apart or disputed, and nothing signed about it yet. */
export const openConferences = (view: View): Candidate[] =>
  view.candidates.filter(
    (c) =>
      c.toDecide.length + c.vetoesToDecide.length > 0 &&
      !view.decisions.some((d) => d.number === c.number && d.check === null),
  );

/**
 * One candidate whose totals lie too far apart: everybody's marks side by side, and the lead's own for the items over the
 * limit alone. No average is shown, since none is official. Mount anew (by `key`) for another candidate.
 */
export function ConferenceSheet(props: {
  panel: Panel;
  view: View;
  candidate: Candidate;
  signer: string;
  onNext: () => void;
  onBack: () => void;
}): ReactNode {
  const { view, candidate, panel } = props;
  const t = useTexts(examinerTexts);
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [vetoes, setVetoes] = useState<Record<string, boolean>>({});
  const [reason, setReason] = useState('');
  const [signing, setSigning] = useState(false);
  const fields = useRef(new Map<string, InputRef>());
  const reasonField = useRef<HTMLTextAreaElement | null>(null);
  const { items } = view.rubric;
  const tenthsOf = (itemId: string): number | null => {
    const tenths = parseMark(typed[itemId] ?? '');
    const item = items.find((i) => i.itemId === itemId);
    return tenths !== null && item && tenths <= item.maxTenths && fitsStep(item, tenths) ? tenths : null;
  };
  const missingItem = items.find((i) => candidate.toDecide.includes(i.itemId) && tenthsOf(i.itemId) === null);
  const missingVeto = view.rubric.vetoes.find(
    (v) => candidate.vetoesToDecide.includes(v.vetoId) && vetoes[v.vetoId] === undefined,
  );
  const hint = missingItem
    ? t.decideMissing(missingItem.title)
    : missingVeto
      ? t.decideVeto(missingVeto.text)
      : reason.trim().length < 4
        ? t.decideReason
        : null;
  const next = () => {
    if (hint === null) return setSigning(true);
    if (missingItem) fields.current.get(missingItem.itemId)?.focus();
    else if (!missingVeto) reasonField.current?.focus();
  };
  useKeys(
    signing ? {} : { Enter: next, PageDown: props.onNext, N: () => reasonField.current?.focus(), Escape: props.onBack },
  );
  const decided = Object.fromEntries(candidate.toDecide.map((id) => [id, tenthsOf(id) ?? 0]));
  if (signing) {
    return (
      <SignAct
        headline={t.decisionHeadline}
        help={t.decisionHelp}
        signer={props.signer}
        action={t.signDecision}
        onBack={() => setSigning(false)}
        onSign={async ({ pin, strokes }) => {
          const wish = { ...panel, number: candidate.number, items: decided, vetoes, reason, pin, strokes };
          await station.scoring.decide(wish);
          await queries.invalidateQueries({ queryKey: ask.scoring.key() });
        }}
      >
        <h2>{t.decisionFacts}</h2>
        <p className="decision-number">{candidate.number}</p>
        {candidate.toDecide.map((id) => (
          <p key={id} className="decision-line">
            {items.find((i) => i.itemId === id)?.title} <b>{formatMark(decided[id] ?? 0)}</b>
          </p>
        ))}
        {candidate.vetoesToDecide.map((id) => (
          <p key={id} className="decision-line">
            {view.rubric.vetoes.find((v) => v.vetoId === id)?.text} <b>{vetoes[id] ? t.vetoStands : t.vetoFalls}</b>
          </p>
        ))}
        <p className="rubric-max">{reason}</p>
      </SignAct>
    );
  }
  const totals = candidate.marks.map((m) => Object.values(m).reduce((a, b) => a + b, 0));
  const spreadOfItem = (id: string) => {
    const marks = candidate.marks.map((m) => m[id] ?? 0);
    return Math.max(...marks) - Math.min(...marks);
  };
  const limit = formatMark(view.spreadLimitTenths);
  const full = items.reduce((sum, i) => sum + i.maxTenths, 0);
  const others = view.candidates.length - openConferences(view).length;
  const letters = candidate.marks.map((_, i) => letterOf(i)).join('、');
  return (
    <div className="conference">
      <section className="ui-card conference-head">
        <b>{candidate.number}</b>
        <h2 className="is-look">
          <WarningFilled />{' '}
          {candidate.toDecide.length > 0 ? t.spreadHeadline(formatMark(candidate.spreadTenths), limit) : t.vetoHeadline}
        </h2>
        <ClauseOf
          ruleId={candidate.toDecide.length > 0 ? 'scoring.spread-limit-tenths' : 'scoring.veto'}
          sessionId={panel.sessionId}
        />
      </section>
      <section className="ui-card conference-marks" data-enter="desk">
        <table className="conference-table">
          <thead>
            <tr>
              <th scope="col">{t.marker}</th>
              {items.map((i) => (
                <th key={i.itemId} scope="col" className={candidate.toDecide.includes(i.itemId) ? 'is-over' : ''}>
                  {i.title}
                  <small>{t.maximum(formatMark(i.maxTenths))}</small>
                </th>
              ))}
              <th scope="col">
                {t.total}
                <small>{formatMark(full)}</small>
              </th>
            </tr>
          </thead>
          <tbody>
            {candidate.marks.map((marks, place) => (
              <tr key={view.examiners[place]?.examinerId ?? place}>
                <th scope="row">
                  <b>{letterOf(place)}</b> <Status kind="done">{t.lockedSigned}</Status>
                </th>
                {items.map((i) => (
                  <td key={i.itemId} className={candidate.toDecide.includes(i.itemId) ? 'is-over' : ''}>
                    <Mark now={marks[i.itemId] ?? 0} locked={candidate.locked[place]?.[i.itemId] ?? 0} />
                  </td>
                ))}
                <td className="conference-total">{formatMark(totals[place] ?? 0)}</td>
              </tr>
            ))}
            <tr className="conference-spread">
              <th scope="row">{t.spreadOverLimit}</th>
              {items.map((i) => {
                const over = candidate.toDecide.includes(i.itemId);
                return (
                  <td key={i.itemId} className={over ? 'is-over is-look' : ''}>
                    {over && <WarningFilled />} {formatMark(spreadOfItem(i.itemId))} /{' '}
                    {formatMark(view.itemLimitsTenths[i.itemId] ?? 0)}
                  </td>
                );
              })}
              <td className={candidate.toDecide.length > 0 ? 'is-look' : ''}>
                {formatMark(candidate.spreadTenths)} / {limit}
              </td>
            </tr>
            <tr className="conference-lead">
              <th scope="row">
                <b>{t.leadMark}</b>
                <small>{t.leadMarkOnly(candidate.toDecide.length)}</small>
              </th>
              {items.map((i) =>
                candidate.toDecide.includes(i.itemId) ? (
                  <td key={i.itemId} className="is-over">
                    <Input
                      ref={(field) => {
                        if (field) fields.current.set(i.itemId, field);
                      }}
                      autoFocus={i.itemId === candidate.toDecide[0]}
                      inputMode="decimal"
                      maxLength={5}
                      aria-label={`${t.leadMark} ${i.title}`}
                      value={typed[i.itemId] ?? ''}
                      status={typed[i.itemId] && tenthsOf(i.itemId) === null ? 'error' : ''}
                      onChange={(e) => setTyped({ ...typed, [i.itemId]: e.target.value.trim() })}
                    />
                  </td>
                ) : (
                  <td key={i.itemId} className="conference-same">
                    {t.unchanged}
                  </td>
                ),
              )}
              <td className="conference-same">{t.pending}</td>
            </tr>
          </tbody>
        </table>
        {candidate.vetoesToDecide.map((id) => (
          <div key={id} className="conference-veto">
            <b>{view.rubric.vetoes.find((v) => v.vetoId === id)?.text}</b>
            <span>
              {candidate.vetoes
                .map((found, place) => (found.includes(id) ? letterOf(place) : null))
                .filter(Boolean)
                .join('、')}
            </span>
            <Radio.Group
              optionType="button"
              aria-label={view.rubric.vetoes.find((v) => v.vetoId === id)?.text}
              value={vetoes[id]}
              onChange={(e) => setVetoes({ ...vetoes, [id]: e.target.value as boolean })}
              options={[
                { value: true, label: t.vetoStands },
                { value: false, label: t.vetoFalls },
              ]}
            />
          </div>
        ))}
        <p className="conference-stay">
          <LockFilled /> {t.allStay(letters)}
        </p>
      </section>
      <div className="conference-foot">
        <section className="ui-card conference-reason">
          <p>
            <b>{t.reason}</b> <KeyHint name="N" /> <span className="rubric-max">{t.reasonNeeded}</span>
          </p>
          <Input.TextArea
            ref={(field) => {
              reasonField.current = field?.resizableTextArea?.textArea ?? null;
            }}
            aria-label={t.reason}
            rows={2}
            maxLength={400}
            value={reason}
            onChange={(e) => setReason(e.target.value)}
            onKeyDown={(e) => {
              if (e.key === 'Enter' && !e.shiftKey && !e.nativeEvent.isComposing) {
                e.preventDefault();
                next();
              }
            }}
          />
        </section>
        <section className="conference-go">
          <BigButton size={64} blue={hint === null} hint="Enter" disabled={hint !== null} onPress={next}>
            {t.decideGo}
          </BigButton>
          <p className="rubric-max">{hint ?? t.withinLimit(others)}</p>
        </section>
      </div>
    </div>
  );
}

/** A mark as it counts; what was locked stands beside a corrected one. */
function Mark({ now, locked }: { now: number; locked: number }): ReactNode {
  if (now === locked) return formatMark(now);
  return (
    <>
      <s>{formatMark(locked)}</s> <b>{formatMark(now)}</b>
    </>
  );
}
