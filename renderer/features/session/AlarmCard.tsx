import type { ReactNode } from 'react';
import type { Alarm, RoomRow } from '../../../electron/features/session/contract.ts';
import { useStationClock } from '../../api/station-clock.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { Status, statusIcon } from '../../ui/Status.tsx';
import { clockText, minuteText, spanText } from '../../ui/time-text.ts';
import { ClauseOf } from '../rules/ClauseOf.tsx';

const clauses: Partial<Record<Alarm['code'], string>> = {
  'camera-silent': 'recording.gap-limit-seconds',
  'camera-not-started': 'recording.every-room',
  'panel-short': 'scoring.min-examiners',
  'recheck-doubt': 'admission.identity-check',
};

/**
 * One alarm: what it is, since when, and the one thing to do. `current`: the one Enter answers, told in full. `sentAtMs`: somebody
 * is on the way; the alarm stays until its cause is gone.
 */
export function AlarmCard(props: {
  alarm: Alarm;
  room: RoomRow | undefined;
  current: boolean;
  sentAtMs: number | null;
  onAct: () => void;
}): ReactNode {
  const { alarm, current, sentAtMs } = props;
  const t = useTexts(officeTexts);
  const nowMs = useStationClock();
  const words = t.alarms[alarm.code];
  const place = props.room ? props.room.location || props.room.name : '';
  const facts = { ...alarm.facts, ...(props.room && { room: props.room.name }) };
  const ruleId = alarm.facts.rule ?? clauses[alarm.code];
  return (
    <section className={`ui-card alarm is-${alarm.level}`} role={alarm.level === 'stop' ? 'alert' : 'status'}>
      <h2 className={`is-${alarm.level}`}>
        {statusIcon(alarm.level)} {words.title(facts)}
      </h2>
      {current && <p>{words.fact(facts)}</p>}
      {current && ruleId !== undefined && <ClauseOf ruleId={ruleId} />}
      <p className="office-quiet">{t.since(clockText(alarm.sinceMs), spanText(nowMs - alarm.sinceMs))}</p>
      {sentAtMs !== null ? (
        <p className="alarm-sent">
          <Status kind="done">{t.onIt(minuteText(sentAtMs))}</Status>
        </p>
      ) : (
        <BigButton size={current ? 64 : 36} blue={current} hint={current ? 'Enter' : undefined} onPress={props.onAct}>
          {words.action(place)}
        </BigButton>
      )}
    </section>
  );
}
