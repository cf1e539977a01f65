import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Progress } from 'antd';
import type { ReactNode } from 'react';
import type { ExportJob } from '../../../electron/features/archive/contract.ts';
import { unreachable } from '../../../electron/lib/result.ts';
import { ask } from '../../api/query.ts';
import { closingTexts } from '../../texts/closing.ts';
import { deliveryTexts } from '../../texts/delivery.ts';
import { useCodeSentence } from '../../texts/error-sentence.ts';
import { useTexts } from '../../texts/use-texts.ts';
import { BigButton } from '../../ui/BigButton.tsx';
import { useKeys } from '../../ui/keys.ts';
import { Status } from '../../ui/Status.tsx';
import { sizeText } from '../../ui/size-text.ts';

export const isRunning = ({ state }: ExportJob): boolean => state.kind === 'writing' || state.kind === 'reading-back';

/** What is being written to which disk, and how the last tries ended. It goes on while nobody looks. */
export function ExportJobs({ jobs, mayLead }: { jobs: readonly ExportJob[]; mayLead: boolean }): ReactNode {
  const t = useTexts(closingTexts);
  const queries = useQueryClient();
  const stop = useMutation(
    ask.archive.stopExport.mutationOptions({
      onSettled: () => void queries.invalidateQueries({ queryKey: ask.archive.exportJobs.key() }),
    }),
  );
  const stoppable = jobs.find((job) => isRunning(job) && !isStopping(job));
  useKeys({ F8: mayLead && stoppable ? () => stop.mutate({ jobId: stoppable.jobId }) : undefined });
  return (
    <>
      {jobs.map((job) => (
        <div key={job.jobId} className="export-job" role={isRunning(job) ? 'status' : 'alert'}>
          <JobWords job={job} />
          {mayLead && isRunning(job) && (
            <BigButton
              size={36}
              hint={job === stoppable ? 'F8' : undefined}
              disabled={isStopping(job)}
              onPress={() => stop.mutate({ jobId: job.jobId })}
            >
              {isStopping(job) ? t.exportStopping : t.exportStop}
            </BigButton>
          )}
        </div>
      ))}
    </>
  );
}

const isStopping = ({ state }: ExportJob): boolean =>
  (state.kind === 'writing' || state.kind === 'reading-back') && state.stopping;

function JobWords({ job: { state, folder, medium } }: { job: ExportJob }): ReactNode {
  const t = useTexts(closingTexts);
  const words = useTexts(deliveryTexts);
  const sentenceOf = useCodeSentence();
  switch (state.kind) {
    case 'writing':
    case 'reading-back': {
      const { doneBytes, totalBytes, bytesPerSecond } = state;
      const share = totalBytes === 0 ? 1 : doneBytes / totalBytes;
      const facts = [
        t.exportDone(sizeText(doneBytes), sizeText(totalBytes)),
        ...(bytesPerSecond ? [words.speed(sizeText(bytesPerSecond))] : []),
        ...(bytesPerSecond ? [words.timeLeft((totalBytes - doneBytes) / bytesPerSecond / 60)] : []),
      ];
      return (
        <div className="export-job-words">
          <b>
            {t.exportPhase[state.kind]} <span className="export-job-share">{words.percent(share)}</span>
          </b>
          <Progress
            percent={share * 100}
            showInfo={false}
            strokeColor="#595959"
            aria-label={t.exportPhase[state.kind]}
          />
          <span className="office-quiet">
            {folder}
            {medium > 1 && ` · ${t.exportDisk(medium)}`}
            <br />
            {facts.join('，')}
          </span>
        </div>
      );
    }
    case 'written':
      return state.readFrom === 'cache' ? <Status kind="look">{t.exportFromCache(folder)}</Status> : null;
    case 'stopped':
      return <Status kind="not-done">{t.exportStopped(folder)}</Status>;
    case 'failed': {
      const { failure } = state;
      const sentence =
        failure.code === 'STATION_FAULT'
          ? t.exportFault
          : sentenceOf(failure.code, 'data' in failure ? failure.data : undefined);
      return <Status kind="stop">{sentence}</Status>;
    }
    default:
      return unreachable(state);
  }
}
