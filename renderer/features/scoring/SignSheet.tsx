import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { MarkingSheet } from '../../../electron/features/scoring/contract.ts';
import { station } from '../../api/client.ts';
import { ask } from '../../api/query.ts';
import { examinerTexts } from '../../texts/examiner.ts';
import { useTexts } from '../../texts/use-texts.ts';
import type { Panel } from './marking-record.ts';
import { type Hand, SignAct } from './SignAct.tsx';
import { TotalsList } from './TotalsList.tsx';

/** The sheet's totals beside the pad; signed by PIN and handwriting at once, with the check code the eye saw. */
export function SignSheet(props: {
  panel: Panel;
  sheet: MarkingSheet;
  checkCode: string;
  signer: string;
  onBack: () => void;
}): ReactNode {
  const t = useTexts(examinerTexts);
  const queries = useQueryClient();
  const { panel, sheet, checkCode } = props;
  const sign = async (hand: Hand) => {
    try {
      const signed = await station.scoring.sign({ ...panel, ...hand, checkCode });
      queries.setQueryData(ask.scoring.sheet.queryKey({ input: panel }), signed);
    } catch (error) {
      // Refused or unknown, the record says what holds now.
      void queries.invalidateQueries({ queryKey: ask.scoring.key() });
      throw error;
    }
  };
  return (
    <SignAct
      headline={t.signHeadline}
      help={t.signHelp}
      signer={`${props.signer} · ${t.duties[sheet.duty]}`}
      action={t.sign}
      onSign={sign}
      onBack={props.onBack}
    >
      <TotalsList sheet={sheet} title={t.signing(sheet.rows.length)} />
    </SignAct>
  );
}
