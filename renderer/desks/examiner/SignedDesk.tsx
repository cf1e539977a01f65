import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { type ReactNode, useState } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { ask } from '../../api/query.ts';
import type { Panel } from '../../features/scoring/marking-record.ts';
import { useMe } from '../../features/staff/use-me.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { DeskFrame } from '../../ui/DeskFrame.tsx';
import { EyeInvisibleOutlined } from '../../ui/icons.tsx';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { ConferenceSheet, openConferences } from './ConferenceView.tsx';
import { CorrectionView } from './CorrectionView.tsx';
import { openRechecks, RecheckView } from './RecheckView.tsx';
import { ResultsView } from './ResultsView.tsx';

/** After one's own signature: everybody's marks, and what the panel still has to do about them. */
export function SignedDesk(props: {
  panel: Panel;
  sheet: MarkingSheet;
  signed: Extract<MarkingSheet['state'], { kind: 'signed' }>;
  where: string;
  foot: ReactNode;
}): ReactNode {
  const { panel, sheet, signed } = props;
  const t = useTexts(examinerTexts);
  const me = useMe();
  const view = useQuery(ask.scoring.conference.queryOptions({ input: panel })).data;
  const [at, setAt] = useState<'results' | 'conference' | 'correction' | 'recheck'>('results');
  const [turn, setTurn] = useState(0);
  const name = me?.name ?? '';
  const isLead = sheet.duty === 'lead';
  const canAct = view !== undefined && view.unsigned === 0;
  const conferences = canAct && isLead ? openConferences(view) : [];
  const rechecks = canAct ? openRechecks(view, name) : [];
  const candidate = conferences[turn % Math.max(1, conferences.length)];
  const back = () => setAt('results');
  const signer = `${name} · ${t.duties[sheet.duty]}`;
  if (view && at === 'conference' && candidate) {
    return (
      <DeskFrame
        desk={t.conferenceDesk}
        where={props.where}
        notes={
          <Tag icon={<EyeInvisibleOutlined />} className="desk-tag">
            {t.stillBlind}
          </Tag>
        }
        foot={<BackKey />}
        keys={[
          { key: 'PgDn', does: t.nextSheet },
          { key: 'N', does: t.reason },
        ]}
      >
        <ConferenceSheet
          key={candidate.number}
          panel={panel}
          view={view}
          candidate={candidate}
          signer={signer}
          onNext={() => setTurn(turn + 1)}
          onBack={back}
        />
      </DeskFrame>
    );
  }
  if (view && at === 'correction') {
    return (
      <DeskFrame desk={t.correctDesk} where={props.where} foot={<BackKey />}>
        <CorrectionView panel={panel} view={view} signer={signer} onDone={back} />
      </DeskFrame>
    );
  }
  if (view && at === 'recheck' && rechecks[0]) {
    return (
      <DeskFrame desk={t.recheckDesk} where={props.where} foot={<BackKey />}>
        <RecheckView key={rechecks[0].decisionId} view={view} decision={rechecks[0]} signer={signer} onDone={back} />
      </DeskFrame>
    );
  }
  return (
    <DeskFrame desk={t.desk} where={props.where} foot={props.foot}>
      <ResultsView
        panel={panel}
        me={me?.name ?? null}
        signed={signed}
        onSign={null}
        after={{
          conferences: conferences.length,
          rechecks: rechecks.length,
          onConference: conferences.length > 0 ? () => setAt('conference') : null,
          onRecheck: rechecks.length > 0 ? () => setAt('recheck') : null,
          onCorrect: canAct && isLead ? () => setAt('correction') : null,
        }}
      />
    </DeskFrame>
  );
}

function BackKey(): ReactNode {
  const t = useTexts(examinerTexts);
  return (
    <span>
      <KeyHint name="Esc" /> {t.backToMarks}
    </span>
  );
}
