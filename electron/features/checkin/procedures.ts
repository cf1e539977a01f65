import { answer } from '../../contract/answer.ts';
import { actorOf, type Caller } from '../../contract/caller.ts';
import type { Implementer } from '../../contract/implementer.ts';
import { findStaff } from '../staff/store.ts';
import { admit, admitByHand, dismiss, findOpen, setAside } from './close-attempt.ts';
import type { Attempt } from './contract.ts';
import type { CheckinDeps, CloseDeps, DoorAt } from './deps.ts';
import { attemptView, journalDoubt } from './door.ts';
import { candidateRows, laneView } from './lane.ts';
import { lookUp, matchChosen } from './look-up.ts';
import { cardPhotoOf, livePicture, type OpenAttempt } from './open-attempt.ts';
import { numberTyped, ticketPresented } from './present.ts';
import { facePresented } from './present-face.ts';

const doorAt = ({ roomId, lane }: DoorAt): DoorAt => ({ roomId, lane });

export function checkinProcedures(os: Implementer, deps: CheckinDeps) {
  const on = os.checkin;
  /** The attempt after something was added to it; a doubt it shows for the first time goes on record. */
  const shown = (a: OpenAttempt, caller: Caller): Attempt => {
    const view = attemptView(deps, a);
    journalDoubt(deps, a, view, actorOf(caller));
    deps.changed();
    return view;
  };
  return {
    lane: on.lane.handler(({ input, errors }) => {
      if (!deps.book()?.room(input.roomId)) throw errors.NO_SUCH_ROOM();
      deps.bindReader(doorAt(input), input.again);
      return laneView(deps, doorAt(input));
    }),
    presentTicket: on.presentTicket.handler(async ({ input, errors, context }) => {
      const a = answer(await ticketPresented(deps, context.caller, doorAt(input), input.text), errors);
      return shown(a, context.caller);
    }),
    typeDocument: on.typeDocument.handler(async ({ input, errors, context }) => {
      const a = answer(await numberTyped(deps, context.caller, doorAt(input), input.documentNumber), errors);
      return shown(a, context.caller);
    }),
    lookUp: on.lookUp.handler(({ input, errors, context }) => {
      if (!deps.book()?.room(input.roomId)) throw errors.NO_SUCH_ROOM();
      return lookUp(deps, context.caller, doorAt(input), input.tail);
    }),
    chooseMatch: on.chooseMatch.handler(async ({ input, errors, context }) => {
      const a = answer(await matchChosen(deps, context.caller, doorAt(input), input.candidateId), errors);
      return shown(a, context.caller);
    }),
    presentFace: on.presentFace.handler(async ({ input, errors, context }) => {
      const open = answer(findOpen(deps, input.attemptId), errors);
      const jpeg = new Uint8Array(await input.frame.arrayBuffer());
      const guidance = answer(await facePresented(deps, open, jpeg), errors);
      // The attempt may have been closed at this door while the frame was looked at.
      return { guidance, attempt: shown(answer(findOpen(deps, input.attemptId), errors), context.caller) };
    }),
    admit: on.admit.handler(async ({ input, errors, context }) =>
      answer(await admit(deps, context.caller, input.attemptId), errors),
    ),
    admitByHand: on.admitByHand.handler(async ({ input, errors, context }) =>
      answer(await admitByHand(deps, context.caller, input), errors),
    ),
    // Each of these answers that it cannot yet; see the files named after them.
    readCardPicture: on.readCardPicture.handler(({ errors }) => {
      throw errors.CARD_CAMERA_UNAVAILABLE({ data: { code: 'left-out' } });
    }),
    cardPictureCrop: on.cardPictureCrop.handler(({ errors }) => {
      throw errors.NO_SUCH_IMAGE();
    }),
    confirmCardPicture: on.confirmCardPicture.handler(({ errors }) => {
      throw errors.NO_SUCH_PICTURE();
    }),
    presentOtherDocument: on.presentOtherDocument.handler(({ errors }) => {
      throw errors.PICTURE_UNREADABLE();
    }),
    callLead: on.callLead.handler(({ errors }) => {
      throw errors.NO_SUCH_ATTEMPT();
    }),
    settleImpersonation: on.settleImpersonation.handler(({ errors }) => {
      throw errors.NO_SUCH_ATTEMPT();
    }),
    undoAdmission: on.undoAdmission.handler(({ errors }) => {
      throw errors.NOT_ADMITTED();
    }),
    setAside: on.setAside.handler(async ({ input, errors, context }) =>
      answer(await setAside(deps, context.caller, input.attemptId, input.note), errors),
    ),
    dismiss: on.dismiss.handler(async ({ input, errors, context }) =>
      answer(await dismiss(deps, context.caller, input.attemptId), errors),
    ),
    image: on.image.handler(async ({ input, errors }) => {
      const open = findOpen(deps, input.attemptId);
      if (!open.ok) throw errors.NO_SUCH_IMAGE();
      const a = open.value;
      const bytes =
        input.which === 'live'
          ? livePicture(a)
          : input.which === 'card'
            ? cardPhotoOf(a)
            : input.which === 'plan' &&
              a.candidate &&
              (await deps.planPhoto(a.candidate.candidateId).then((p) => (p.ok ? p.value : null)));
      if (!bytes) throw errors.NO_SUCH_IMAGE();
      return new Blob([new Uint8Array(bytes)], { type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' });
    }),
    list: on.list.handler(({ input }) => candidateRows(deps, input.sessionId)),
  };
}

/** Staff who may confirm as the second person: door, invigilators and leads. */
export const mayBeSecond = (db: CloseDeps['db']) => (staffId: string) =>
  findStaff(db, staffId)?.roles.some((r) => r === 'door' || r === 'invigilator' || r === 'site-lead') ?? false;
