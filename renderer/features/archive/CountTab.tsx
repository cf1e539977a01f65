import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { type PaperLine, type PaperView, paperRoles } from '../../../electron/features/paper/contract.ts';
import type { StaffId } from '../../../electron/lib/ids.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { volumesTexts } from '../../texts/volumes.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { PinInput } from '../../ui/PinInput.tsx';
import { Status } from '../../ui/Status.tsx';

/** Pieces of paper, typed twice; the second person may do so at this desk by their PIN. */
export function CountTab(props: {
  view: PaperView;
  onSkip: (() => void) | null;
  onNext: (() => void) | null;
}): ReactNode {
  const { view } = props;
  const t = useTexts(volumesTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<Record<string, number>>({});
  const [secondId, setSecond] = useState<StaffId | null>(null);
  const [pin, setPin] = useState('');
  const { sessionId, round, first, settled } = view;
  const options = {
    onSuccess: (data: PaperView) => {
      queries.setQueryData(ask.paper.view.queryKey({ input: { sessionId } }), data);
      void queries.invalidateQueries({ queryKey: ask.archive.key() });
      setTyped({});
      setPin('');
      setSecond(null);
    },
    onError: () => setPin(''),
  };
  const count = useMutation(ask.paper.count.mutationOptions(options));
  const again = useMutation(ask.paper.countAgain.mutationOptions(options));
  const open = view.lines.filter((line) => line.pieces === null);
  const empty = open.filter((line) => typed[line.lineId] === undefined).length;
  const asksSecond = first?.isMe === true && view.otherPersonNeeded;
  const lacks =
    empty > 0 ? t.fillAll(empty) : asksSecond && (secondId === null || pin.length < 6) ? t.needSecond : null;
  const ready = !settled && lacks === null && !count.isPending;
  const save = () => {
    if (!ready) return;
    const by = asksSecond && secondId !== null ? { by: { staffId: secondId, pin } } : {};
    count.mutate({ sessionId, round, counts: typed, ...by });
  };
  useKeys({ Enter: settled ? (props.onNext ?? undefined) : save });
  const error = count.error ?? again.error;
  const help = settled
    ? t.counted(view.countedBy.join('、'))
    : first !== null
      ? t.countSecond(first.byName)
      : view.otherPersonNeeded
        ? t.countFirst
        : t.countFirstAlone;
  return (
    <>
      <header className="closing-head">
        <h2>{t.countTitle(settled ? 1 : round)}</h2>
        <span className="office-quiet paper-help">{help}</span>
      </header>
      <div className="paper-lines" data-enter="desk">
        {view.lines.map((line, i) => (
          <Line
            key={line.lineId}
            line={line}
            autoFocus={!settled && line.lineId === open[0]?.lineId}
            tabIndex={i + 1}
            value={typed[line.lineId] ?? null}
            onChange={(pieces) => {
              count.reset();
              setTyped(({ [line.lineId]: _, ...others }) =>
                pieces === null ? others : { ...others, [line.lineId]: pieces },
              );
            }}
          />
        ))}
      </div>
      {asksSecond && (
        <SecondPerson chosen={secondId} pin={pin} onChoose={setSecond} onPin={setPin} disabled={count.isPending} />
      )}
      <div className="closing-last">
        <p className={error ? 'is-stop' : 'office-quiet'} role={error ? 'alert' : undefined}>
          {error ? sentenceOf(error) : settled ? '' : lacks}
        </p>
        <div className="office-pair">
          {settled ? (
            <BigButton
              size={64}
              disabled={again.isPending}
              onPress={() => again.mutate({ sessionId, reason: t.again })}
            >
              {t.again}
            </BigButton>
          ) : (
            <BigButton size={64} disabled={props.onSkip === null} onPress={() => props.onSkip?.()}>
              {t.skip}
            </BigButton>
          )}
          {settled ? (
            <BigButton size={64} blue hint="Enter" disabled={props.onNext === null} onPress={() => props.onNext?.()}>
              {t.next}
            </BigButton>
          ) : (
            <BigButton size={64} blue={ready} hint="Enter" disabled={!ready} onPress={save}>
              {first === null ? t.save : t.saveSecond}
            </BigButton>
          )}
        </div>
      </div>
    </>
  );
}

function Line(props: {
  line: PaperLine;
  value: number | null;
  autoFocus: boolean;
  tabIndex: number;
  onChange: (pieces: number | null) => void;
}): ReactNode {
  const { line } = props;
  const t = useTexts(volumesTexts);
  const c = useTexts(closingTexts);
  const name = line.room ? t.papersOf(line.room.name) : t.volumePaper(c.volumes[(line.volume ?? 1) - 1] ?? '');
  const off = line.pieces !== null && line.expected !== null && line.pieces !== line.expected;
  return (
    <div className="paper-line">
      <b>{name}</b>
      <span className="office-quiet">{line.expected === null ? '' : `${t.expected} ${line.expected}`}</span>
      {line.pieces === null ? (
        <InputNumber<number>
          size="large"
          min={0}
          max={100_000}
          precision={0}
          aria-label={name}
          autoFocus={props.autoFocus}
          value={props.value}
          onChange={props.onChange}
        />
      ) : (
        <b className="paper-pieces">{line.pieces}</b>
      )}
      {line.differs ? (
        <Status kind="look">{t.differs(...line.differs)}</Status>
      ) : off ? (
        <Status kind="look">{t.offBy(line.pieces ?? 0, line.expected ?? 0)}</Status>
      ) : (
        <Status kind={line.pieces === null ? 'not-done' : 'done'}>{line.pieces === null ? t.open : t.agreed}</Status>
      )}
    </div>
  );
}

function SecondPerson(props: {
  chosen: StaffId | null;
  pin: string;
  disabled: boolean;
  onChoose: (staffId: StaffId) => void;
  onPin: (pin: string) => void;
}): ReactNode {
  const t = useTexts(volumesTexts);
  const me = useQuery(ask.staff.me.queryOptions()).data;
  const people = (useQuery(ask.staff.names.queryOptions()).data ?? []).filter(
    (p) => p.staffId !== me?.staffId && p.roles.some((role) => (paperRoles as readonly string[]).includes(role)),
  );
  return (
    <div className="closing-pin" data-enter="desk">
      <Select<StaffId>
        size="large"
        aria-label={t.second}
        placeholder={t.secondChoose}
        value={props.chosen}
        onChange={props.onChoose}
        options={people.map((p) => ({ value: p.staffId, label: p.name }))}
      />
      <PinInput value={props.pin} label={t.pin} disabled={props.disabled} onChange={props.onPin} />
      <span className="office-quiet">{t.pin}</span>
    </div>
  );
}
