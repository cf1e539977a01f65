import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Closing } from '../../../electron/features/archive/contract.ts';
import type { Delivery } from '../../../electron/features/delivery/contract.ts';
import type { SessionId } from '../../../electron/lib/ids.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Loading } from '../../ui/Loading.tsx';
import { ReadFailed } from '../../ui/ReadFailed.tsx';
import { ClosingStepsList } from './ClosingStepsList.tsx';
import { currentClosingStep, type Sent } from './closing-steps.ts';
import { MissingList } from './MissingList.tsx';
import { SealBlock } from './SealBlock.tsx';
import { Sealed } from './Sealed.tsx';
import { SignOff } from './SignOff.tsx';
import { VerifyReport } from './VerifyReport.tsx';
import './closing.css';

/** Closing a session (收尾封存): one line of steps; which one stands open is read from the record alone. */
export function ClosingPage(props: { sessionId: SessionId; mayLead: boolean; onBack: () => void }): ReactNode {
  const { sessionId, mayLead, onBack } = props;
  const sentenceOf = useErrorSentence();
  const closing = useQuery(ask.archive.closing.queryOptions({ input: { sessionId } }));
  const deliveries = useQuery(ask.delivery.of.queryOptions({ input: { sessionId } }));
  const [report, setReport] = useState<string | null>(null);
  if (closing.data === undefined) {
    if (!closing.isError) return <Loading />;
    return <ReadFailed onRetry={() => void closing.refetch()} sentence={sentenceOf(closing.error)} />;
  }
  const delivery = deliveries.data?.at(-1) ?? null;
  if (report !== null) return <VerifyReport bundleId={report} onClose={() => setReport(null)} />;
  return (
    <div className="closing">
      <ClosingStepsList closing={closing.data} sent={sentOf(delivery)} />
      <section className="ui-card closing-work">
        <Step closing={closing.data} delivery={delivery} mayLead={mayLead} onBack={onBack} onReport={setReport} />
      </section>
    </div>
  );
}

const sentOf = (delivery: Delivery | null): Sent =>
  delivery && {
    share: delivery.totalBytes === 0 ? 0 : delivery.sentBytes / delivery.totalBytes,
    receipt: delivery.state.kind === 'delivered',
  };

function Step(props: {
  closing: Closing;
  delivery: Delivery | null;
  mayLead: boolean;
  onBack: () => void;
  onReport: (bundleId: string) => void;
}): ReactNode {
  const { closing, delivery, mayLead, onBack } = props;
  const step = currentClosingStep(closing, sentOf(delivery));
  switch (step) {
    case null:
      return <NotClosed onBack={onBack} />;
    case 'missing':
      return <MissingList closing={closing} mayLead={mayLead} />;
    case 'sign-off':
      return mayLead ? <SignOff closing={closing} /> : <MissingList closing={closing} mayLead={false} />;
    case 'seal':
      return mayLead ? <SealBlock closing={closing} /> : <MissingList closing={closing} mayLead={false} />;
    case 'deliver':
    case 'receipt':
      return closing.bundle === null ? null : (
        <Sealed
          bundle={closing.bundle}
          delivery={delivery}
          missing={closing.missing.length}
          mayLead={mayLead}
          onBack={onBack}
          onReport={props.onReport}
        />
      );
    case 'people':
    case 'marks':
    case 'video':
      // Counted by the station; nobody stands at these.
      return null;
    default:
      return unreachable(step);
  }
}

function NotClosed({ onBack }: { onBack: () => void }): ReactNode {
  const t = useTexts(closingTexts);
  useKeys({ Enter: onBack, Escape: onBack });
  return (
    <>
      <h2 className="is-not-done">{t.notClosed}</h2>
      <p className="office-quiet">{t.notClosedHelp}</p>
      <div className="closing-last">
        <BigButton size={64} blue hint="Enter" onPress={onBack}>
          {t.goOverview}
        </BigButton>
      </div>
    </>
  );
}
