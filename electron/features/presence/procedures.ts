import { answer } from '../../contract/answer.ts';
import { actorOf } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { inTransaction } from '../../db/database.ts';
import type { PresenceDeps } from './deps.ts';
import { presenceEvents } from './events.ts';
import { signOut, undoSignOut } from './leave.ts';
import { recheckByEye } from './recheck-by-eye.ts';
import { admissionPicture, recheckFace } from './recheck-face.ts';
import { dueRecheck } from './rechecks.ts';
import { roomPresence } from './room-view.ts';

export function presenceProcedures(os: Implementer, deps: PresenceDeps) {
  const on = os.presence;
  return {
    room: on.room.handler(({ input, errors }) => {
      if (!deps.book()?.room(input.roomId)) throw errors.NO_SUCH_ROOM();
      return roomPresence(deps, input.roomId);
    }),
    signOut: on.signOut.handler(async ({ input, errors, context }) =>
      answer(await signOut(deps, context.caller, input), errors),
    ),
    undoSignOut: on.undoSignOut.handler(({ input, errors, context }) =>
      answer(undoSignOut(deps, context.caller, input), errors),
    ),
    presentRecheckFace: on.presentRecheckFace.handler(async ({ input, errors, context }) => {
      const { recheckId, camera } = input;
      const jpeg = new Uint8Array(await input.frame.arrayBuffer());
      return answer(await recheckFace(deps, context.caller, { recheckId, jpeg, camera }), errors);
    }),
    recheckByEye: on.recheckByEye.handler(async ({ input, errors, context }) =>
      answer(await recheckByEye(deps, context.caller, input), errors),
    ),
    recheckImage: on.recheckImage.handler(async ({ input, errors, context }) => {
      const { recheckId, which } = input;
      const row = dueRecheck(deps, deps.db, recheckId);
      if (!row) throw errors.NO_SUCH_IMAGE();
      const read =
        which === 'plan'
          ? await deps.planPhoto(row.candidateId)
          : which === 'admission'
            ? await admissionPicture(deps, row)
            : null;
      const bytes =
        which === 'live' ? deps.open.get(recheckId)?.frames.at(-1)?.jpeg : read?.ok ? read.value : undefined;
      if (!bytes) throw errors.NO_SUCH_IMAGE();
      if (which === 'admission') {
        // Evidence is never looked at without a word in the journal.
        const { candidateId, roomId, sessionId } = row;
        const data = { recheckId, candidateId, roomId };
        const onRecord = deps.sessionState(sessionId) === 'sealed' ? null : sessionId;
        inTransaction(deps.db, (w) =>
          deps.journal.append(w, actorOf(context.caller), presenceEvents.pictureSeen, data, onRecord),
        );
      }
      return new Blob([new Uint8Array(bytes)], { type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' });
    }),
  };
}
