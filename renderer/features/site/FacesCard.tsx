import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../../api/query.ts';
import { devicesTexts } from '../../texts/devices.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { Status } from '../../ui/Status.tsx';

/** Whether faces can be compared here, by what, and where the line is; if not, what to do. */
export function FacesCard(): ReactNode {
  const t = useTexts(devicesTexts);
  const faces = useQuery(ask.site.state.queryOptions()).data?.faceEngine;
  if (faces === undefined) return null;
  return (
    <section className="ui-card devices-card">
      <h2>{t.faces}</h2>
      {faces.kind === 'ready' ? (
        <>
          <p className="devices-state">
            <Status kind={faces.insteadOf === null ? 'done' : 'look'}>
              {faces.insteadOf === null ? t.facesReady : t.facesSecond}
            </Status>
          </p>
          {faces.insteadOf === null ? null : (
            <>
              <p>{t.facesSecondHelp}</p>
              <p className="devices-quiet">
                <small>{faces.insteadOf}</small>
              </p>
            </>
          )}
          <p className="devices-quiet">{t.facesFacts(faces.name, faces.threshold.toFixed(3))}</p>
        </>
      ) : (
        <>
          <p className="devices-state">
            <Status kind="look">{t.facesOff}</Status>
          </p>
          <p>{t.facesHelp[faces.code] ?? t.facesOtherHelp}</p>
          <p className="devices-quiet">
            {t.code(faces.code)} <small>{faces.detail}</small>
          </p>
        </>
      )}
    </section>
  );
}
