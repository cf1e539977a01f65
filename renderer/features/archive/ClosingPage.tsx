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
import { type ClosingStep, currentClosingStep, type Sent, undeclared } from './closing-steps.ts';
import { MissingList } from './MissingList.tsx';
import { PaperStep } from './PaperStep.tsx';
import { SealBlock } from './SealBlock.tsx';
import { Sealed } from './Sealed.tsx';
import { SignDeclarations, SignOff } from './SignOff.tsx';
import { SupervisorStep } from './SupervisorStep.tsx';
import { VerifyReport } from './VerifyReport.tsx';
import './closing.css';

/** Closing a session (收尾封存): one line of steps; which one stands open is read from the record alone. */
export function ClosingPage(props: { sessionId: SessionId; mayLead: boolean; onBack: () => void }): ReactNode {
  const { sessionId, mayLead, onBack } = props;
  const sentenceOf = useErrorSentence();
  const closing = useQuery(ask.archive.closing.queryOptions({ input: { sessionId } }));
  const deliveries = useQuery(ask.delivery.of.queryOptions({ input: { sessionId } }));
  const [report, setReport] = useState<string | null>(null);
  const [shown, setShown] = useState<ClosingStep | null>(null);
  if (closing.data === undefined) {
    if (!closing.isError) return <Loading />;
    return <ReadFailed onRetry={() => void closing.refetch()} sentence={sentenceOf(closing.error)} />;
  }
  const delivery = deliveries.data?.at(-1) ?? null;
  if (report !== null) return <VerifyReport bundleId={report} onClose={() => setReport(null)} />;
  return (
    <div className="closing">
      <ClosingStepsList closing={closing.data} sent={sentOf(delivery)} shown={shown} onGo={setShown} />
      <section className="ui-card closing-work">
        <Step
          closing={closing.data}
          delivery={delivery}
          shown={closing.data.state === 'closed' ? shown : null}
          mayLead={mayLead}
          onShow={setShown}
          onBack={onBack}
          onReport={setReport}
        />
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
  /** A step gone back to; null: the one that is due. */
  shown: ClosingStep | null;
  mayLead: boolean;
  onShow: (step: ClosingStep | null) => void;
  onBack: () => void;
  onReport: (bundleId: string) => void;
}): ReactNode {
  const { closing, delivery, mayLead, onBack } = props;
  const due = currentClosingStep(closing, sentOf(delivery));
  const step = props.shown ?? due;
  switch (step) {
    case null:
      return <NotClosed onBack={onBack} />;
    case 'paper':
      return (
        <PaperStep
          sessionId={closing.sessionId}
          mayLead={mayLead}
          onSkip={() => props.onShow('missing')}
          onNext={due === 'paper' ? null : () => props.onShow(null)}
        />
      );
    case 'supervisor':
      return (
        <SupervisorStep
          sessionId={closing.sessionId}
          onSkip={() => props.onShow('missing')}
          onNext={due === 'supervisor' ? null : () => props.onShow(null)}
        />
      );
    case 'missing': {
      const signs = mayLead && undeclared(closing).length === 0 && closing.missing.length > 0;
      if (signs && closing.declarationsSignedBy === null) return <SignDeclarations closing={closing} />;
      return <MissingList closing={closing} mayLead={mayLead} onDone={() => props.onShow(null)} />;
    }
    case 'sign-off':
      return mayLead ? (
        <SignOff closing={closing} />
      ) : (
        <MissingList closing={closing} mayLead={false} onDone={() => props.onShow(null)} />
      );
    case 'seal':
      return mayLead ? (
        <SealBlock closing={closing} />
      ) : (
        <MissingList closing={closing} mayLead={false} onDone={() => props.onShow(null)} />
      );
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
