import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { RecordingDeps } from './deps.ts';
import { putFragment } from './put-fragment.ts';
import { roomRecording } from './room-view.ts';
import { reportFault, startRecording, stopRecording } from './service.ts';

export const recordingProcedures = (os: Implementer, deps: RecordingDeps) => ({
  room: os.recording.room.handler(async ({ input, errors }) => answer(await roomRecording(deps, input), errors)),
  start: os.recording.start.handler(({ input, context, errors }) =>
    answer(startRecording(deps, context.caller, input), errors),
  ),
  putFragment: os.recording.putFragment.handler(async ({ input, context, errors }) =>
    answer(await putFragment(deps, context.caller, input), errors),
  ),
  reportFault: os.recording.reportFault.handler(({ input, context, errors }) =>
    answer(reportFault(deps, context.caller, input), errors),
  ),
  stop: os.recording.stop.handler(async ({ input, context, errors }) =>
    answer(await stopRecording(deps, context.caller, input), errors),
  ),
});
