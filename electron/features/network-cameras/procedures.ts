import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import type { NetworkCamerasDeps } from './deps.ts';
import { bindCamera, listCameras, removeCamera, searchNetwork, testPicture } from './service.ts';

export const networkCamerasProcedures = (os: Implementer, deps: NetworkCamerasDeps) => ({
  list: os.networkCameras.list.handler(() => listCameras(deps)),
  save: os.networkCameras.save.handler(({ input, context, errors }) =>
    answer(bindCamera(deps, context.caller, input), errors),
  ),
  remove: os.networkCameras.remove.handler(({ input, context, errors }) =>
    answer(removeCamera(deps, context.caller, input.cameraId), errors),
  ),
  testPicture: os.networkCameras.testPicture.handler(async ({ input, context, errors }) =>
    answer(await testPicture(deps, context.caller, input), errors),
  ),
  discover: os.networkCameras.discover.handler(({ context }) => searchNetwork(deps, context.caller)),
});
