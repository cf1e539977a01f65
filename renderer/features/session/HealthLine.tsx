import type { ReactNode } from 'react';
import type { SessionOverview } from '../../../electron/features/session/contract.ts';
import { officeTexts } from '../../texts/office.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { minuteText } from '../../ui/time-text.ts';

/** Disk, journal and last checkpoint: what the day stands on, in one line. */
export function HealthLine({ overview }: { overview: SessionOverview }): ReactNode {
  const t = useTexts(officeTexts);
  const { disk, journal, alarms } = overview;
  const diskLow = alarms.some((alarm) => alarm.code === 'disk-low');
  const diskWords =
    disk.hoursLeft === null ? t.diskFree(sizeText(disk.freeBytes)) : t.diskHours(t.hours(disk.hoursLeft));
  return (
    <p className="health">
      <span>
        {t.disk} <Status kind={diskLow ? 'stop' : 'done'}>{diskWords}</Status>
      </span>
      <span>
        {t.journal} <Status kind="done">{t.journalSize(journal.size)}</Status>
      </span>
      <span>
        {t.checkpoint}{' '}
        {journal.lastCheckpointAtMs === null ? (
          <Status kind="not-done">{t.checkpointNone}</Status>
        ) : (
          <Status kind="done">
            {t.checkpointAt(minuteText(journal.lastCheckpointAtMs), journal.lastCheckpointSize ?? 0)}
          </Status>
        )}
      </span>
      {journal.left !== null && (
        <span>
          {t.checkpointLeft}{' '}
          <Status kind="done">{t.checkpointAt(minuteText(journal.left.atMs), journal.left.size)}</Status>
        </span>
      )}
    </p>
  );
}
