import type { ReactNode } from 'react';
import type { ReadinessItem } from '../../../electron/features/session/contract.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { statusIcon } from '../../ui/Status.tsx';
import { ClauseOf } from '../rules/ClauseOf.tsx';
import { Unlock } from '../site/Unlock.tsx';

const weight = { stop: 0, look: 1, done: 2 };

/** What the items rest on that a rule decides; of the assignment the item itself says which. */
const clauses: Partial<Record<ReadinessItem['code'], string>> = {
  cameras: 'recording.every-room',
  panel: 'scoring.min-examiners',
  supervisor: 'supervision.present',
};

function ItemClause({ item }: { item: ReadinessItem }): ReactNode {
  const ruleId = item.facts.rule ?? clauses[item.code];
  return item.result === 'done' || ruleId === undefined ? null : <ClauseOf ruleId={ruleId} />;
}

/** The readiness gate, item by item: what stops comes first, and every stop says what to do. */
export function ReadinessGate(props: {
  readiness: ReadinessItem[];
  busy: boolean;
  problem: string | null;
  blue: boolean;
  onOpen: (() => void) | null;
}): ReactNode {
  const t = useTexts(officeTexts);
  const stops = props.readiness.filter((item) => item.result === 'stop').length;
  const looks = props.readiness.filter((item) => item.result === 'look').length;
  const items = props.readiness.toSorted((a, b) => weight[a.result] - weight[b.result]);
  return (
    <section className="ui-card gate">
      <h2 className={stops > 0 ? 'is-stop' : looks > 0 ? 'is-look' : 'is-done'}>
        {stops > 0 ? t.readinessStops(stops) : looks > 0 ? t.readinessLooks(looks) : t.readinessDone}
      </h2>
      {items.some((item) => item.code === 'keys' && item.result !== 'done') && <Unlock />}
      <ul className="gate-items">
        {items.map((item) => (
          <li key={item.code} className={item.result === 'done' ? '' : `is-${item.result}`}>
            <span className={`is-${item.result}`}>{statusIcon(item.result)}</span>
            <span>
              {t.readiness[item.code][item.result](item.facts)}
              <ItemClause item={item} />
            </span>
          </li>
        ))}
      </ul>
      {props.problem !== null && (
        <p className="is-stop" role="alert">
          {props.problem}
        </p>
      )}
      {props.onOpen !== null && (
        <BigButton
          size={64}
          blue={props.blue}
          hint={props.blue ? 'Enter' : undefined}
          disabled={stops > 0 || props.busy}
          onPress={props.onOpen}
        >
          {t.openDoor}
        </BigButton>
      )}
    </section>
  );
}
