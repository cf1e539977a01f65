import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Checkbox, InputNumber } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ShortageView } from '../../../../electron/features/assignment/contract.ts';
import type { SessionRow } from '../../../../electron/features/session/contract.ts';
import { ask } from '../../../api/query.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useErrorSentence } from '../../../texts/error-sentence.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';
import { dateText, minuteText } from '../../../ui/time-text.ts';

/** Before the first step: which sessions, and on what terms. */
export function DrawSetup(props: {
  sessionId: SessionRow['sessionId'];
  mayLead: boolean;
  /** Why the draw before was cancelled. */
  cancelled: string | null;
  onShort: (shortage: ShortageView) => void;
}): ReactNode {
  const texts = useTexts(assignmentTexts);
  const t = texts.draw;
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const sessions = useQuery(ask.session.list.queryOptions()).data ?? [];
  const open = sessions.filter((s) => s.state === 'preparing' && s.part !== 'theory');
  const here = sessions.find((s) => s.sessionId === props.sessionId);
  const sameDay = open.filter((s) => here && dateText(s.startsAtMs) === dateText(here.startsAtMs));
  const [chosen, choose] = useState<readonly string[] | null>(null);
  const ids = chosen ?? sameDay.map((s) => s.sessionId as string);
  const [seniorLead, setSenior] = useState(true);
  const [dutiesPerDay, setDuties] = useState(2);
  const prepare = useMutation(
    ask.assignment.draw.prepare.mutationOptions({
      onSuccess: (reply) => {
        if (reply.kind === 'impossible') props.onShort(reply.shortage);
      },
      onSettled: () => queries.invalidateQueries({ queryKey: ask.assignment.draw.key() }),
    }),
  );
  const ready = props.mayLead && ids.length > 0 && !prepare.isPending;
  const begin = () => {
    if (ready) prepare.mutate({ sessionIds: ids as SessionRow['sessionId'][], seniorLead, dutiesPerDay });
  };
  useKeys({ Enter: begin }, {});
  return (
    <div className="ceremony-form">
      <h2>{t.setupTitle}</h2>
      <p>{t.setupHelp}</p>
      {props.cancelled !== null && <Status kind="look">{t.cancelled(props.cancelled)}</Status>}
      <fieldset>
        <legend>{t.sessions}</legend>
        {open.map((s) => (
          <Checkbox
            key={s.sessionId}
            checked={ids.includes(s.sessionId)}
            onChange={(event) =>
              choose(event.target.checked ? [...ids, s.sessionId] : ids.filter((id) => id !== s.sessionId))
            }
          >
            {dateText(s.startsAtMs)} {minuteText(s.startsAtMs)} {s.label}
          </Checkbox>
        ))}
      </fieldset>
      <Checkbox checked={seniorLead} onChange={(event) => setSenior(event.target.checked)}>
        {t.seniorLead}
      </Checkbox>
      <label className="ceremony-number" htmlFor="duties-per-day">
        {t.dutiesPerDay}
        <InputNumber
          id="duties-per-day"
          min={1}
          max={10}
          precision={0}
          value={dutiesPerDay}
          onChange={(value) => setDuties(value ?? 1)}
        />
      </label>
      {prepare.isError && <Status kind="stop">{sentenceOf(prepare.error)}</Status>}
      {props.mayLead ? (
        <BigButton size={64} blue hint="Enter" disabled={!ready} onPress={begin}>
          {prepare.isPending ? t.preparing : t.prepare}
        </BigButton>
      ) : (
        <p>{texts.onlyLead}</p>
      )}
    </div>
  );
}
