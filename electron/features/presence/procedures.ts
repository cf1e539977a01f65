import type { Implementer } from '../../contract/implementer.ts';

/** Not wired yet: the store comes with the next change. */
export function presenceProcedures(os: Implementer) {
  return {
    room: os.presence.room.handler(({ errors }) => {
      throw errors.NO_SUCH_ROOM();
    }),
    signOut: os.presence.signOut.handler(({ errors }) => {
      throw errors.NOT_ADMITTED();
    }),
    undoSignOut: os.presence.undoSignOut.handler(({ errors }) => {
      throw errors.NOT_ADMITTED();
    }),
    presentRecheckFace: os.presence.presentRecheckFace.handler(({ errors }) => {
      throw errors.NO_SUCH_RECHECK();
    }),
    recheckByEye: os.presence.recheckByEye.handler(({ errors }) => {
      throw errors.NO_SUCH_RECHECK();
    }),
    recheckImage: os.presence.recheckImage.handler(({ errors }) => {
      throw errors.NO_SUCH_IMAGE();
    }),
  };
}
