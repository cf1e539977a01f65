import type { ReactNode } from 'react';
import type { Inspection } from '../../../electron/features/inspections/contract.ts';
import { inspectionsTexts } from '../../texts/inspections.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { InspectionForm } from './InspectionForm.tsx';

/** At the room's desk, in the place of the recording's facts: the inspection under way here. */
export function InspectionPanel(props: { inspection: Inspection; onClose: () => void }): ReactNode {
  const t = useTexts(inspectionsTexts);
  const { inspection } = props;
  useKeys({ Escape: props.onClose });
  return (
    <aside className="ui-card room-panel presence inspection-panel">
      <h2 className="presence-title">{t.who(inspection.inspectorName, t.room)}</h2>
      <InspectionForm inspection={inspection} />
      <BigButton size={36} hint="Escape" onPress={props.onClose}>
        {t.back}
      </BigButton>
    </aside>
  );
}
