import { answer } from '../../contract/answer.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { keyChanges } from '../site/key-store.ts';
import { type KeysDeps, keysView, renewKeys, rotateKeys, takeOver } from './service.ts';

export const keysProcedures = (os: Implementer, deps: KeysDeps) => ({
  view: os.keys.view.handler(() => keysView(deps)),
  rotate: os.keys.rotate.handler(async ({ input, context, errors }) =>
    answer(await rotateKeys(deps, context.caller, input), errors),
  ),
  renew: os.keys.renew.handler(async ({ input, context, errors }) =>
    answer(await renewKeys(deps, context.caller, input), errors),
  ),
  rotations: os.keys.rotations.handler(() => keyChanges(deps.db).flatMap((c) => c.signed ?? [])),
  takeOver: os.keys.takeOver.handler(({ input, context, errors }) =>
    answer(takeOver(deps, context.caller, input), errors),
  ),
});
