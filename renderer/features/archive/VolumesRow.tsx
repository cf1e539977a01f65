import type { ReactNode } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';

/** The five volumes: what they hold of what they should. */
export function VolumesRow({ volumes }: { volumes: Closing['volumes'] }): ReactNode {
  const t = useTexts(closingTexts);
  return (
    <div className="closing-volumes">
      {volumes.map(({ volume, items, missing }) => (
        <p key={volume} className={missing > 0 ? 'is-look' : ''}>
          <small>{t.volumes[volume - 1] ?? volume}</small>
          <b>{items === 0 && missing === 0 ? t.volumeLater : `${items - missing} / ${items}`}</b>
          {missing > 0 && <Status kind="look">{t.missingCount(missing)}</Status>}
        </p>
      ))}
    </div>
  );
}
