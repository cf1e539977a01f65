import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import type { Delivery, DeliveryState } from '../../../electron/features/delivery/contract.ts';
import { ask } from '../../api/query.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useErrorSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { CloudUploadOutlined, SyncOutlined } from '../../ui/icons.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status, type StatusKind } from '../../ui/Status.tsx';
import { sizeText } from '../../ui/size-text.ts';
import { KeepReceipt } from './KeepReceipt.tsx';
import './delivery.css';

const KINDS: Record<DeliveryState['kind'], StatusKind> = {
  off: 'not-done',
  waiting: 'not-done',
  sending: 'not-done',
  checking: 'not-done',
  refused: 'stop',
  delivered: 'done',
};

/** Refusals that may be this machine's own fault as well as the way's. */
const OWN_COPY_FIRST = new Set([
  'ARCHIVE_BROKEN',
  'ARCHIVE_GONE',
  'NOT_AS_ANNOUNCED',
  'CLAIMS_FAILED',
  'BUNDLE_CHANGED',
]);

/** The way over the network: goes on by itself in the background, and says what it does. Nothing here has to be waited for. */
export function UploadCard({ delivery, mayLead }: { delivery: Delivery; mayLead: boolean }): ReactNode {
  const t = useTexts(deliveryTexts);
  const sentenceOf = useErrorSentence();
  const queries = useQueryClient();
  const again = { onSettled: () => void queries.invalidateQueries({ queryKey: ask.delivery.key() }) };
  const pause = useMutation(ask.delivery.pause.mutationOptions(again));
  const resume = useMutation(ask.delivery.resume.mutationOptions(again));
  const checkAndResume = useMutation(ask.delivery.checkAndResume.mutationOptions(again));
  const { bundleId, state, sentBytes, totalBytes } = delivery;
  const stopped = state.kind === 'refused' || (state.kind === 'waiting' && state.why === 'paused');
  const stoppable = state.kind === 'sending' || (state.kind === 'waiting' && !stopped);
  // Whatever came there otherwise than it left, it is this machine's copy that has to be looked at first.
  const doubtful = state.kind === 'refused' && state.refusals.some(({ code }) => OWN_COPY_FIRST.has(code));
  const goOn = doubtful ? checkAndResume : resume;
  const act = stopped ? () => goOn.mutate({ bundleId }) : stoppable ? () => pause.mutate({ bundleId }) : undefined;
  const busy = pause.isPending || resume.isPending || checkAndResume.isPending;
  useKeys({ F7: mayLead && !busy ? act : undefined });
  const error = pause.error ?? resume.error ?? checkAndResume.error;
  const head = state.kind === 'waiting' && state.why === 'paused' ? t.paused : t[state.kind];
  return (
    <section className="sealed-card">
      <h3>
        <CloudUploadOutlined /> {t.title}
        {state.kind === 'sending' ? (
          <span className="upload-now">
            <SyncOutlined /> {head}
          </span>
        ) : (
          <Status kind={KINDS[state.kind]}>{head}</Status>
        )}
      </h3>
      {state.kind !== 'off' && (
        <>
          <p className="sealed-size">{t.percent(totalBytes === 0 ? 0 : sentBytes / totalBytes)}</p>
          <Progress
            percent={totalBytes === 0 ? 0 : (sentBytes / totalBytes) * 100}
            showInfo={false}
            size={{ height: 20 }}
            strokeColor="#595959"
            aria-label={t.title}
          />
        </>
      )}
      <StateWords delivery={delivery} />
      {error !== null && (
        <p role="alert">
          <Status kind="stop">{sentenceOf(error)}</Status>
        </p>
      )}
      {mayLead && state.kind !== 'delivered' && (
        <div className="upload-acts">
          {act && (
            <BigButton size={48} hint="F7" disabled={busy} onPress={act}>
              {checkAndResume.isPending
                ? t.checkingOwn
                : doubtful
                  ? t.checkAndSend
                  : state.kind === 'refused'
                    ? t.sendAgain
                    : stopped
                      ? t.resume
                      : t.pause}
            </BigButton>
          )}
          <KeepReceipt bundleId={bundleId} />
        </div>
      )}
    </section>
  );
}

function StateWords({ delivery: { state, sentBytes, totalBytes } }: { delivery: Delivery }): ReactNode {
  const t = useTexts(deliveryTexts);
  switch (state.kind) {
    case 'off':
      return <p className="office-quiet">{t.offHelp}</p>;
    case 'sending': {
      const { bytesPerSecond } = state;
      const left = bytesPerSecond ? (totalBytes - sentBytes) / bytesPerSecond / 60 : null;
      const words = [
        t.sent(sizeText(sentBytes), sizeText(totalBytes)),
        ...(bytesPerSecond ? [t.speed(sizeText(bytesPerSecond))] : []),
        ...(left === null ? [] : [t.timeLeft(left)]),
      ];
      return (
        <p className="office-quiet">
          {words.join('，')}
          <br />
          {state.anew ? t.anew : t.resumable}
        </p>
      );
    }
    case 'checking':
      return <p className="office-quiet">{state.refusals.length > 0 ? t.checkingPrevious : t.checkingHelp}</p>;
    case 'waiting':
      return (
        <p className="office-quiet">
          {t.why[state.why]} {state.nextTryMs !== null && t.nextTry(state.nextTryMs)}
          {state.why === 'trying-again' && state.problem !== null && (
            <>
              <br />
              {t.problems[state.problem]}
            </>
          )}
        </p>
      );
    case 'refused':
      return (
        <ul className="upload-reasons">
          {state.refusals.map(({ code, claims }) => (
            <li key={code}>
              {t.refusals[code] ?? t.refusalOther(code)} {claims.length > 0 && t.failedClaims(claims.join(' '))}
            </li>
          ))}
        </ul>
      );
    case 'delivered':
      return <p className="office-quiet">{state.receipt.receiptNumber}</p>;
  }
}
