import type { ReactNode } from 'react';
import type { ShortageView } from '../../../../electron/features/assignment/contract.ts';
import { assignmentTexts } from '../../../texts/assignment.ts';
import { useTexts } from '../../../texts/use-texts.ts';
import { BigButton } from '../../../ui/BigButton.tsx';
import { useKeys } from '../../../ui/keys.ts';
import { Status } from '../../../ui/Status.tsx';

/** Why no lawful panels can be drawn: the few needs that cannot be met together, or what is short by session and role. */
export function ShortageShown({ shortage, onBack }: { shortage: ShortageView; onBack: () => void }): ReactNode {
  const t = useTexts(assignmentTexts).draw;
  useKeys({ Enter: onBack }, {});
  return (
    <div className="ceremony-form">
      <h2>
        <Status kind="stop">{t.impossible}</Status>
      </h2>
      {shortage.kind === 'too-few' ? (
        <>
          <p>{t.tooFew(shortage.needs.length, shortage.duties)}</p>
          <ul className="ceremony-needs">
            {shortage.needs.map((need, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a panel needs the same role more than once
              <li key={i}>
                <b>{need.roomName}</b> {t.roles[need.role]} <small>{need.sessionLabel}</small>
              </li>
            ))}
          </ul>
          <p>
            {shortage.examiners.length === 0 ? t.nobodyAtAll : t.onlyThese}{' '}
            <b>{shortage.examiners.map((e) => e.name).join('、')}</b>
          </p>
        </>
      ) : (
        <>
          <p>{t.notFound}</p>
          <ul className="ceremony-needs">
            {shortage.open.map((o) => (
              <li key={`${o.sessionLabel} ${o.role}`}>{t.openOf(o.sessionLabel, t.roles[o.role], o.seats)}</li>
            ))}
          </ul>
        </>
      )}
      <BigButton size={64} blue hint="Enter" onPress={onBack}>
        {t.again}
      </BigButton>
    </div>
  );
}
